#include "collective_report.hpp"

#include "error/dialect.hpp"
#include "expected_report.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <algorithm>

namespace roofline {
namespace {

std::string library_name(const ExpectedKernel& kernel) {
    if (kernel.evidence.engine) return formatted("custom ({})", name_of(*kernel.evidence.engine));
    return kernel.evidence.device.empty() ? "like NCCL" : "NCCL";
}

const ExpectedKernel* fastest_of(const std::vector<ExpectedKernel>& kernels) {
    const auto fastest = std::ranges::min_element(kernels, {}, &ExpectedKernel::time);
    return fastest == kernels.end() ? nullptr : &*fastest;
}

std::string verdict(const CollectiveRequest& request, const std::vector<ExpectedKernel>& kernels,
                    const Device& device) {
    const std::string best =
        formatted("{} of {} among {} {}: at best {}", name_of(request.operation),
                  humanize(request.bytes), request.devices, device.id, humanize(request.bound()));
    const ExpectedKernel* fastest = fastest_of(kernels);
    if (fastest == nullptr) return best + "; so many devices over such a link were not measured";
    return best + formatted("; expected {} by {}", humanize(fastest->time), library_name(*fastest));
}

Table expected_table(const std::vector<ExpectedKernel>& kernels, Seconds bound) {
    std::vector<Row> rows;
    std::vector<std::string> notes;
    for (const ExpectedKernel& kernel : kernels) {
        const std::string name = library_name(kernel);
        rows.push_back({name, Measure(bound), Measure(kernel.time), Share{bound / kernel.time}});
        notes.push_back(formatted("{}: {}", name, evidence_words(kernel)));
    }
    return {.title = "",
            .columns = {{"library", "library"},
                        {"at best", "bound_s", 4},
                        {"expected", "expected_s", 4},
                        {"of the link", "link_fraction", 3}},
            .next = rows_of(std::move(rows)),
            .notes = std::move(notes)};
}

Record libraries_record(const std::vector<ExpectedKernel>& kernels) {
    Record result;
    for (const ExpectedKernel& kernel : kernels)
        result.add(kernel.evidence.engine ? "custom" : "nccl",
                   Record().add("expected", kernel.time).add("evidence", evidence_record(kernel)));
    return result;
}

AssumptionNote link_note(std::string_view id, std::string text, const LinkInUse& link,
                         std::string source = "the device's catalog entry") {
    return {.id = std::string(id),
            .text = std::move(text),
            .value = formatted("{}, {} one way", link.name, humanize(link.per_direction)),
            .source = std::move(source)};
}

std::vector<AssumptionNote> link_notes(const CollectiveRequest& request, const Device& device) {
    std::vector<AssumptionNote> notes;
    if (request.joined > 1)
        notes.push_back(
            link_note("link", formatted("link of {} devices", request.joined), request.link));
    if (request.network)
        notes.push_back(link_note("network", "link to the others", *request.network,
                                  device.nic ? in_dialect(device.nic->from.source, Dialect::flags)
                                             : "the device's catalog entry"));
    return notes;
}

Derivation bound_step(const CollectiveRequest& request) {
    const auto [local, remote] = request.traffic();
    std::string numbers =
        formatted("{} / {}", humanize(local, 4), humanize(request.link.per_direction, 4));
    const bool rings = request.operation == Collective::all_reduce;
    if (request.network) {
        const std::string far =
            formatted("{} / {}", humanize(remote, 4), humanize(request.network->per_direction, 4));
        numbers =
            rings ? formatted("{} + {}", numbers, far) : formatted("max({}, {})", numbers, far);
    }
    return {.path = "result.bound_s",
            .formula = rings
                           ? "2 (n-1)/n bytes / link, and of m nodes 2 (m-1)/m bytes / n / network"
                           : "what a device must receive / link, from other nodes / network card",
            .numbers = formatted("{} = {}", numbers, humanize(request.bound(), 4)),
            .source = rings ? formatted("rings, as servers add up; {} where the switch does",
                                        humanize(request.least(), 4))
                            : "bytes count all parts gathered together"};
}

}  // namespace

Report collective_report(const CollectiveAnswer& answer, const Device& device) {
    const auto& [request, kernels, in_one_node] = answer;
    Report report{.command = "kernel allreduce", .verdict = verdict(request, kernels, device)};
    if (in_one_node)
        report.verdict +=
            formatted(". In one node it would take {} at best, {} times less",
                      humanize(*in_one_node), humanize_number(request.bound() / *in_one_node));
    report.inputs.add("hw", device.id)
        .add("devices", request.devices)
        .add("operation", name_of(request.operation))
        .add("bytes", request.bytes);
    const auto [local, remote] = request.traffic();
    const auto& network = request.network;
    const ExpectedKernel* fastest = fastest_of(kernels);
    report.result.add("local", local)
        .add("remote", remote)
        .add("link", request.link.per_direction)
        .add("network", network ? std::optional(network->per_direction) : std::nullopt)
        .add("bound", request.bound())
        .add("in_switch", request.least())
        .add("in_one_node", in_one_node)
        .add("expected", fastest == nullptr ? std::nullopt : std::optional(fastest->time))
        .add("libraries", libraries_record(kernels));
    if (!kernels.empty()) report.blocks.emplace_back(expected_table(kernels, request.bound()));
    report.assumptions = link_notes(request, device);
    report.derivations.push_back(bound_step(request));
    return report;
}

}  // namespace roofline
