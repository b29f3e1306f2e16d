#include "asked_space.hpp"

#include "roofline/error/user_error.hpp"

#include "cli/line/deployment_flags.hpp"
#include "scenario.hpp"
#include "text/formatted.hpp"
#include "workload/load_rules.hpp"

#include <algorithm>
#include <filesystem>

namespace roofline::cli {
namespace {

bool has_axis(const std::vector<Axis>& axes, std::string_view name) {
    return std::ranges::any_of(axes, [&](const Axis& axis) { return axis.field().name == name; });
}

void add_field(Space& space, const Field& field, const std::string& text, Session& session) {
    const std::string label =
        field.kind == FieldKind::model ? "MODEL" : "--" + std::string(field.name);
    std::error_code ignored;
    const bool whole = field.kind == FieldKind::model && std::filesystem::exists(text, ignored);
    if (whole || !is_ranged(field, text)) return set_field(space.base, field.name, text, session);
    space.axes.emplace_back(field, text, label, session.catalog);
    if (field.kind != FieldKind::device) return;
    for (const std::string& one : split_list(text, label)) {  // says what "h100" means here
        Deployment unused;
        set_field(unused, field.name, one, session);
    }
}

void refuse_conflict(const Space& space) {
    const auto conflict = load_conflict([&](std::string_view name) {
        return has_axis(space.axes, name) || is_given(*find_field(name), space.base);
    });
    if (conflict) fail(ErrorCode::conflicting_arguments, conflict->message, conflict->hint);
}

}  // namespace

Space space_from(const Arguments& arguments, Session& session) {
    Space space;
    if (!arguments.positionals().empty())
        add_field(space, *find_field("model"), arguments.positionals()[0], session);
    for (const Arguments::Given& given : arguments.flags())
        if (const Field* field = find_field(given.name))
            add_field(space, *field, given.value, session);
    if (!arguments.has("hw"))
        fail(ErrorCode::missing_argument, "--hw is missing: on which devices?",
             "for example --hw h100,h200,b200; all: roofline hw list");
    refuse_conflict(space);
    return space;
}

Space space_from(const std::string& scenario, Session& session) {
    Space space;
    for (const ScenarioPair& pair : scenario_pairs(scenario))
        add_field(space, *pair.field, pair.text, session);
    refuse_conflict(space);
    return space;
}

}  // namespace roofline::cli
