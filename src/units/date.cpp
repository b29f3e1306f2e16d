#include "roofline/units/date.hpp"

#include "roofline/error/user_error.hpp"

#include "text/formatted.hpp"

#include <charconv>

namespace roofline {
namespace {

// All of `text` as digits.
std::optional<int> digits(std::string_view text) {
    int number = 0;
    const char* end = text.data() + text.size();
    const bool sign = text.starts_with('-') || text.starts_with('+');
    const auto result = std::from_chars(text.data(), end, number);
    if (sign || result.ec != std::errc() || result.ptr != end) return std::nullopt;
    return number;
}

}  // namespace

std::optional<Day> first_day(std::string_view date) {
    constexpr std::string_view pattern = "0000-01-01";
    const bool known_shape = date.size() == 4 || date.size() == 7 || date.size() == pattern.size();
    if (!known_shape) return std::nullopt;
    const std::string whole = std::string(date) + std::string(pattern.substr(date.size()));
    const std::string_view text = whole;
    if (text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = digits(text.substr(0, 4));
    const auto month = digits(text.substr(5, 2));
    const auto day = digits(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    const std::chrono::year_month_day found{std::chrono::year(*year),
                                            std::chrono::month(static_cast<unsigned>(*month)),
                                            std::chrono::day(static_cast<unsigned>(*day))};
    return found.ok() ? std::optional<Day>(found) : std::nullopt;
}

Day parse_day(std::string_view text, std::string_view name) {
    constexpr std::size_t length = std::string_view("2027-01-31").size();
    const auto day = text.size() == length ? first_day(text) : std::nullopt;
    if (!day)
        fail(ErrorCode::bad_number,
             formatted("{}: '{}' is no day. Write year-month-day: 2027-01-31", name, text));
    return *day;
}

std::string day_text(Day day) {
    const std::chrono::year_month_day date(day);
    return formatted("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

}  // namespace roofline
