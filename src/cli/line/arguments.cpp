#include "arguments.hpp"

#include "roofline/error/user_error.hpp"

#include "ask/field.hpp"
#include "error/choice.hpp"
#include "units/list_parts.hpp"

#include <algorithm>

namespace roofline::cli {
namespace {

std::vector<std::string> parts_of(const std::optional<std::string>& text, std::string_view label) {
    std::vector<std::string> parts;
    if (text) each_part(*text, label, [&](std::string_view part) { parts.emplace_back(part); });
    return parts;
}

}  // namespace

const Arguments::Given* Arguments::find(std::string_view name) const {
    const auto given = std::ranges::find(flags_, name, &Given::name);
    return given == flags_.end() ? nullptr : &*given;
}

std::optional<std::string> Arguments::value_of(std::string_view name) const {
    const Given* given = find(name);
    return given == nullptr ? std::nullopt : std::optional(given->value);
}

std::vector<std::string> Arguments::all(const Flag& flag) const {
    std::vector<std::string> values;
    for (const Given& given : flags_)
        if (given.name == flag.name) values.push_back(given.value);
    return values;
}

std::vector<std::string> Arguments::list(const Flag& flag) const {
    return parts_of(text(flag), label_of(flag));
}

std::vector<std::string> Arguments::list(const Field& field) const {
    return parts_of(text(field), label_of(field));
}
std::size_t Arguments::choice(const Flag& flag, std::size_t otherwise) const {
    const auto given = text(flag);
    return given ? roofline::choice(*given, label_of(flag), flag.noun, flag.choices) : otherwise;
}

std::vector<std::size_t> Arguments::choices(const Flag& flag) const {
    std::vector<std::size_t> places;
    for (const std::string& part : list(flag))
        places.push_back(roofline::choice(part, label_of(flag), flag.noun, flag.choices));
    return places;
}

std::string required(const Arguments& arguments, const Flag& flag, std::string_view example) {
    if (const auto text = arguments.text(flag)) return *text;
    fail(ErrorCode::missing_argument, formatted("{} is missing", label_of(flag)),
         formatted("for example {} {}", label_of(flag), example));
}

void refuse(const Arguments& arguments, std::initializer_list<const Flag*> flags,
            std::string_view why, std::string_view hint) {
    for (const Flag* flag : flags)
        if (arguments.has(*flag))
            fail(ErrorCode::conflicting_arguments, formatted("{} {}", label_of(*flag), why),
                 std::string(hint));
}

}  // namespace roofline::cli
