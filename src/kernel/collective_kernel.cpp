#include "collective_kernel.hpp"

#include "roofline/catalog/efficiency.hpp"
#include "roofline/error/user_error.hpp"

#include "text/formatted.hpp"

#include <cmath>

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

// Measured over links that join all devices directly; slots of a host and a network between are
// another matter.
bool within(const CollectiveRequest& r, const Device& device, double most_devices) {
    return r.devices <= most_devices && device.scale_up && r.link.name == device.scale_up->name;
}

}  // namespace

CollectiveTraffic CollectiveRequest::traffic() const {
    if (operation == Collective::all_reduce) return ring_traffic(bytes, devices, joined);
    return least_traffic(operation, bytes, devices, joined);
}

Seconds CollectiveRequest::bound() const {
    const auto [local, remote] = traffic();
    const Seconds near = local / link.per_direction;
    if (!network) return near;
    const Seconds far = remote / network->per_direction;
    return operation == Collective::all_reduce ? near + far : std::max(near, far);
}

Seconds CollectiveRequest::least() const {
    const auto [local, remote] = least_traffic(operation, bytes, devices, joined);
    const Seconds near = local / link.per_direction;
    return network ? std::max(near, remote / network->per_direction) : near;
}

CollectiveRequest collective_request(Collective operation, Bytes bytes, double devices,
                                     const Device& device) {
    if (devices < 2)
        fail(ErrorCode::conflicting_arguments, formatted("one {} has nobody to talk to", device.id),
             formatted("say how many: `hw {}x8`", device.id));
    const double joined = std::min(devices, device.switch_domain());
    if (std::fmod(devices, joined) != 0)
        fail(ErrorCode::does_not_divide,
             formatted("{} {} are no whole number of nodes of {}", devices, device.id, joined),
             formatted("name a multiple of {}, or what a node has: `node`", joined));
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

namespace {

// A ring in every node as it was measured, and one over the nodes, which nobody here measured: its
// fixed time and the share of the link that rings reach.
std::vector<ExpectedKernel> across_nodes(const CollectiveRequest& r, const Device& device) {
    const auto* e = collective_efficiencies().of(device, r.operation);
    if (e == nullptr || r.operation != Collective::all_reduce) return {};
    const Seconds near =
        r.joined > 1 ? collective_time(r.operation, r.bytes, r.joined, *e, r.link.per_direction)
                     : Seconds();
    const Seconds link = r.traffic().remote / r.network->per_direction;
    const Efficiency& served = fitted_efficiency().values;
    const Seconds far = served.network_latency * second +
                        served.all_reduce_root * std::sqrt(link.in(second)) * second +
                        link / served.all_reduce_bandwidth;
    ExpectedKernel kernel = expected(e->evidence, std::max(r.bound(), near + far), "all-reduces",
                                     e->most_devices, e->link_share);
    kernel.what = formatted("{} (and a ring over nodes, which is not measured)", kernel.what);
    return {std::move(kernel)};
}

std::vector<ExpectedKernel> measured_collectives(const CollectiveRequest& r, const Device& device,
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

}  // namespace

std::vector<ExpectedKernel> expected_collectives(const CollectiveRequest& r, const Device& device,
                                                 std::optional<ServingEngine> engine) {
    return r.network ? across_nodes(r, device) : measured_collectives(r, device, engine);
}

}  // namespace roofline
