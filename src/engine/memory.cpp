#include "roofline/engine/memory.hpp"

#include <algorithm>
#include <cmath>

namespace roofline {

MemoryLedger memory_of(const Workload& workload, const Device& device, double batch, double context,
                       const Assumptions& assumptions) {
    return {.weights = workload.weights,
            .cache = sequences_per_rank(batch, workload.layout.data) * workload.cache.held(context),
            .reserve = assumptions.runtime_reserve,
            .usable = device.capacity() * assumptions.memory_utilization};
}

std::optional<double> largest_batch(const Workload& workload, const MemoryLedger& ledger,
                                    double context) {
    const Bytes one = workload.cache.held(context);
    if (one == Bytes()) return std::nullopt;
    const Bytes free = ledger.usable - ledger.weights - ledger.reserve;
    return std::max(0.0, std::floor(free / one) * workload.layout.data);
}

std::optional<double> largest_context(const Workload& workload, const MemoryLedger& ledger,
                                      double batch, double limit) {
    if (workload.cache.held(limit) == Bytes()) return std::nullopt;
    const Bytes free = ledger.usable - ledger.weights - ledger.reserve;
    const double sequences = sequences_per_rank(batch, workload.layout.data);
    const auto fits = [&](double tokens) {
        return sequences * workload.cache.held(tokens) <= free;
    };
    if (!fits(0)) return 0;
    if (fits(limit)) return limit;
    double low = 0;
    double high = limit;
    while (high - low > 1) {
        const double middle = std::floor((low + high) / 2);
        (fits(middle) ? low : high) = middle;
    }
    return low;
}

}  // namespace roofline
