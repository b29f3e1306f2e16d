// A target of a budget whose baseline is of another deployment, judged.
#pragma once

#include "deployed.hpp"
#include "gate/judge_budgets.hpp"

#include <memory>
#include <string>
#include <utility>

class JudgedChange {
  public:
    /// `main` and `now` are scenarios; the limits are on what they are expected to do.
    JudgedChange(const std::string& main, const std::string& now,
                 std::vector<roofline::Limit> limits)
        : main_(target_of(main, limits)) {
        budget_.file = "b.json";
        budget_.targets.push_back(target_of(now, std::move(limits)));
        auto baseline = std::make_shared<roofline::Baseline>();
        baseline->file = "main.json";
        baseline->targets["chat"] = roofline::baseline_target(evaluated(main), main_);
        baseline_ = std::move(baseline);
    }

    const roofline::Budget& budget() const { return budget_; }

    roofline::JudgedTarget judged() const {
        const roofline::Judging by{.today = roofline::Day(), .baseline = baseline_.get()};
        const roofline::Target& target = budget_.targets[0];
        roofline::JudgedTarget one{
            .answered = roofline::answer_target(
                target, [](const roofline::Target&) { return roofline::Knowledge(); }),
            .checks = {},
            .budget = &budget_,
            .baseline = baseline_};
        one.checks = one.answered.evaluation
                         ? roofline::judge(budget_, target, *one.answered.evaluation, by)
                         : roofline::judge_fault(budget_, target, one.answered.fault, by);
        return one;
    }

  private:
    static roofline::Target target_of(const std::string& scenario,
                                      std::vector<roofline::Limit> limits) {
        return {.name = "chat",
                .deployment = deployed(scenario),
                .warn_at = {},
                .limits = std::move(limits),
                .where = {.file = "b.json", .line = 4}};
    }

    roofline::Target main_;
    roofline::Budget budget_;
    std::shared_ptr<const roofline::Baseline> baseline_;
};

/// At most so much, in base units.
inline roofline::Limit limit_on(std::string_view metric, double most) {
    return {.metric = roofline::find_metric(metric),
            .max = roofline::Threshold{.value = most, .where = {.line = 7}}};
}

/// The deployment that most of these tests ask about, under a load.
inline std::string chat_at(const std::string& load) {
    return "llama-3.1-70b@h100-sxmx4 quant=fp8 isl=4k osl=512 price=lambda " + load;
}
