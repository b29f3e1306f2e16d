#include "roofline/gate/checks.hpp"

#include <algorithm>

namespace roofline {

std::string_view name_of(CheckStatus status) {
    return check_statuses[static_cast<std::size_t>(status)];
}

std::array<std::size_t, check_statuses.size()> count_by_status(std::span<const Check> checks) {
    std::array<std::size_t, check_statuses.size()> counts{};
    for (const Check& check : checks) ++counts[static_cast<std::size_t>(check.status)];
    return counts;
}

bool nothing_judged(std::span<const Check> checks) {
    return std::ranges::all_of(checks, [](const Check& check) {
        return check.status == CheckStatus::skip || check.metric == price_age_metric;
    });
}

Exit exit_status(std::span<const Check> checks) {
    const auto any = [&](auto holds) { return std::ranges::any_of(checks, holds); };
    const auto error_of = [](const Check& check) {
        return check.error ? exit_status(*check.error) : Exit::ok;
    };
    if (nothing_judged(checks) || any([&](const Check& c) { return error_of(c) == Exit::input; }))
        return Exit::input;
    if (any([](const Check& c) { return c.status == CheckStatus::error; })) return Exit::infeasible;
    const bool broken = any([](const Check& c) { return c.status == CheckStatus::fail; });
    return broken ? Exit::negative : Exit::ok;
}

}  // namespace roofline
