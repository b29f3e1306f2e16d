#include "bound_reason.hpp"

#include "deployment_derivations.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <algorithm>

namespace roofline {

std::string bound_reason(const Prepared& prepared, const PhaseOutcome& phase) {
    const Bound bound = phase.time.bound();
    const auto& by_bound = phase.time.by_bound;
    const double share = by_bound[static_cast<std::size_t>(bound)] / phase.time.total();
    if (bound == Bound::network) {
        const auto ops = operators_of(prepared, phase);
        const auto main = std::ranges::max_element(
            ops, {}, [](const OperatorTime& op) { return op.timing.network; });
        const Device& device = *prepared.deployment.device;
        const auto link = device.link_among(prepared.workload.layout.ways(main->link));
        return formatted("{} of its time is {} through {} at {}", humanize_percent(share),
                         name_of(main->kind), link->name, humanize(link->per_direction));
    }
    const Ridge ridge = main_ridge(prepared, phase);
    const FlopsPerByte intensity = phase.time.intensity();
    const bool past = intensity >= ridge.intensity();
    const std::string place =
        formatted("{} ({})", humanize_number(ridge.intensity().in(flop / byte)),
                  name_of(ridge.peak->precision));
    if (past == (bound == Bound::compute))
        return formatted("{} against a ridge of {}", humanize(intensity), place);
    return formatted("{} of its time, though {} on average is {} the ridge of {}",
                     humanize_percent(share), humanize(intensity), past ? "past" : "below", place);
}

}  // namespace roofline
