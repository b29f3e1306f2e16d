#include "roofline/gate/checks.hpp"

#include "catalog/price_age.hpp"
#include "earlier_figure.hpp"
#include "error/dialect.hpp"
#include "evaluate/standing_words.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"
#include "unanswered.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace roofline {
namespace {

void break_off(Check& check, ErrorCode code, std::string why) {
    check.status = CheckStatus::error;
    check.error = code;
    check.why = std::move(why);
}

// What a figure is held against: "over the limit of" 25 ms.
struct Side {
    bool upper = true;
    double limit = 0;
    std::string_view words;  ///< where it is broken
};

// "26.5 ms is over the limit of 25 ms (+5.8 %)", with digits enough to tell the two apart.
std::string breach_text(const Measure& value, std::string_view words, const Measure& limit) {
    constexpr int enough = 17;  // for any two doubles
    int digits = 3;
    while (digits < enough && words_of(value, digits) == words_of(limit, digits)) ++digits;
    const double percent = (value.value / limit.value - 1) * 100;
    const bool slight = std::abs(percent) < 0.05;
    return formatted("{} is {} {} ({})", words_of(value, digits), words, words_of(limit, digits),
                     slight ? std::string("by less than 0.1 %") : formatted("{:+.1f} %", percent));
}

void compare(Check& check, const Side& side, const Measure& value, const Target& target) {
    Measure limit = value;
    limit.value = side.limit;
    check.limit = limit;
    check.upper = side.upper;
    check.ratio = side.upper ? value.value / side.limit : side.limit / value.value;
    const bool kept = side.upper ? value.value <= side.limit : value.value >= side.limit;
    if (!kept) {
        check.status =
            check.severity == LimitSeverity::error ? CheckStatus::fail : CheckStatus::warn;
        check.why = breach_text(value, side.words, limit);
        return;
    }
    const bool count = value.dimension == dimension::none;  // may be used up without a warning
    const bool near = target.warn_at && !count && *check.ratio >= *target.warn_at;
    if (near) check.status = CheckStatus::warn;
    check.why = formatted("{} of the limit", humanize_percent(*check.ratio));
    if (near) check.why += formatted(", warns at {}", humanize_percent(*target.warn_at));
}

struct SideRow {
    std::string_view op;
    std::optional<Threshold> Limit::*threshold;
};
constexpr std::array sides{SideRow{"max", &Limit::max}, SideRow{"min", &Limit::min},
                           SideRow{"regression", &Limit::regression}};

class TargetJudge {
  public:
    TargetJudge(const Budget& budget, const Target& target, const Judging& judging)
        : budget_(budget), target_(target), judging_(judging) {}

    // `judge_side` fills in a check as if nothing were skipped.
    template <typename JudgeSide>
    std::vector<Check> each_side(JudgeSide judge_side) const {
        std::vector<Check> checks;
        for (const Limit& limit : target_.limits)
            for (const SideRow& side : sides) {
                const auto& threshold = limit.*side.threshold;
                if (!threshold) continue;
                Check check = blank(limit, side.op, *threshold);
                judge_side(check, limit, *threshold);
                if (limit.skip_until) heed_skip(check, limit, *threshold);
                checks.push_back(std::move(check));
            }
        return checks;
    }

    void judge_side(Check& check, const Limit& limit, const Threshold& threshold,
                    const Evaluation& evaluation) const {
        if (const auto fault = standing_fault(evaluation, target_.basis))
            return name_fault(check, *fault);
        const Figures& figures = evaluation.on(target_.basis);
        const Metric& metric = *limit.metric;
        const auto figure = metric.get(figures);
        if (!figure)
            return break_off(check, ErrorCode::unanswered_limit,
                             gate::missing_figure(metric, figures, evaluation.deployment));
        const Measure value(*figure, metric.dimension);
        check.value = value;
        if (check.op == "regression")
            judge_regression(check, threshold, value, evaluation);
        else
            judge_limit(check, threshold, figures);
        const std::string queue = queue_words(evaluation);
        if (!check.error && !queue.empty()) check.why += "; " + queue;
    }

    void judge_limit(Check& check, const Threshold& threshold, const Figures& figures) const {
        const double whole = threshold.is_share ? figures.memory.usable.in(byte) : 1;
        const bool upper = check.op == "max";
        compare(check,
                {.upper = upper,
                 .limit = threshold.value * whole,
                 .words = upper ? "over the limit of" : "under the limit of"},
                *check.value, target_);
    }

    void judge_price_age(std::vector<Check>& checks, const Deployment& deployment) const {
        const auto most = judging_.max_price_age ? judging_.max_price_age : budget_.max_price_age;
        const auto dated = age_in_days(price_date(deployment), judging_.today);
        const bool priced = deployment.bought || deployment.rental;
        if (!most || !priced) return;
        const double age = dated.value_or(0);
        Check check{.file = budget_.file,
                    .target = target_.name,
                    .metric = std::string(price_age_metric),
                    .op = "max",
                    .where = target_.where};
        if (!dated) {  // it is somebody's own word, and as old as the budget
            check.status = CheckStatus::skip;
            check.why = "a price that is written as an amount has no date: its age is not judged";
            checks.push_back(std::move(check));
            return;
        }
        if (age < -1) {  // a day's grace: the date has no time zone
            break_off(check, ErrorCode::unanswered_limit,
                      formatted("the price of {} is from the future: is SOURCE_DATE_EPOCH right?",
                                price_date(deployment)));
            checks.push_back(std::move(check));
            return;
        }
        check.value = Measure(std::max(age, 0.0), dimension::none);
        compare(check, {.limit = *most, .words = "days old, over the limit of"}, *check.value, {});
        if (check.status == CheckStatus::fail)
            check.why = formatted("a price of {} is {} days old, the limit is {}",
                                  price_date(deployment), age, *most);
        checks.push_back(std::move(check));
    }

    // It is the target's, whatever its limits say.
    void name_fault(Check& check, const Fault& asked) const {
        const Fault fault = fault_in_budget(target_, asked);
        const std::string said = asked.where.file.empty() ? fault.message : message_text(fault);
        const std::string next = hint_text(fault);
        const std::string hint = next.empty() ? "" : " (" + next + ")";
        break_off(check, fault.code, said + hint);
        check.where = target_.where;
    }

  private:
    Check blank(const Limit& limit, std::string_view op, const Threshold& threshold) const {
        return {.file = budget_.file,
                .target = target_.name,
                .metric = std::string(limit.metric->id),
                .op = std::string(op),
                .severity = limit.severity,
                .message = limit.message,
                .where = threshold.where};
    }

    // A fault stays in sight: what is skipped for being slow may long since not fit.
    void heed_skip(Check& check, const Limit& limit, const Threshold& threshold) const {
        const std::string day = day_text(*limit.skip_until);
        if (judging_.today >= *limit.skip_until) {
            check.why = formatted("judged again since {} ({}): {}", day, limit.reason, check.why);
            return;
        }
        if (check.error) check.hidden = check.why;
        check.status = CheckStatus::skip;
        check.error.reset();
        check.where = threshold.where;
        check.why = formatted("skipped until {}: {}", day, limit.reason);
        if (!check.hidden.empty()) check.why += " (" + check.hidden + ")";
    }

    // A higher figure that is wanted may fall by the share, a lower one rise by it.
    void judge_regression(Check& check, const Threshold& threshold, const Measure& value,
                          const Evaluation& evaluation) const {
        const Metric& metric = *find_metric(check.metric);
        const auto earlier = gate::earlier_figure(judging_.baseline, target_, metric, evaluation);
        if (const auto* why = std::get_if<std::string>(&earlier))
            return break_off(check, ErrorCode::bad_baseline, in_dialect(*why, Dialect::keys));
        const bool upper = metric.better == Better::lower;
        const double factor = upper ? 1 + threshold.value : 1 - threshold.value;
        compare(
            check,
            {.upper = upper,
             .limit = std::get<double>(earlier) * factor,
             .words = upper ? "above the baseline's limit of" : "below the baseline's limit of"},
            value, {});
    }

    const Budget& budget_;
    const Target& target_;
    const Judging& judging_;
};

}  // namespace

std::vector<Check> judge(const Budget& budget, const Target& target, const Evaluation& evaluation,
                         const Judging& judging) {
    const TargetJudge judge(budget, target, judging);
    auto checks =
        judge.each_side([&](Check& check, const Limit& limit, const Threshold& threshold) {
            judge.judge_side(check, limit, threshold, evaluation);
        });
    judge.judge_price_age(checks, evaluation.deployment);
    return checks;
}

Fault fault_in_budget(const Target& target, Fault fault) {
    if (exit_status(fault.code) == Exit::usage) fault.code = ErrorCode::bad_budget_value;
    if (fault.where.file.empty()) fault.where = target.where;
    return in_dialect(std::move(fault), Dialect::keys);
}

std::vector<Check> judge_fault(const Budget& budget, const Target& target, const Fault& fault,
                               const Judging& judging) {
    const TargetJudge judge(budget, target, judging);
    return judge.each_side(
        [&](Check& check, const Limit&, const Threshold&) { judge.name_fault(check, fault); });
}

}  // namespace roofline
