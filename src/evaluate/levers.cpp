#include "roofline/evaluate/levers.hpp"

#include "roofline/error/user_error.hpp"

#include "text/formatted.hpp"

#include <algorithm>
#include <functional>

namespace roofline {
namespace {

using Change = std::function<void(Deployment&)>;

// nullopt when the changed numbers do not fit together.
std::optional<Outcome> outcome_of(const Prepared& prepared, const Change& change,
                                  const Assumptions& assumptions) {
    Deployment changed = prepared.deployment;
    change(changed);
    try {
        return evaluate(changed, assumptions);
    } catch (const UserError&) {
        return std::nullopt;
    }
}

class LeverList {
  public:
    LeverList(const Prepared& prepared, const Assumptions& assumptions)
        : prepared_(prepared), assumptions_(assumptions) {}

    /// Keeps the change when it fits, and says whether it does.
    bool try_change(std::string words, const Change& change) {
        auto outcome = outcome_of(prepared_, change, assumptions_);
        const bool fits = outcome && outcome->memory.fits();
        if (fits) levers_.push_back({std::move(words), *outcome});
        return fits;
    }

    bool try_tensor_parallel(double ways) {
        return try_change(formatted("--tp {}", ways), [&](Deployment& d) {
            d.tensor_parallel = ways;
            d.gpus.reset();
        });
    }

    void try_formats() {
        const double bits = row_of(*prepared_.deployment.weights).bits;
        const Device& device = *prepared_.deployment.device;
        const WeightFormat four =
            device.peak(Precision::fp4) != nullptr ? WeightFormat::nvfp4 : WeightFormat::int4;
        for (const WeightFormat format : {WeightFormat::fp8, four}) {
            if (row_of(format).bits >= bits) continue;
            try_change(formatted("--quant {}", name_of(format)), [&](Deployment& d) {
                d.weights = format;
                d.compute.reset();
            });
        }
    }

    void try_cache() {
        if (row_of(*prepared_.deployment.kv_cache).bytes > 1)
            try_change("--kv-dtype fp8", [](Deployment& d) { d.kv_cache = Precision::fp8; });
    }

    std::vector<Lever> take() { return std::move(levers_); }

  private:
    const Prepared& prepared_;
    const Assumptions& assumptions_;
    std::vector<Lever> levers_;
};

void try_more_gpus(LeverList& list, double now) {
    for (const double ways : {2.0, 4.0, 8.0, 16.0})
        if (ways > now && list.try_tensor_parallel(ways)) return;
}

// The smallest device of the same maker and market that is large enough.
void try_larger_device(LeverList& list, const Device& now, Catalog& catalog) {
    std::vector<std::shared_ptr<const Device>> larger;
    for (const std::string& id : catalog.device_ids()) {
        auto device = catalog.device(id);
        const bool kin = device->vendor == now.vendor && device->market == now.market;
        if (kin && device->capacity() > now.capacity()) larger.push_back(std::move(device));
    }
    std::ranges::stable_sort(larger, {}, [](const auto& device) { return device->capacity(); });
    for (const auto& device : larger)
        if (list.try_change(formatted("--hw {}", device->id),
                            [&](Deployment& d) { d.device = device; }))
            return;
}

Seconds step_time(const Outcome& outcome) {
    const auto& decode = outcome.phase(PhaseKind::decode);
    return (decode ? *decode : *outcome.phase(PhaseKind::prefill)).time.total();
}

}  // namespace

std::vector<Lever> decode_levers(const Prepared& prepared, const Outcome& now,
                                 const Assumptions& assumptions) {
    LeverList list(prepared, assumptions);
    list.try_cache();
    list.try_formats();
    list.try_tensor_parallel(2 * *prepared.deployment.tensor_parallel);
    std::vector<Lever> levers = list.take();
    constexpr double worth_saying = 0.99;
    std::erase_if(levers, [&](const Lever& lever) {
        return step_time(lever.outcome) > worth_saying * step_time(now);
    });
    std::ranges::stable_sort(levers, {},
                             [](const Lever& lever) { return step_time(lever.outcome); });
    return levers;
}

std::vector<Lever> fitting_levers(const Prepared& prepared, const Assumptions& assumptions,
                                  Catalog& catalog) {
    LeverList list(prepared, assumptions);
    try_more_gpus(list, *prepared.deployment.tensor_parallel);
    list.try_formats();
    list.try_cache();
    try_larger_device(list, *prepared.deployment.device, catalog);
    return list.take();
}

}  // namespace roofline
