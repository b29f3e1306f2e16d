#include "roofline/catalog/device.hpp"

#include <algorithm>

namespace roofline {
namespace {

constexpr double host_slots = 8;
constexpr double most_slots = 16;  // of a host with switches between its slots

bool has_slots(const Device& device) { return device.pcie && device.kind != DeviceKind::edge; }

// Devices that the scale-up link joins; 1 without one.
double wired_domain(const Device& device) {
    return device.scale_up && device.scale_up->per_direction ? device.scale_up->domain : 1;
}

BytesPerSecond domain_rate(const Link& link, double ways) {
    const BytesPerSecond all = link.per_direction->value;
    const bool wired_pairwise = link.topology == Topology::point_to_point && link.domain > 1;
    // Of a full mesh a group of n uses the wires to its n-1 other members only.
    return wired_pairwise ? all * std::min(1.0, (ways - 1) / (link.domain - 1)) : all;
}

}  // namespace

std::string_view name_of(Confidence confidence) {
    return confidence_names[static_cast<std::size_t>(confidence)];
}

std::string_view name_of(ComputeUnit unit) {
    return compute_unit_names[static_cast<std::size_t>(unit)];
}

std::string_view name_of(MemoryLevel level) {
    return memory_level_names[static_cast<std::size_t>(level)];
}

std::string_view name_of(Topology topology) {
    return topology_names[static_cast<std::size_t>(topology)];
}

std::string_view name_of(DeviceKind kind) {
    return device_kind_names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(Market market) { return market_names[static_cast<std::size_t>(market)]; }

const Peak* Device::peak(Precision precision) const {
    const Peak* best = nullptr;
    for (const Peak& candidate : peaks) {
        if (candidate.precision != precision) continue;
        if (best == nullptr || candidate.unit == ComputeUnit::matrix) best = &candidate;
    }
    return best;
}

std::optional<FlopsPerSecond> Device::fp16_rate_acc16() const {
    const Peak* fp16 = peak(Precision::fp16);
    if (fp16 == nullptr) return std::nullopt;
    return fp16->rate_acc16 ? fp16->rate_acc16->value : fp16->rate.value;
}

const Memory* Device::level(MemoryLevel level) const {
    const auto found = std::ranges::find(memory, level, &Memory::level);
    return found == memory.end() ? nullptr : &*found;
}

double Device::switch_domain() const {
    if (joined) return *joined;
    return std::max(wired_domain(*this), has_slots(*this) ? host_slots : 1);
}

double Device::most_joined() const {
    const double wired = wired_domain(*this);
    return has_slots(*this) && wired < host_slots ? most_slots : wired;
}

std::optional<LinkInUse> Device::link_among(double ways) const {
    if (ways <= std::min(wired_domain(*this), switch_domain()))
        return LinkInUse{scale_up->name, domain_rate(*scale_up, ways)};
    if (has_slots(*this) && ways <= joined.value_or(host_slots))
        return LinkInUse{pcie->name, pcie->per_direction->value};
    return nic ? std::optional(LinkInUse{"the network card", nic->value}) : std::nullopt;
}

std::string Device::family() const {
    if (!compute_capability) return architecture;
    return "sm" + compute_capability->value.substr(0, compute_capability->value.find('.'));
}

const Figure<Bytes>& Device::planned_capacity() const {
    const Memory& own = dram();
    if (own.usable) return *own.usable;
    return own.reported ? *own.reported : *own.capacity;
}

}  // namespace roofline
