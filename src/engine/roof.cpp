#include "roofline/engine/roof.hpp"

#include <algorithm>

namespace roofline {
namespace {

constexpr std::array<std::string_view, 3> bound_names{"compute", "memory", "network"};

}  // namespace

std::string_view name_of(Bound bound) { return bound_names[static_cast<std::size_t>(bound)]; }

std::optional<Ridge> ridge_of(const Device& device, Precision precision, MemoryLevel level) {
    const Peak* peak = device.peak(precision);
    const Memory* memory = device.level(level);
    if (peak == nullptr || memory == nullptr || !memory->bandwidth) return std::nullopt;
    return Ridge{.peak = peak, .memory = memory};
}

Machine machine_of(const Device& device, const Layout& layout) {
    Machine machine;
    for (const PrecisionRow& row : precisions) {
        const Peak* peak = device.peak(row.precision);
        if (peak != nullptr)
            machine.peaks[static_cast<std::size_t>(row.precision)] = peak->rate.value;
    }
    machine.memory = device.bandwidth();
    const auto set = [&](LinkUse use, double ways) {
        const auto link = ways > 1 ? device.link_among(ways) : std::nullopt;
        if (link) machine.links[static_cast<std::size_t>(use)] = link->per_direction;
    };
    for (const LinkUse use : {LinkUse::tensor_parallel, LinkUse::expert_parallel, LinkUse::pipeline,
                              LinkUse::across_nodes})
        set(use, layout.ways(use));
    return machine;
}

Timing time_of(const Work& work, Precision precision, LinkUse link, const Machine& machine) {
    Timing timing;
    if (work.flops > Flops()) timing.compute = work.flops / machine.peak(precision);
    timing.memory = work.traffic.total() / machine.memory;
    if (link != LinkUse::none) timing.network = work.network / machine.link(link);
    return timing;
}

}  // namespace roofline
