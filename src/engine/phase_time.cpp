#include "roofline/engine/phase_time.hpp"

#include <algorithm>

namespace roofline {
namespace {

void add(Work& sum, const Work& work) {
    sum.flops += work.flops;
    sum.traffic.weights += work.traffic.weights;
    sum.traffic.cache_read += work.traffic.cache_read;
    sum.traffic.cache_written += work.traffic.cache_written;
    sum.traffic.activations += work.traffic.activations;
    sum.network += work.network;
}

Work times(const Work& work, double count) {
    return {.flops = work.flops * count,
            .traffic = {.weights = work.traffic.weights * count,
                        .cache_read = work.traffic.cache_read * count,
                        .cache_written = work.traffic.cache_written * count,
                        .activations = work.traffic.activations * count},
            .network = work.network * count};
}

}  // namespace

Bound PhaseTime::bound() const {
    const auto longest = std::ranges::max_element(by_bound);
    return static_cast<Bound>(longest - by_bound.begin());
}

OperatorTime time_of(const Operator& op, const Step& step, const Layout& layout,
                     const Machine& machine) {
    const Work work = times(work_of(op, step, layout.data), op.count);
    return {.kind = op.kind,
            .precision = op.precision,
            .link = op.link,
            .count = op.count,
            .work = work,
            .timing = time_of(work, op.precision, op.link, machine)};
}

PhaseTime time_of(const Phase& phase, const Step& step, const Layout& layout,
                  const Machine& machine) {
    PhaseTime sum;
    Work work;
    for (const Operator& op : phase.operators) {
        const OperatorTime one = time_of(op, step, layout, machine);
        add(work, one.work);
        sum.by_bound[static_cast<std::size_t>(one.timing.bound())] += one.timing.total();
    }
    sum.flops = work.flops;
    sum.traffic = work.traffic;
    sum.network = work.network;
    return sum;
}

std::vector<OperatorTime> operator_times(const Phase& phase, const Step& step, const Layout& layout,
                                         const Machine& machine) {
    std::vector<OperatorTime> result;
    for (const Operator& op : phase.operators) {
        const OperatorTime one = time_of(op, step, layout, machine);
        const auto same = std::ranges::find(result, op.kind, &OperatorTime::kind);
        if (same == result.end()) {
            result.push_back(one);
            continue;
        }
        add(same->work, one.work);
        // Shapes of one kind may have different bounds: what is shown is the longer one's.
        const Seconds total = same->timing.total() + one.timing.total();
        if (one.timing.total() > same->timing.total()) {
            same->timing = one.timing;
            same->precision = one.precision;
        }
        same->count += one.count;
        Seconds& binding = same->timing.bound() == Bound::compute  ? same->timing.compute
                           : same->timing.bound() == Bound::memory ? same->timing.memory
                                                                   : same->timing.network;
        binding = total;
    }
    std::ranges::stable_sort(result, std::greater<>(),
                             [](const OperatorTime& one) { return one.timing.total(); });
    return result;
}

}  // namespace roofline
