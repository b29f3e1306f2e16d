#include "roofline/evaluate/levers.hpp"

#include "devices/larger_devices.hpp"
#include "lever_list.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace roofline {
namespace {

// The fewest GPUs, by doubling: as many as can split the layers, the others in further stages.
void try_more_gpus(LeverList& list, const Layout& now) {
    constexpr std::array ways{64.0, 32.0, 16.0, 8.0, 4.0, 2.0, 1.0};
    constexpr double most = 64;
    for (double more = 2; more <= most; more *= 2)
        for (const double split : ways)
            if (split <= more && list.try_gpus(split * now.tensor, more / split * now.pipeline))
                return;
}

// What a launch script can change, cheapest first.
void try_settings(LeverList& list, const MemoryLedger& now) {
    list.try_sequences(now);
    list.try_share(now);
    list.try_context();
    list.try_eager(now);
}

// The smallest device of the same maker and market that is large enough.
void try_larger_device(LeverList& list, const Deployment& now, Catalog& catalog) {
    for (const auto& device : larger_devices(*now.device, catalog)) {
        const bool fits =
            list.try_change(list.words_of(*device, layout_of(now)), [&](Deployment& d) {
                d.device = device;
                if (d.price && !d.price->provider.empty())
                    d.rental = find_rental(catalog.rentals(), device->id, d.price->provider);
            });
        if (fits) return;
    }
}

Seconds step_time(const Outcome& outcome) { return outcome.main().time.total(); }

void try_lighter(LeverList& list, const Layout& now) {
    list.try_cache();
    list.try_formats();
    list.try_gpus(2 * now.tensor, now.pipeline);
}

// Of what is expected; of the bound where nothing is.
const Figures& figures_shown(const Evaluation& evaluation) {
    const Figures& expected = evaluation.on(Basis::expected);
    return expected.time_per_token ? expected : evaluation.on(Basis::bound);
}

bool is_narrower(const Deployment& changed, const Deployment& now) {
    const auto cache_bits = [](const Deployment& d) {
        return d.kv_cache ? row_of(*d.kv_cache).bytes : 0;
    };
    return row_of(*changed.weights).bits < row_of(*now.weights).bits ||
           cache_bits(changed) < cache_bits(now);
}

}  // namespace

const Metric& figure_asked(const Evaluation& evaluation) {
    return evaluation.waiting() > 0 ? the_metric("e2e") : the_metric("tpot");
}

std::vector<HelpfulLever> helpful_levers(const Prepared& prepared, const Evaluation& now,
                                         const Knowledge& knowledge) {
    const Metric& asked = figure_asked(now);
    const auto before = asked.get(figures_shown(now));
    if (!before) return {};
    LeverList list(prepared);
    try_lighter(list, layout_of(prepared.deployment));
    std::vector<HelpfulLever> helpful;
    constexpr double worth_saying = 0.01;
    for (Lever& lever : list.take()) {
        const Evaluation changed = evaluate(lever.deployment, knowledge);
        const Figures& figures = figures_shown(changed);
        const auto after = asked.get(figures);
        const double saves = after ? 1 - *after / *before : 0;
        if (changed.standing != Standing::stands || saves < worth_saying) continue;
        const bool narrower = is_narrower(lever.deployment, prepared.deployment);
        helpful.push_back({std::move(lever), figures, saves, narrower});
    }
    std::ranges::stable_sort(helpful, std::greater<>(), &HelpfulLever::saves);
    return helpful;
}

std::vector<Lever> decode_levers(const Prepared& prepared, const Outcome& now) {
    LeverList list(prepared);
    try_lighter(list, now.layout);
    std::vector<Lever> levers = list.take();
    constexpr double worth_saying = 0.99;
    std::erase_if(levers, [&](const Lever& lever) {
        return step_time(lever.outcome) > worth_saying * step_time(now);
    });
    std::ranges::stable_sort(levers, {}, [](const Lever& lever) {
        return std::pair(lever.outcome.layout.gpus(), step_time(lever.outcome));
    });
    return levers;
}

std::vector<Lever> starting_levers(const Prepared& prepared) {
    LeverList list(prepared);
    try_settings(list, memory_of(prepared));
    return list.take();
}

std::vector<Lever> fitting_levers(const Prepared& prepared, Catalog& catalog) {
    const Deployment& now = prepared.deployment;
    const MemoryLedger ledger = memory_of(prepared);
    LeverList list(prepared);
    try_settings(list, ledger);
    list.try_batch(
        largest_batch(prepared.server, prepared.workload, held_of(prepared)).value_or(0));
    list.try_cache();
    list.try_formats();
    list.try_gpus_at_hand();
    try_more_gpus(list, layout_of(now));
    try_larger_device(list, now, catalog);
    return list.take();
}

}  // namespace roofline
