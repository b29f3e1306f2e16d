#include "roofline/units/date.hpp"

#include "roofline/error/user_error.hpp"

#include "text/formatted.hpp"

#include <charconv>
#include <optional>

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

[[noreturn]] void no_day(std::string_view text, std::string_view name) {
    fail(ErrorCode::bad_number,
         formatted("{}: '{}' is no day. Write year-month-day: 2027-01-31", name, text));
}

}  // namespace

Day parse_day(std::string_view text, std::string_view name) {
    constexpr std::size_t length = std::string_view("2027-01-31").size();
    if (text.size() != length || text[4] != '-' || text[7] != '-') no_day(text, name);
    const auto year = digits(text.substr(0, 4));
    const auto month = digits(text.substr(5, 2));
    const auto day = digits(text.substr(8, 2));
    if (!year || !month || !day) no_day(text, name);
    const std::chrono::year_month_day date{std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok()) no_day(text, name);
    return date;
}

std::string day_text(Day day) {
    const std::chrono::year_month_day date(day);
    return formatted("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

}  // namespace roofline
