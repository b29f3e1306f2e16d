#include "price_note.hpp"

#include "catalog/price_age.hpp"
#include "money_report.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline {

std::string age_words(std::string_view date, Day today) {
    const auto age = age_in_days(date, today);
    return age ? formatted(" ({} days old)", humanize_number(*age)) : std::string();
}

std::optional<AssumptionNote> price_note(std::string_view whose, const Deployment& d, Day today) {
    if (!d.rental && !d.bought) return std::nullopt;
    return AssumptionNote{.id = "price",
                          .text = formatted("price of {}: {}{}", whose, price_words(d),
                                            age_words(price_date(d), today)),
                          .value = {},
                          .source = price_source(d)};
}

std::optional<WarningNote> age_warning(const PriceAgeLimit& limit, const Deployment& deployment,
                                       Day today) {
    const auto age = age_in_days(price_date(deployment), today);
    if (!age && (deployment.rental || deployment.bought))
        return WarningNote{"W130",
                           formatted("the price is an amount without a date: --max-price-age {} "
                                     "judges nothing of it",
                                     limit.text),
                           Severity::note};
    if (!age || *age <= limit.days) return std::nullopt;
    return WarningNote{"W130",
                       formatted("the price is {} days old, more than --max-price-age {}: {}",
                                 humanize_number(*age), limit.text, price_words(deployment))};
}

}  // namespace roofline
