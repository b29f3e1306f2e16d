// `kernel allreduce`: devices that add up or exchange a buffer.
#include "answer/kernel/collective_report.hpp"
#include "cli/line/command.hpp"
#include "cli/line/deployment_flags.hpp"
#include "cli/run/answer.hpp"
#include "cli/run/session.hpp"
#include "flags.hpp"
#include "units/parse.hpp"
#include "workload/layout_rules.hpp"

namespace roofline::cli {
namespace {

constexpr std::array buffer{
    Positional{"BYTES", "the buffer: 16MB; for gathering, all parts together"}};
constexpr Flag operation{.name = "op",
                         .value = "NAME",
                         .help = "{} [all-reduce]",
                         .choices = collective_names,
                         .noun = "operation"};
constexpr std::array flags{operation, library_flag};
constexpr std::array<FieldWord, 3> fields{"hw", "node", "network"};

Answer run(const Arguments& arguments, Session& session) {
    const Asking asking = session.asking();
    const Deployment in_catalog = hardware_from(arguments, asking);
    Deployment hardware = in_catalog;
    for (const std::string_view name : {"node", "network"})
        if (const auto text = arguments.text(the_field(name)))
            set_field(hardware, the_field(name), *text, asking);
    join_nodes(hardware);
    const auto asked = [&](const Device& device) {
        return collective_request(static_cast<Collective>(arguments.choice(operation, 0)),
                                  parse_quantity<Bytes>(arguments.positionals()[0], "BYTES"),
                                  hardware.gpus.value_or(1), device);
    };
    const CollectiveRequest request = asked(*hardware.device);
    const auto engine = engine_from(arguments);
    CollectiveAnswer answer{request, expected_collectives(request, *hardware.device, engine), {}};
    if (hardware.node && request.devices <= in_catalog.device->switch_domain()) {
        const CollectiveRequest near = asked(*in_catalog.device);
        answer.in_one_node = near.bound();
    }
    return {.report = collective_report(answer, *hardware.device)};
}

}  // namespace

extern const Command kernel_allreduce_command;
constinit const Command kernel_allreduce_command{
    .path = "kernel allreduce",
    .summary = "devices that add up or exchange a buffer",
    .examples =
        "roofline kernel allreduce 16MB --hw h100-sxmx8\n"
        "roofline kernel allreduce 64MB --op all-to-all --hw b200x8\n"
        "roofline kernel allreduce 16MB --hw h100-sxmx8 --node 4 --network 400Gb/s",
    .positionals = buffer,
    .fields = fields,
    .flags = flags,
    .run = run};

}  // namespace roofline::cli
