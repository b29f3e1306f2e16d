#include "budget_words.hpp"

#include "roofline/workload/fields.hpp"

#include "text/formatted.hpp"

#include <algorithm>

namespace roofline::gate {
namespace {

// The text between quotes that follows a flag at once: "$2/h" of " '$2/h' or less".
std::string_view quoted_value(std::string_view text) {
    constexpr std::string_view opening = " '";
    if (!text.starts_with(opening)) return {};
    text.remove_prefix(opening.size());
    const std::size_t end = text.find('\'');
    return end == std::string_view::npos ? std::string_view() : text.substr(0, end);
}

}  // namespace

std::string in_budget_words(std::string_view text) {
    constexpr std::string_view dashes = "--";
    constexpr std::string_view of_names = "abcdefghijklmnopqrstuvwxyz-";
    std::string result;
    while (!text.empty()) {
        const std::size_t start = std::min(text.find(dashes), text.size());
        result += text.substr(0, start);
        text.remove_prefix(start);
        const std::size_t length = std::min(text.find_first_not_of(of_names), text.size());
        const std::string_view flag = text.substr(0, length);
        text.remove_prefix(length);
        const Field* field = flag.empty() ? nullptr : find_field(flag.substr(dashes.size()));
        if (field == nullptr) {
            result += flag;
            continue;
        }
        const std::string_view value = quoted_value(text);
        result += value.empty() ? formatted("'{}'", key_of(field->name))
                                : formatted(R"("{}": "{}")", key_of(field->name), value);
        if (!value.empty()) text.remove_prefix(value.size() + std::string_view(" ''").size());
    }
    return result;
}

}  // namespace roofline::gate
