// Which of the measured kernels speaks for a device.
#include "kernel_efficiency.hpp"

#include <tuple>

namespace roofline {
namespace {

// 0 is the best match; 3 is another device's row.
int distance(const KernelEvidence& row, const Device& device, std::optional<ServingEngine> engine) {
    if (row.device == device.id) return row.engine == engine ? 0 : 1;
    return row.device.empty() ? 2 : 3;
}

// The nearest of the rows that fit; of several as near, the one with the smaller error.
template <typename Efficiency, typename Fits>
const Efficiency* nearest(const std::vector<Efficiency>& rows, const Device& device,
                          std::optional<ServingEngine> engine, Fits fits) {
    const Efficiency* best = nullptr;
    const auto rank = [&](const Efficiency& row) {
        const bool other = row.evidence.device.empty() && row.evidence.engine != engine;
        return std::tuple(distance(row.evidence, device, engine), other, row.evidence.median_error);
    };
    for (const Efficiency& row : rows) {
        if (distance(row.evidence, device, engine) > 2 || !fits(row)) continue;
        if (best == nullptr || rank(row) < rank(*best)) best = &row;
    }
    return best;
}

}  // namespace

const GemmEfficiency* GemmEfficiencies::of(const Device& device, WeightFormat format,
                                           std::optional<ServingEngine> engine) const {
    return nearest(rows, device, engine,
                   [&](const GemmEfficiency& row) { return row.format == format; });
}

const PrefillAttentionEfficiency* AttentionEfficiencies::prefill_of(
    const Device& device, Precision arithmetic, double cache_bytes, double head_dim,
    std::optional<ServingEngine> engine) const {
    return nearest(head_dim > 0 ? prefill : latent_prefill, device, engine,
                   [&](const PrefillAttentionEfficiency& row) {
                       return row.arithmetic == arithmetic && row.cache_bytes == cache_bytes &&
                              row.head_dim == head_dim;
                   });
}

const DecodeAttentionEfficiency* AttentionEfficiencies::decode_of(
    const Device& device, double cache_bytes, double head_dim,
    std::optional<ServingEngine> engine) const {
    return nearest(head_dim > 0 ? decode : latent_decode, device, engine,
                   [&](const DecodeAttentionEfficiency& row) {
                       return row.cache_bytes == cache_bytes && row.head_dim == head_dim;
                   });
}

const ExpertsEfficiency* ExpertsEfficiencies::of(const Device& device, WeightFormat format,
                                                 double ranks,
                                                 std::optional<ServingEngine> engine) const {
    const auto of_ranks = [&](bool alone) {
        return nearest(rows, device, engine, [&](const ExpertsEfficiency& row) {
            return row.format == format && (row.most_ranks == 1) == alone &&
                   row.most_ranks >= ranks;
        });
    };
    // Rows of one rank describe it better, where the asked engine has any.
    const ExpertsEfficiency* own = ranks == 1 ? of_ranks(true) : nullptr;
    const ExpertsEfficiency* spread = of_ranks(false);
    if (own == nullptr || spread == nullptr) return own != nullptr ? own : spread;
    const bool closer =
        distance(own->evidence, device, engine) <= distance(spread->evidence, device, engine);
    return closer ? own : spread;
}

const CollectiveEfficiency* CollectiveEfficiencies::of(const Device& device,
                                                       Collective operation) const {
    return nearest(nccl, device, {},
                   [&](const CollectiveEfficiency& row) { return row.operation == operation; });
}

const CustomAllReduceEfficiency* CollectiveEfficiencies::custom_of(
    const Device& device, std::optional<ServingEngine> engine) const {
    return nearest(custom_all_reduce, device, engine,
                   [&](const CustomAllReduceEfficiency&) { return true; });
}

}  // namespace roofline
