// Limits against figures: what each of them says, and what that makes of a run.
#pragma once

#include "roofline/evaluate/evaluation.hpp"
#include "roofline/gate/baseline.hpp"
#include "roofline/gate/budget.hpp"
#include "roofline/units/measure.hpp"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace roofline {

enum class CheckStatus { pass, warn, fail, error, skip };
inline constexpr std::array<std::string_view, 5> check_statuses{"pass", "warn", "fail", "error",
                                                                "skip"};
std::string_view name_of(CheckStatus status);

/// One side of one limit, judged.
struct Check {
    std::string file;
    std::string target;
    std::string metric;  ///< an id of the metric table, or "price_age"
    std::string op;      ///< "max", "min" or "regression"
    CheckStatus status = CheckStatus::pass;
    std::optional<Measure> value = {};
    std::optional<Measure> limit = {};
    bool upper = true;  ///< whether the limit is the most or the least that the value may be
    std::optional<double> ratio = {};  ///< how much of the limit is used up; above 1 breaks it
    LimitSeverity severity = LimitSeverity::error;
    std::string message = {};  ///< the user's own words
    std::string why = {};      ///< what came of it, as a sentence without full stop
    std::string hidden = {};   ///< of a skipped one: why it could not be judged
    Location where = {};
    std::optional<ErrorCode> error = {};  ///< why it could not be judged

    /// "chat-8b tpot max": names it within its file.
    std::string name() const { return target + " " + metric + " " + op; }
};

/// The metric of checks on the age of a catalog price, which is no figure of the metric table.
inline constexpr std::string_view price_age_metric = "price_age_days";

/// What a run judges by besides the budget.
struct Judging {
    Day today;
    const Baseline* baseline = nullptr;   ///< nullptr where no limit needs one
    std::optional<double> max_price_age;  ///< days; before the budget's
};

/// One check for each side of each limit, in the budget's order; the age of a dated price after
/// them. Figures that are missing are errors, never passes.
std::vector<Check> judge(const Budget& budget, const Target& target, const Evaluation& evaluation,
                         const Judging& judging);

/// The same when the target could not be evaluated at all.
std::vector<Check> judge_fault(const Budget& budget, const Target& target, const Fault& fault,
                               const Judging& judging);

/// A fault of a target's deployment in the words of a budget: at the target unless it has a place
/// of its own, with keys for flags, and never with exit status 2.
Fault fault_in_budget(const Target& target, Fault fault);

/// E402 or E403 for a deployment that does not stand.
std::optional<Fault> standing_fault(const Evaluation& evaluation, Basis basis);

/// Whether every limit is skipped, the age of prices apart.
bool nothing_judged(std::span<const Check> checks);

/// How many checks there are of each status, by CheckStatus.
std::array<std::size_t, check_statuses.size()> count_by_status(std::span<const Check> checks);

/// Input for checks without an answer and where all are skipped, infeasible for a deployment that
/// cannot be, negative for a broken limit, else ok; the first of these that applies.
Exit exit_status(std::span<const Check> checks);

}  // namespace roofline
