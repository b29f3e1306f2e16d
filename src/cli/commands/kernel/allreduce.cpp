// `kernel allreduce`: devices that add up or exchange a buffer.
#include "answer/kernel/collective_report.hpp"
#include "cli/line/command.hpp"
#include "cli/line/deployment_flags.hpp"
#include "cli/run/answer.hpp"
#include "cli/run/session.hpp"
#include "flags.hpp"
#include "units/parse.hpp"

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

Answer run(const Arguments& arguments, Session& session) {
    const Deployment hardware = hardware_from(arguments, session.asking());
    const Device& device = *hardware.device;
    const CollectiveRequest request =
        collective_request(static_cast<Collective>(arguments.choice(operation, 0)),
                           parse_quantity<Bytes>(arguments.positionals()[0], "BYTES"),
                           hardware.gpus.value_or(1), device);
    const auto kernels = expected_collectives(request, device, engine_from(arguments));
    return {.report = collective_report(request, kernels, device)};
}

}  // namespace

extern const Command kernel_allreduce_command;
constinit const Command kernel_allreduce_command{
    .path = "kernel allreduce",
    .summary = "devices that add up or exchange a buffer",
    .examples =
        "roofline kernel allreduce 16MB --hw h100x8\n"
        "roofline kernel allreduce 64MB --op all-to-all --hw b200x8",
    .positionals = buffer,
    .fields = hardware_field,
    .flags = flags,
    .run = run};

}  // namespace roofline::cli
