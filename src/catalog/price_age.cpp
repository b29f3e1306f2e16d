#include "price_age.hpp"

namespace roofline {

std::optional<double> age_in_days(std::string_view date, Day today) {
    const auto day = first_day(date);
    if (!day) return std::nullopt;
    return static_cast<double>((today - *day).count());
}

}  // namespace roofline
