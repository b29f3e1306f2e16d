#include "typed_command.hpp"

#include "roofline/workload/fields.hpp"

#include "text/formatted.hpp"

#include <algorithm>
#include <array>

namespace roofline {
namespace {

std::string text_of(const FieldValue& value) {
    const ShownField shown = shown_field(value);
    if (const auto* number = std::get_if<double>(&shown)) return formatted("{}", *number);
    const auto* words = std::get_if<std::string>(&shown);
    return words == nullptr ? std::string() : *words;
}

std::string word_of(const Field& field, const Deployment& d) {
    const std::string value = text_of(field.get(d));
    constexpr std::array<std::string_view, 5> degrees{"tp", "pp", "dp", "ep", "replicas"};
    const bool said = value == "1" && std::ranges::find(degrees, field.name) != degrees.end();
    if (value.empty() || said) return {};
    if (field.kind == FieldKind::toggle)
        return value == "true" ? formatted(" --{}", field.name) : std::string();
    const bool quoted = value.find_first_of(" $'") != std::string::npos;
    return formatted(" --{} {}", field.name, quoted ? "'" + value + "'" : value);
}

}  // namespace

std::string typed_words(std::string_view command, const Deployment& d) {
    const double gpus = d.gpus.value_or(layout_of(d).gpus());
    std::string text = formatted("{} {} --hw {}", command, d.model->id, d.device->id);
    if (gpus > 1) text += formatted("x{}", gpus);
    for (const Field& field : deployment_fields())
        if (field.kind != FieldKind::model && field.kind != FieldKind::device)
            text += word_of(field, d);
    return text;
}

std::string typed_command(std::string_view command, const Deployment& d) {
    return "roofline " + typed_words(command, d);
}

Deployment as_asked(const Deployment& complete) {
    constexpr std::array<std::string_view, 11> kept{
        "model", "hw", "tp", "pp", "dp", "ep", "replicas", "concurrency", "rate", "users", "think"};
    Deployment bare;
    for (const Field& field : deployment_fields())
        if (std::ranges::find(kept, field.name) != kept.end()) field.set(bare, field.get(complete));
    bare.gpus = complete.gpus;
    const Deployment usual = complete_service(bare);
    Deployment asked = complete;
    for (const Field& field : deployment_fields()) {
        const bool is_kept = std::ranges::find(kept, field.name) != kept.end();
        const bool follows =
            is_of_a_step(field) || text_of(field.get(usual)) == text_of(field.get(complete));
        if (!is_kept && follows) field.set(asked, FieldValue());
    }
    return asked;
}

}  // namespace roofline
