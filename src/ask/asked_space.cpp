#include "asked_space.hpp"

#include "roofline/error/user_error.hpp"

#include "text/formatted.hpp"
#include "units/list_parts.hpp"
#include "workload/load_rules.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace roofline {
namespace {

bool has_axis(const std::vector<Axis>& axes, std::string_view name) {
    return std::ranges::any_of(axes, [&](const Axis& axis) { return axis.field().name == name; });
}

// Of a value: "1-256", "1:256", "1...256", "[1,2]".
bool looks_like_range(std::string_view value) {
    if (value.starts_with('[') || value.starts_with('{')) return true;
    const bool number = !value.empty() && value[0] >= '0' && value[0] <= '9';
    return number && (value.find_first_of("-:", 1) != std::string_view::npos ||
                      value.find("..") != std::string_view::npos);
}

void add_values(Space& space, const Field& field, const std::string& text, const Asking& asking) {
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

void add_field(Space& space, const Field& field, const std::string& text, const Asking& asking) {
    try {
        add_values(space, field, text, asking);
    } catch (const UserError& error) {
        throw hinting_at_ranges(error.fault(), text);
    }
}

void refuse_conflict(const Space& space) {
    const auto conflict = load_conflict([&](std::string_view name) {
        return has_axis(space.axes, name) || is_given(*find_field(name), space.base);
    });
    if (conflict) fail(ErrorCode::conflicting_arguments, conflict->message, conflict->hint);
}

}  // namespace

UserError hinting_at_ranges(Fault fault, std::string_view text) {
    bool looks = false;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        const std::string_view word = text.substr(begin, end - begin);
        const std::size_t equals = word.find('=');
        looks |=
            looks_like_range(equals == std::string_view::npos ? word : word.substr(equals + 1));
        begin = end + 1;
    }
    const bool number = fault.code == ErrorCode::bad_count || fault.code == ErrorCode::bad_number;
    if (looks && number && fault.hint.empty())
        fault.hint = "several values are 1..256 (doubled each time), 1..256:+16 or 1,2,4";
    return UserError(std::move(fault));
}

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
