#include "roofline/error/user_error.hpp"

#include "answer/kernel/expected_report.hpp"
#include "cli/line/deployment_flags.hpp"
#include "error/choice.hpp"
#include "kernel/kernel_time.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"
#include "units/parse.hpp"

namespace roofline::cli {
namespace {

struct CollectiveRequest {
    Collective operation;
    Bytes bytes;
    double devices;
    double joined;  // devices that the link joins
    LinkInUse link;
    std::optional<LinkInUse> network;  // to the others

    CollectiveTraffic traffic() const { return least_traffic(operation, bytes, devices, joined); }
    Seconds bound() const {
        const auto [local, remote] = traffic();
        const Seconds near = local / link.per_direction;
        return network ? std::max(near, remote / network->per_direction) : near;
    }
};

CollectiveRequest collective_request(const Arguments& arguments, const Deployment& deployment) {
    const Device& device = *deployment.device;
    const std::string name = arguments.text("op").value_or("all-reduce");
    const auto operation =
        static_cast<Collective>(choice(name, "--op", "operation", collective_names));
    const double devices = deployment.gpus.value_or(1);
    if (devices < 2)
        throw UserError({.code = ErrorCode::conflicting_arguments,
                         .message = formatted("one {} has nobody to talk to", device.id),
                         .hint = formatted("say how many: --hw {}x8", device.id)});
    const double joined = std::min(devices, device.switch_domain());
    const auto link = device.link_among(joined > 1 ? joined : devices);
    const auto network = devices > joined ? device.link_among(devices) : std::nullopt;
    if (!link || (devices > joined && !network))
        throw UserError(
            {.code = ErrorCode::conflicting_arguments,
             .message = formatted("the catalog knows no link that joins {} {}", devices, device.id),
             .hint = formatted("roofline hw show {}", device.id)});
    return {.operation = operation,
            .bytes = parse_quantity<Bytes>(arguments.positionals()[0], "BYTES"),
            .devices = devices,
            .joined = joined,
            .link = *link,
            .network = network};
}

ExpectedKernel expected(const KernelEvidence& evidence, Seconds time, std::string_view what,
                        double most_devices, double share) {
    return {.time = time,
            .evidence = evidence,
            .what = formatted("{} among up to {} devices", what, most_devices),
            .losses = formatted("share of the link {}", share),
            .source = collective_efficiencies().source};
}

// Measured over links that join all devices directly; a network between is another matter.
bool within(const CollectiveRequest& r, const Device& device, double most_devices) {
    return r.devices <= most_devices && r.devices <= device.switch_domain();
}

// NCCL, and for an all-reduce the engine's own where one was measured; never below the bound.
std::vector<ExpectedKernel> expectations(const CollectiveRequest& r, const Device& device,
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

std::string name_of(const ExpectedKernel& kernel) {
    if (kernel.evidence.engine)
        return formatted("custom ({})", roofline::name_of(*kernel.evidence.engine));
    return kernel.evidence.device.empty() ? "like NCCL" : "NCCL";
}

Table expected_table(const std::vector<ExpectedKernel>& kernels, Seconds bound) {
    std::vector<Row> rows;
    std::vector<std::string> notes;
    for (const ExpectedKernel& kernel : kernels) {
        rows.push_back(
            {name_of(kernel), Measure(bound), Measure(kernel.time), Share{bound / kernel.time}});
        notes.push_back(formatted("{}: {}", name_of(kernel), evidence_words(kernel)));
    }
    return {.title = "",
            .columns = {{"LIBRARY", "library"},
                        {"AT BEST", "bound_s", 4},
                        {"EXPECTED", "expected_s", 4},
                        {"OF THE LINK", "link_fraction", 3}},
            .next = rows_of(std::move(rows)),
            .notes = std::move(notes)};
}

Record record_of(const std::vector<ExpectedKernel>& kernels) {
    Record result;
    for (const ExpectedKernel& kernel : kernels)
        result.add(kernel.evidence.engine ? "custom" : "nccl",
                   Record().add("expected", kernel.time).add("evidence", evidence_record(kernel)));
    return result;
}

std::vector<AssumptionNote> link_notes(const CollectiveRequest& request) {
    std::vector<AssumptionNote> notes;
    const auto add = [&](std::string_view id, std::string text, const LinkInUse& link) {
        notes.push_back(
            {.id = std::string(id),
             .text = std::move(text),
             .value = formatted("{}, {} one way", link.name, humanize(link.per_direction)),
             .source = "the device's catalog entry"});
    };
    add("link", formatted("link of {} devices", request.joined), request.link);
    if (request.network) add("network", "link to the others", *request.network);
    return notes;
}

Derivation bound_step(const CollectiveRequest& request) {
    const auto [local, remote] = request.traffic();
    std::string numbers =
        formatted("{} / {}", humanize(local, 4), humanize(request.link.per_direction, 4));
    if (request.network)
        numbers = formatted("max({}, {} / {})", numbers, humanize(remote, 4),
                            humanize(request.network->per_direction, 4));
    return {.path = "result.bound_s",
            .formula = "what a device must receive / link, from other nodes / network card",
            .numbers = formatted("{} = {}", numbers, humanize(request.bound(), 4)),
            .source = "the switch may add up on the way; bytes count all parts gathered together"};
}

}  // namespace

Answer run_kernel_allreduce(const Arguments& arguments, Session& session) {
    const Deployment deployment = hardware_from(arguments, session);
    const auto& device = deployment.device;
    const CollectiveRequest request = collective_request(arguments, deployment);
    const auto kernels = expectations(request, *device, engine_from(arguments));
    const auto fastest = std::ranges::min_element(kernels, {}, &ExpectedKernel::time);
    Report report{
        .command = "kernel allreduce",
        .verdict = formatted("{} of {} among {} {}: at best {}",
                             roofline::name_of(request.operation), humanize(request.bytes),
                             request.devices, device->id, humanize(request.bound()))};
    report.verdict +=
        fastest == kernels.end()
            ? std::string("; so many devices over such a link were not measured")
            : formatted("; expected {} by {}", humanize(fastest->time), name_of(*fastest));
    report.inputs.add("hw", device->id)
        .add("devices", request.devices)
        .add("operation", roofline::name_of(request.operation))
        .add("bytes", request.bytes);
    const auto [local, remote] = request.traffic();
    report.result.add("local", local)
        .add("remote", remote)
        .add("link", request.link.per_direction)
        .add("network",
             request.network ? std::optional(request.network->per_direction) : std::nullopt)
        .add("bound", request.bound())
        .add("expected",
             fastest == kernels.end() ? std::optional<Seconds>() : std::optional(fastest->time))
        .add("libraries", record_of(kernels));
    if (!kernels.empty()) report.blocks.emplace_back(expected_table(kernels, request.bound()));
    report.assumptions = link_notes(request);
    report.derivations.push_back(bound_step(request));
    return {.report = std::move(report)};
}

}  // namespace roofline::cli
