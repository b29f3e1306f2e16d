#include "asked_space.hpp"

#include "roofline/error/user_error.hpp"

#include "text/formatted.hpp"
#include "units/list_parts.hpp"
#include "workload/load_rules.hpp"

#include <algorithm>
#include <filesystem>

namespace roofline {
namespace {

bool has_axis(const std::vector<Axis>& axes, std::string_view name) {
    return std::ranges::any_of(axes, [&](const Axis& axis) { return axis.field().name == name; });
}

void add_field(Space& space, const Field& field, const std::string& text, const Asking& asking) {
    std::error_code ignored;
    const bool whole = field.kind == FieldKind::model && std::filesystem::exists(text, ignored);
    if (whole || !is_ranged(field, text)) return set_field(space.base, field, text, asking);
    space.axes.emplace_back(field, text, label_of(field), asking.catalog);
    if (field.kind != FieldKind::device) return;
    each_part(text, label_of(field), [&](std::string_view one) {  // says what "h100" means here
        Deployment unused;
        set_field(unused, field, one, asking);
    });
}

void refuse_conflict(const Space& space) {
    const auto conflict = load_conflict([&](std::string_view name) {
        return has_axis(space.axes, name) || is_given(*find_field(name), space.base);
    });
    if (conflict) fail(ErrorCode::conflicting_arguments, conflict->message, conflict->hint);
}

}  // namespace

Space space_of(const std::vector<FieldText>& fields, const Asking& asking) {
    Space space;
    for (const FieldText& one : fields) add_field(space, *one.field, one.text, asking);
    refuse_conflict(space);
    return space;
}

Deployment base_of_lines(const std::vector<FieldText>& fields, const std::string& file,
                         const Asking& asking) {
    Deployment base;
    for (const auto& [field, text] : fields) {
        if (field->kind == FieldKind::model) continue;
        if (is_ranged(*field, text))
            fail(ErrorCode::conflicting_arguments,
                 formatted("`{}` has several values, and every line of {} is one point",
                           field->name, file),
                 "give it one value, for the lines that have none of their own");
        set_field(base, *field, text, asking);
    }
    return base;
}

}  // namespace roofline
