#include "roofline/catalog/price_age.hpp"

#include "roofline/error/user_error.hpp"
#include "roofline/units/parse.hpp"

#include "text/formatted.hpp"

namespace roofline {

std::optional<double> age_in_days(std::string_view date, Day today) {
    const auto day = first_day(date);
    if (!day) return std::nullopt;
    return static_cast<double>((today - *day).count());
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
