// The keys of a budget besides those of a deployment and the metrics. The reader, its messages and
// the JSON Schema read these tables.
#pragma once

#include "roofline/units/dimension.hpp"

#include <array>
#include <string_view>

namespace roofline::gate {

/// What a key's value looks like in JSON.
enum class KeyShape {
    text,
    texts,
    version,
    defaults,
    targets,
    limits,
    share,
    days,
    basis,
    severity,
    day,
    threshold
};

template <typename Name>
struct Key {
    Name name;
    std::string_view text;
    KeyShape shape;
    std::string_view help;
};

enum class BudgetKey { schema, version, defaults, targets, baseline, max_price_age };
inline constexpr std::array budget_keys{
    Key<BudgetKey>{BudgetKey::schema, "$schema", KeyShape::text,
                   "where the schema of this file lies"},
    Key<BudgetKey>{BudgetKey::version, "version", KeyShape::version, "of this format: 1"},
    Key<BudgetKey>{BudgetKey::defaults, "defaults", KeyShape::defaults,
                   "what targets have that do not say otherwise"},
    Key<BudgetKey>{BudgetKey::targets, "targets", KeyShape::targets,
                   "deployments and their limits"},
    Key<BudgetKey>{BudgetKey::baseline, "baseline", KeyShape::text,
                   "the file that regressions are measured against"},
    Key<BudgetKey>{BudgetKey::max_price_age, "max_price_age", KeyShape::days,
                   "catalog prices older than this fail: \"90d\""},
};

enum class TargetKey { name, limits, basis, calibration, warn_at, accept_unread_keys };
inline constexpr std::array target_keys{
    Key<TargetKey>{TargetKey::name, "name", KeyShape::text, "of the target in every report"},
    Key<TargetKey>{TargetKey::limits, "limits", KeyShape::limits, "by metric"},
    Key<TargetKey>{TargetKey::basis, "basis", KeyShape::basis,
                   "which figures are judged: bound, expected or pessimistic [expected]"},
    Key<TargetKey>{TargetKey::calibration, "calibration", KeyShape::text,
                   "a file that roofline calibrate wrote"},
    Key<TargetKey>{TargetKey::warn_at, "warn_at", KeyShape::share,
                   "the share of a limit from which a figure warns: \"90%\""},
    Key<TargetKey>{TargetKey::accept_unread_keys, "accept_unread_keys", KeyShape::texts,
                   "keys of the model's file that are not understood and may be left out"},
};

enum class LimitKey { max, min, regression, severity, message, skip_until, reason };
inline constexpr std::array limit_keys{
    Key<LimitKey>{LimitKey::max, "max", KeyShape::threshold, "the most that it may be"},
    Key<LimitKey>{LimitKey::min, "min", KeyShape::threshold, "the least that it may be"},
    Key<LimitKey>{LimitKey::regression, "regression", KeyShape::share,
                  "how much worse than the baseline it may be: \"5%\""},
    Key<LimitKey>{LimitKey::severity, "severity", KeyShape::severity,
                  "what breaking it means: error, warning or info [error]"},
    Key<LimitKey>{LimitKey::message, "message", KeyShape::text, "printed when it is broken"},
    Key<LimitKey>{LimitKey::skip_until, "skip_until", KeyShape::day,
                  "not judged before this day: \"2027-01-31\""},
    Key<LimitKey>{LimitKey::reason, "reason", KeyShape::text, "why it is skipped"},
};

/// Whether limits on a metric of this dimension are strings with a unit; others are numbers.
constexpr bool has_unit(Dimension dimension) {
    return dimension == dimension::second || dimension == dimension::byte ||
           dimension == dimension::watt;
}

}  // namespace roofline::gate
