#include "collective_kernel.hpp"

#include "roofline/error/user_error.hpp"

#include "text/formatted.hpp"

namespace roofline {
namespace {

ExpectedKernel expected(const KernelEvidence& evidence, Seconds time, std::string_view what,
                        double most_devices, double share) {
    return {.time = time,
            .evidence = evidence,
            .what = formatted("{} among up to {} devices", what, most_devices),
            .losses = LinkShare{share},
            .kernel = {},
            .source = collective_efficiencies().source};
}

// Measured over links that join all devices directly; a network between is another matter.
bool within(const CollectiveRequest& r, const Device& device, double most_devices) {
    return r.devices <= most_devices && r.devices <= device.switch_domain();
}

}  // namespace

Seconds CollectiveRequest::bound() const {
    const auto [local, remote] = traffic();
    const Seconds near = local / link.per_direction;
    return network ? std::max(near, remote / network->per_direction) : near;
}

CollectiveRequest collective_request(Collective operation, Bytes bytes, double devices,
                                     const Device& device) {
    if (devices < 2)
        fail(ErrorCode::conflicting_arguments, formatted("one {} has nobody to talk to", device.id),
             formatted("say how many: `hw {}x8`", device.id));
    const double joined = std::min(devices, device.switch_domain());
    const auto link = device.link_among(joined > 1 ? joined : devices);
    const auto network = devices > joined ? device.link_among(devices) : std::nullopt;
    if (!link || (devices > joined && !network))
        fail(ErrorCode::conflicting_arguments,
             formatted("the catalog knows no link that joins {} {}", devices, device.id), "",
             formatted("hw show {}", device.id));
    return {.operation = operation,
            .bytes = bytes,
            .devices = devices,
            .joined = joined,
            .link = *link,
            .network = network};
}

std::vector<ExpectedKernel> expected_collectives(const CollectiveRequest& r, const Device& device,
                                                 std::optional<ServingEngine> engine) {
    std::vector<ExpectedKernel> result;
    const CollectiveEfficiencies& all = collective_efficiencies();
    if (const auto* e = all.of(device, r.operation);
        e != nullptr && within(r, device, e->most_devices))
        result.push_back(expected(
            e->evidence,
            std::max(r.bound(),
                     collective_time(r.operation, r.bytes, r.devices, *e, r.link.per_direction)),
            formatted("{}s", name_of(r.operation)), e->most_devices, e->link_share));
    if (r.operation != Collective::all_reduce) return result;
    if (const auto* e = all.custom_of(device, engine);
        e != nullptr && within(r, device, e->most_devices))
        result.push_back(expected(e->evidence,
                                  std::max(r.bound(), custom_all_reduce_time(r.bytes, r.devices, *e,
                                                                             r.link.per_direction)),
                                  "custom all-reduces", e->most_devices, e->two_shot_share));
    return result;
}

}  // namespace roofline
