// What was agreed: deployments, and the limits that their figures must keep. A budget is read
// strictly, because what a typo turns off would pass.
#pragma once

#include "roofline/catalog/catalog.hpp"
#include "roofline/error/user_error.hpp"
#include "roofline/evaluate/metric.hpp"
#include "roofline/units/date.hpp"
#include "roofline/workload/deployment.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roofline {

/// What a broken limit does: fail the run, or only be said.
enum class LimitSeverity { error, warning, info };
inline constexpr std::array<std::string_view, 3> limit_severities{"error", "warning", "info"};

/// One side of a limit, in base units, or as a share: of the usable memory, or of the baseline.
struct Threshold {
    double value = 0;
    bool is_share = false;
    Location where;
};

struct Limit {
    const Metric* metric = nullptr;
    std::optional<Threshold> max;
    std::optional<Threshold> min;
    std::optional<Threshold> regression;  ///< how much worse than the baseline it may be
    LimitSeverity severity = LimitSeverity::error;
    std::string message = {};  ///< the user's own words
    std::optional<Day> skip_until;
    std::string reason = {};  ///< why it is skipped
    Location where = {};
};

struct Target {
    std::string name;
    Deployment deployment;  ///< as asked, its price looked up
    Basis basis = Basis::expected;
    std::optional<double> warn_at;  ///< share of a limit from which a passing figure warns
    std::string calibration = {};   ///< path; empty for none
    std::vector<std::string> accepted_keys = {};  ///< of the model's file, that may be left out
    std::vector<Limit> limits = {};
    Location where = {};
};

struct Budget {
    std::string file;
    std::vector<Target> targets;
    std::string baseline = {};            ///< path; empty for none
    std::optional<double> max_price_age;  ///< days
};

/// Paths in a budget are relative to its folder. Throws UserError with line and column: E301 for
/// what is no JSON or doubled, E351 for an unknown key or limit, E352 for a missing or bad value,
/// E353 where nothing is to be judged, and what reading a model, device or price throws.
Budget read_budget(const std::string& path, Catalog& catalog);

}  // namespace roofline
