// How old the prices of an answer are, and whether that is too old.
#pragma once

#include "roofline/units/date.hpp"
#include "roofline/workload/deployment.hpp"

#include "report/report.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace roofline {

/// " (63 days old)", or nothing for a price without a date.
std::string age_words(std::string_view date, Day today);

/// Names the price of a complete deployment, its age and source; nullopt without one. `whose` is
/// what the answer calls it.
std::optional<AssumptionNote> price_note(std::string_view whose, const Deployment& deployment,
                                         Day today);

/// Days that a price may be old, as they were asked for.
struct PriceAgeLimit {
    double days = 0;
    std::string text;  ///< "90d"
};

/// W130 for a price that is older.
std::optional<WarningNote> age_warning(const PriceAgeLimit& limit, const Deployment& deployment,
                                       Day today);

}  // namespace roofline
