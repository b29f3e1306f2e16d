#include "roofline/catalog/price_age.hpp"

#include "roofline/error/user_error.hpp"
#include "roofline/units/parse.hpp"

#include "text/formatted.hpp"

#include <charconv>

namespace roofline {
namespace {

// The whole number at `start`, or 1 where the text ends before.
int number_at(std::string_view date, std::size_t start, std::size_t length) {
    int number = 1;
    if (date.size() >= start + length)
        std::from_chars(date.data() + start, date.data() + start + length, number);
    return number;
}

}  // namespace

std::optional<double> age_in_days(std::string_view date, std::chrono::sys_days today) {
    if (date.empty()) return std::nullopt;
    const std::chrono::year_month_day day{
        std::chrono::year(number_at(date, 0, 4)),
        std::chrono::month(static_cast<unsigned>(number_at(date, 5, 2))),
        std::chrono::day(static_cast<unsigned>(number_at(date, 8, 2)))};
    return static_cast<double>((today - std::chrono::sys_days(day)).count());
}

double parse_days(std::string_view text, std::string_view name) {
    const bool days = text.ends_with('d');
    const bool weeks = text.ends_with('w');
    if (!days && !weeks)
        fail(ErrorCode::missing_unit, formatted("{} {} needs a unit", name, text),
             formatted("write 90d for days or 12w for weeks"));
    const double number = parse_number(text.substr(0, text.size() - 1), name);
    return weeks ? 7 * number : number;
}

}  // namespace roofline
