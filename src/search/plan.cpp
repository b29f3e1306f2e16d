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

}  // namespace

std::uint64_t Plan::tried() const {
    std::uint64_t sum = 0;
    for (const DeviceTrial& trial : trials) {
        sum += trial.left_out;
        for (const std::uint64_t count : trial.fates) sum += count;
    }
    return sum;
}

Plan plan(const PlanQuestion& question, unsigned threads) {
    Plan plan{.trials = trials_of(question, threads)};
    for (const DeviceTrial& trial : plan.trials)
        plan.ranking.insert(plan.ranking.end(), trial.best.begin(), trial.best.end());
    std::ranges::stable_sort(plan.ranking, is_better);
    if (!plan.ranking.empty()) return plan;
    refuse_impossible(plan.trials);
    // Nothing holds: how far off the nearest is, every candidate must be asked.
    PlanQuestion all = question;
    all.prune = false;
    if (question.prune) plan.trials = trials_of(all, threads);
    for (const DeviceTrial& trial : plan.trials) keep_nearest(trial, plan.nearest);
    plan.relaxations = relaxations_of(plan.trials, question.levels.size());
    return plan;
}

}  // namespace roofline
