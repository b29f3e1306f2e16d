#include "roofline/search/plan.hpp"

#include "roofline/error/user_error.hpp"

#include "device_trial.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>

namespace roofline {
namespace {

std::vector<DeviceTrial> trials_of(const PlanQuestion& question, unsigned threads) {
    std::vector<DeviceTrial> trials(question.devices.size());
    std::atomic<std::size_t> next = 0;
    std::exception_ptr failed;
    std::mutex failing;
    const auto work = [&] {
        for (std::size_t i = next++; i < trials.size(); i = next++) try {
                trials[i] = try_device(question, i);
            } catch (...) {
                const std::lock_guard lock(failing);
                failed = std::current_exception();
            }
    };
    std::vector<std::thread> others;
    const std::size_t useful = std::min<std::size_t>(threads, trials.size());
    for (std::size_t i = 1; i < useful; ++i) try {
            others.emplace_back(work);
        } catch (const std::system_error&) {
            break;  // those that run suffice
        }
    work();
    for (std::thread& thread : others) thread.join();
    if (failed) std::rethrow_exception(failed);
    return trials;
}

// A question that no device can even be asked is wrong itself.
void refuse_impossible(const std::vector<DeviceTrial>& trials) {
    const Fault* first = nullptr;
    for (const DeviceTrial& trial : trials) {
        for (std::size_t i = 0; i < trial.fates.size(); ++i)
            if (i != static_cast<std::size_t>(Fate::cannot_be) && trial.fates[i] > 0) return;
        if (first == nullptr && trial.refusal) first = &*trial.refusal;
    }
    if (first != nullptr) throw UserError(*first);
}

void keep_nearest(const DeviceTrial& trial, std::optional<PlanCandidate>& nearest) {
    if (!trial.nearest) return;
    if (!nearest || trial.nearest->excess < nearest->excess) nearest = trial.nearest;
}

// A plan that may not start is kept, and a better one looked for.
bool surely_starts(const Plan& plan) {
    return std::ranges::any_of(plan.ranking, [](const auto& one) { return !one.doubtful; });
}

Plan ranked(const PlanQuestion& question, unsigned threads) {
    Plan plan{.trials = trials_of(question, threads), .most_gpus = question.most_gpus};
    for (const DeviceTrial& trial : plan.trials)
        plan.ranking.insert(plan.ranking.end(), trial.best.begin(), trial.best.end());
    std::ranges::stable_sort(plan.ranking, is_better);
    return plan;
}

// Whether more replicas would not help: everything that could be asked breaks a limit even at best.
bool all_hopeless(const Plan& plan) {
    return std::ranges::all_of(plan.trials, [](const DeviceTrial& trial) {
        const auto count = [&](Fate fate) { return trial.fates[static_cast<std::size_t>(fate)]; };
        return count(Fate::breaks_level) == trial.hopeless && count(Fate::does_not_fit) == 0 &&
               count(Fate::cannot_keep_up) == 0 && count(Fate::unknown_objective) == 0 &&
               count(Fate::does_not_settle) == 0;
    });
}

}  // namespace

std::uint64_t Plan::tried() const {
    std::uint64_t sum = 0;
    for (const DeviceTrial& trial : trials) {
        sum += trial.left_out;
        for (const std::uint64_t count : trial.fates) sum += count;
    }
    return sum;
}

Plan plan(const PlanQuestion& asked, unsigned threads) {
    PlanQuestion question = asked;
    Plan plan = ranked(question, threads);
    while (!surely_starts(plan) && question.widens && question.most_gpus < most_searched) {
        if (plan.ranking.empty()) refuse_impossible(plan.trials);
        const double next = all_hopeless(plan) ? most_searched : 2 * question.most_gpus;
        question.most_gpus = std::min(next, most_searched);
        plan = ranked(question, threads);
    }
    if (!plan.ranking.empty()) return plan;
    refuse_impossible(plan.trials);
    plan.proven_none = question.most_gpus >= most_searched && all_hopeless(plan);
    // Nothing holds: how far off the nearest is, every candidate must be asked.
    const bool none_near =
        std::ranges::none_of(plan.trials, [](const auto& t) { return t.nearest.has_value(); });
    question.most_gpus = asked.most_gpus;
    question.prune = false;
    if (asked.prune && (none_near || !asked.widens)) plan.trials = trials_of(question, threads);
    for (const DeviceTrial& trial : plan.trials) keep_nearest(trial, plan.nearest);
    plan.relaxations = relaxations_of(plan.trials, question.levels.size());
    return plan;
}

}  // namespace roofline
