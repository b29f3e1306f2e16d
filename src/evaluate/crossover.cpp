#include "roofline/evaluate/crossover.hpp"

#include <cmath>
#include <functional>

namespace roofline {
namespace {

// The smallest whole number up to `most` from which on `holds`: doubling, then halving the gap.
std::optional<double> first_that(double most, const std::function<bool(double)>& holds) {
    double high = 1;
    while (high < most && !holds(high)) high = std::min(2 * high, most);
    if (!holds(high)) return std::nullopt;
    double low = std::floor(high / 2);
    while (high - low > 1) {
        const double middle = std::floor((low + high) / 2);
        (holds(middle) ? high : low) = middle;
    }
    return high;
}

}  // namespace

std::optional<double> batch_beyond_memory(const Prepared& prepared) {
    const Phase* decode = prepared.workload.phase(Pass::next_token);
    if (decode == nullptr) return std::nullopt;
    const Layout& layout = prepared.workload.layout;
    const double before = std::max(point_of(prepared).context - 1, 0.0);
    constexpr double most = 65536;
    return first_that(most, [&](double batch) {
        const Step step{
            .sequences = sequences_per_rank(batch, layout.pipeline), .tokens = 1, .before = before};
        return time_of(*decode, step, layout, prepared.machine).bound() != Bound::memory;
    });
}

std::optional<double> context_beyond_weights(const Prepared& prepared, double sequences) {
    const Deployment& d = prepared.deployment;
    constexpr double no_limit = 1 << 24;
    return first_that(d.model->context.value_or(no_limit), [&](double context) {
        const MemoryLedger memory = memory_of(prepared, sequences, context);
        return memory.cache > memory.weights;
    });
}

}  // namespace roofline
