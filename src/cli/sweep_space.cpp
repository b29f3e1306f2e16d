#include "sweep_space.hpp"

#include "roofline/error/user_error.hpp"

#include "deployment_flags.hpp"
#include "scenario.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <array>
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

}  // namespace

void refuse_two_kinds(const Deployment& d, const std::vector<Axis>& axes) {
    const auto given = [&](std::string_view name) {
        const FieldValue value = find_field(name)->get(d);
        return has_axis(axes, name) || !std::holds_alternative<std::monostate>(value);
    };
    for (const std::string_view step : {"batch", "context"})
        for (const std::string_view served : {"concurrency", "rate"})
            if (given(step) && given(served))
                fail(ErrorCode::conflicting_arguments,
                     formatted("--{} asks for a step and --{} for a served deployment", step,
                               served),
                     "leave one of them out");
    const bool served = given("concurrency") || given("rate");
    for (const std::string_view habit : served_habits)
        if (!served && given(habit))
            fail(ErrorCode::conflicting_arguments,
                 formatted("--{} says something of a served deployment only", habit),
                 "add --concurrency, for example --concurrency 64");
    if (given("concurrency") && given("rate"))
        fail(ErrorCode::conflicting_arguments,
             "--concurrency and --rate are two loads: in flight, or arriving", "give one of them");
}

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
    refuse_two_kinds(space.base, space.axes);
    return space;
}

Space space_from(const std::string& scenario, Session& session) {
    Space space;
    for (const ScenarioPair& pair : scenario_pairs(scenario))
        add_field(space, *pair.field, pair.text, session);
    refuse_two_kinds(space.base, space.axes);
    return space;
}

}  // namespace roofline::cli
