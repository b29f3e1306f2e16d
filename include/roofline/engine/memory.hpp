// Does it fit: weights, cache and a reserve of one GPU against what of its memory can be used.
#pragma once

#include "roofline/engine/assumptions.hpp"
#include "roofline/workload/workload.hpp"

#include <optional>

namespace roofline {

/// Per GPU, the fullest one.
struct MemoryLedger {
    Bytes weights;
    Bytes cache;
    Bytes reserve;
    Bytes usable;

    Bytes used() const { return weights + cache + reserve; }
    bool fits() const { return used() <= usable; }
    Bytes missing() const { return fits() ? Bytes() : used() - usable; }
};

MemoryLedger memory_of(const Workload& workload, const Device& device, double batch, double context,
                       const Assumptions& assumptions);

/// Most sequences of `context` tokens an instance holds; nullopt when they keep nothing.
std::optional<double> largest_batch(const Workload& workload, const MemoryLedger& ledger,
                                    double context);

/// Longest context that `batch` sequences can have, up to `limit`; nullopt when they keep nothing.
std::optional<double> largest_context(const Workload& workload, const MemoryLedger& ledger,
                                      double batch, double limit);

}  // namespace roofline
