#include "device_trial.hpp"

#include "roofline/error/user_error.hpp"

#include "layouts.hpp"
#include "objective.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

namespace roofline {
namespace {

// Figures are rounded; what a bound excludes it excludes by more than that.
constexpr double beyond_rounding = 1 - 1e-7;

// To eight digits: the solver behind a rate has fewer.
double rounded(double figure) {
    if (figure == 0 || !std::isfinite(figure)) return figure;
    const double unit = std::pow(10, std::floor(std::log10(std::abs(figure))) - 7);
    return std::round(figure / unit) * unit;
}

std::array<double, 6> rank_of(const PlanCandidate& candidate) {
    const auto figure = [&](const Metric& metric) {
        return rounded(
            candidate.answer.figure(metric).value_or(std::numeric_limits<double>::infinity()));
    };
    const Deployment& d = candidate.deployment;
    const double narrowed = *d.weights == d.model->published.name ? 0 : 1;
    return {candidate.doubtful ? 1.0 : 0.0,
            rounded(candidate.objective),
            figure(the_metric("gpus")),
            figure(the_metric("usd_per_1m_output")),
            narrowed,
            figure(the_metric("e2e"))};
}

class Trial {
  public:
    Trial(const PlanQuestion& question, std::size_t at)
        : question_(question), asked_(question.devices[at]) {
        trial_.device = at;
        trial_.broken.resize(question.levels.size());
        trial_.alone.resize(question.levels.size());
    }

    DeviceTrial run() && {
        const bool own_files = asked_.engine && row_of(asked_.engine->program).splits_by_layers;
        const std::vector<WeightFormat> formats = !question_.formats.empty() ? question_.formats
                                                  : own_files
                                                      ? std::vector{asked_.model->published.name}
                                                      : formats_for(*asked_.model, *asked_.device);
        const auto layouts = instance_layouts(asked_, question_.most_gpus);
        for (const WeightFormat format : formats)
            for (const Layout& layout : layouts) try_layout(format, layout);
        for (auto& [gpus, candidate] : best_) {  // more devices for nothing are no plan
            const bool beaten =
                !trial_.best.empty() && trial_.best.back().doubtful <= candidate.doubtful &&
                rounded(trial_.best.back().objective) <= rounded(candidate.objective);
            if (!beaten) trial_.best.push_back(std::move(candidate));
        }
        return std::move(trial_);
    }

  private:
    Deployment instance_of(WeightFormat format, const Layout& layout) const {
        Deployment d = asked_;
        d.weights = format;
        d.tensor_parallel = layout.tensor;
        d.pipeline_parallel = layout.pipeline;
        d.data_parallel = layout.data;
        d.expert_parallel = layout.expert;
        return d;
    }

    // The fullest replica decides; one without a request is none.
    bool set_load(double replicas, Deployment& d) const {
        d.replicas = replicas;
        d.rate = question_.rate;
        if (!question_.concurrency) return true;
        d.concurrency = std::ceil(*question_.concurrency / replicas);
        return replicas <= *question_.concurrency;
    }

    void try_layout(WeightFormat format, const Layout& layout) {
        Deployment d = instance_of(format, layout);
        std::optional<LoweredDeployment> lowered;
        for (double replicas = 1; replicas * layout.instance() <= question_.most_gpus; ++replicas) {
            if (!set_load(replicas, d)) continue;
            PlanCandidate candidate{.deployment = d, .answer = {}, .broken = {}};
            try {
                if (!lowered) lowered.emplace(d, question_.knowledge);
                if (question_.prune && breaks_at_best(*lowered, layout)) return;
                if (question_.prune && is_beaten(candidate, *lowered)) continue;
                judge(lowered->evaluate(d), candidate);
            } catch (const UserError& error) {
                if (!trial_.refusal) trial_.refusal = error.fault();
            }
            const Fate fate = candidate.fate;
            ++trial_.fates[static_cast<std::size_t>(fate)];
            keep(std::move(candidate));
            if (fate == Fate::cannot_be || fate == Fate::does_not_fit) return;  // of any count
        }
    }

    static Seconds least_whole(const LoweredDeployment& lowered) {
        const LeastTimes least = lowered.least_times();
        return least.first + (lowered.answer_tokens() - 1) * least.each;
    }

    // What no deployment of this shape is below, whatever its count, held against the levels.
    bool breaks_at_best(const LoweredDeployment& lowered, const Layout& layout) {
        const LeastTimes least = lowered.least_times();
        const Seconds whole = least_whole(lowered);
        const double counts = std::min(std::floor(question_.most_gpus / layout.instance()),
                                       question_.concurrency.value_or(question_.most_gpus));
        const auto tried = static_cast<std::uint64_t>(counts);
        for (std::size_t i = 0; i < question_.levels.size(); ++i) {
            const ServiceLevel& level = question_.levels[i];
            const Seconds time = level.metric == &the_metric("ttft")   ? least.first
                                 : level.metric == &the_metric("tpot") ? least.each
                                 : level.metric == &the_metric("e2e")  ? whole
                                                                       : Seconds();
            if (time.in(second)*beyond_rounding <= level.limit) continue;
            trial_.fates[static_cast<std::size_t>(Fate::breaks_level)] += tried;
            trial_.hopeless += tried;
            trial_.broken[i] += tried;
            return true;
        }
        return false;
    }

    // The same, held against the best so far.
    bool is_beaten(const PlanCandidate& candidate, const LoweredDeployment& lowered) {
        const Seconds whole = least_whole(lowered);
        const double answer_tokens = lowered.answer_tokens();
        const auto best = best_.find(layout_of(candidate.deployment).gpus());
        if (best == best_.end() || best->second.doubtful) return false;
        const double output = most_output(candidate.deployment, whole, answer_tokens);
        const double objective =
            row_of(question_.objective)
                .least({.deployment = candidate.deployment, .whole = whole, .output = output});
        const bool beaten = objective * beyond_rounding > best->second.objective;
        if (beaten) ++trial_.left_out;
        return beaten;
    }

    // Tokens per second: what arrives, or what requests that take the least time let through.
    static double most_output(const Deployment& d, Seconds whole, double answer_tokens) {
        if (d.rate) return *d.rate * answer_tokens;
        return *d.replicas * *d.concurrency * answer_tokens / whole.in(second);
    }

    void judge(const Evaluation& evaluation, PlanCandidate& candidate) const {
        candidate.answer = answer_of(evaluation, question_.basis);
        const bool starts =
            question_.basis != Basis::pessimistic || evaluation.memory.starts() == Starts::yes;
        const bool fits = evaluation.standing != Standing::does_not_fit && starts;
        candidate.doubtful = evaluation.memory.starts() == Starts::marginal;
        candidate.fate = !fits                                    ? Fate::does_not_fit
                         : !evaluation.settled()                  ? Fate::does_not_settle
                         : stands_on(evaluation, question_.basis) ? Fate::holds
                                                                  : Fate::cannot_keep_up;
        if (candidate.fate != Fate::holds) return;
        for (std::size_t i = 0; i < question_.levels.size(); ++i) {
            const double excess = question_.levels[i]
                                      .excess(candidate.answer)
                                      .value_or(std::numeric_limits<double>::infinity());
            if (excess <= 0) continue;
            candidate.fate = Fate::breaks_level;
            candidate.broken.push_back(i);
            if (excess <= candidate.excess) continue;
            candidate.excess = excess;
            candidate.worst = i;
        }
        if (candidate.fate != Fate::holds) return;
        const auto objective = objective_of(question_.objective, candidate.answer);
        candidate.objective = objective.value_or(0);
        if (!objective) candidate.fate = Fate::unknown_objective;
    }

    void keep(PlanCandidate candidate) {
        if (candidate.fate == Fate::breaks_level) return keep_broken(std::move(candidate));
        if (candidate.fate != Fate::holds) return;
        const double gpus = layout_of(candidate.deployment).gpus();
        const auto [best, is_first] = best_.try_emplace(gpus, candidate);
        if (!is_first && is_better(candidate, best->second)) best->second = std::move(candidate);
    }

    void keep_broken(PlanCandidate candidate) {
        for (const std::size_t level : candidate.broken) ++trial_.broken[level];
        if (std::isinf(candidate.excess)) return;
        if (candidate.broken.size() == 1) {
            auto& alone = trial_.alone[candidate.worst];
            if (!alone || candidate.excess < alone->excess) alone = candidate;
        }
        if (!trial_.nearest || candidate.excess < trial_.nearest->excess)
            trial_.nearest = std::move(candidate);
    }

    const PlanQuestion& question_;
    const Deployment& asked_;
    DeviceTrial trial_;
    std::map<double, PlanCandidate> best_;  // by count of GPUs
};

}  // namespace

bool is_better(const PlanCandidate& one, const PlanCandidate& other) {
    return rank_of(one) < rank_of(other);
}

DeviceTrial try_device(const PlanQuestion& question, std::size_t at) {
    return Trial(question, at).run();
}

std::vector<Relaxation> relaxations_of(const std::vector<DeviceTrial>& trials, std::size_t levels) {
    std::vector<Relaxation> relaxations;
    for (std::size_t level = 0; level < levels; ++level) {
        const PlanCandidate* least = nullptr;
        for (const DeviceTrial& trial : trials) {
            const auto& alone = trial.alone[level];
            if (alone && (least == nullptr || alone->excess < least->excess)) least = &*alone;
        }
        if (least != nullptr) relaxations.push_back({.level = level, .candidate = *least});
    }
    std::ranges::stable_sort(relaxations, {},
                             [](const Relaxation& one) { return one.candidate.excess; });
    return relaxations;
}

}  // namespace roofline
