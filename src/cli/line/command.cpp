#include "command.hpp"

#include "global_flags.hpp"

#include <algorithm>

namespace roofline::cli {
namespace {

bool takes(const Command& command, const Field& field) {
    return std::ranges::any_of(command.fields, [&](const FieldWord& word) {
        if (const auto* name = std::get_if<std::string_view>(&word)) return *name == field.name;
        return std::get<FieldPart>(word) == field.part && field.kind != FieldKind::model;
    });
}

}  // namespace

std::vector<Flag> flags_of(const Command& command) {
    std::vector<Flag> flags;
    for (const Field& field : deployment_fields())
        if (takes(command, field)) flags.push_back({field.name, field.value, field.help});
    flags.insert(flags.end(), command.flags.begin(), command.flags.end());
    flags.insert(flags.end(), global_flags().begin(), global_flags().end());
    return flags;
}

}  // namespace roofline::cli
