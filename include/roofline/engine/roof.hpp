// The roofline: how fast a device computes, how fast it moves bytes, and where the two meet
// (Williams, Waterman and Patterson, Communications of the ACM 52(4), 2009).
#pragma once

#include "roofline/catalog/device.hpp"
#include "roofline/workload/deployment.hpp"
#include "roofline/workload/operator.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace roofline {

struct Ridge {
    const Peak* peak = nullptr;
    const Memory* memory = nullptr;

    /// Work per byte at which both roofs take the same time.
    FlopsPerByte intensity() const { return peak->rate.value / memory->bandwidth->value; }
};

/// nullopt when the device lacks the precision or the level's bandwidth is not known.
std::optional<Ridge> ridge_of(const Device& device, Precision precision, MemoryLevel level);

enum class Bound { compute, memory, network };
std::string_view name_of(Bound bound);

/// Time that each resource alone would take; an operator takes the longest of the three.
struct Timing {
    Seconds compute;
    Seconds memory;
    Seconds network;

    Seconds total() const { return std::max(std::max(compute, memory), network); }
    Bound bound() const {
        if (network > compute && network > memory) return Bound::network;
        return memory > compute ? Bound::memory : Bound::compute;
    }
    friend Timing operator/(const Timing& time, double times) {
        return {time.compute / times, time.memory / times, time.network / times};
    }
};

/// The roofs of one GPU in its layout.
struct Machine {
    std::array<FlopsPerSecond, precisions.size()> peaks = {};
    BytesPerSecond memory;
    std::array<BytesPerSecond, link_use_count> links = {};  ///< by LinkUse, one direction

    FlopsPerSecond peak(Precision precision) const {
        return peaks[static_cast<std::size_t>(precision)];
    }
    BytesPerSecond link(LinkUse use) const { return links[static_cast<std::size_t>(use)]; }
};

Machine machine_of(const Device& device, const Layout& layout);

Timing time_of(const Work& work, Precision precision, LinkUse link, const Machine& machine);

}  // namespace roofline
