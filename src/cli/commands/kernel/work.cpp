// `kernel work`: any kernel, from its FLOPs and bytes.
#include "answer/kernel/kernel_report.hpp"
#include "cli/line/command.hpp"
#include "cli/line/deployment_flags.hpp"
#include "cli/line/shared_flags.hpp"
#include "cli/run/answer.hpp"
#include "cli/run/session.hpp"
#include "units/parse.hpp"

namespace roofline::cli {
namespace {

constexpr Flag flops{"flops", "FLOP", "work of the kernel: 137.4GFLOP"};
constexpr Flag bytes{"bytes", "BYTES", "bytes it moves: 100.7MB"};
constexpr Flag dtype{"dtype", "PRECISION", "arithmetic [the device's 16-bit]"};
constexpr std::array flags{flops, bytes, dtype, level_flag};

Answer run(const Arguments& arguments, Session& session) {
    const auto device = device_from(arguments, session.asking());
    const Ridge ridge = roof_from(arguments, dtype, *device);
    const Kernel kernel{
        .name = "work",
        .flops = parse_quantity<Flops>(required(arguments, flops, "137.4GFLOP"), label_of(flops)),
        .bytes = parse_quantity<Bytes>(required(arguments, bytes, "100.7MB"), label_of(bytes))};
    return {.report = work_report({kernel, ridge}, *device)};
}

}  // namespace

extern const Command kernel_work_command;
constinit const Command kernel_work_command{
    .path = "kernel work",
    .summary = "any kernel on the roofline, from its FLOPs and bytes",
    .examples = "roofline kernel work --flops 137.4GFLOP --bytes 100.7MB --hw h100-sxm",
    .fields = hardware_field,
    .flags = flags,
    .run = run};

}  // namespace roofline::cli
