// `kernel gemm`: a matrix product.
#include "answer/kernel/kernel_report.hpp"
#include "cli/line/command.hpp"
#include "cli/line/deployment_flags.hpp"
#include "cli/line/shared_flags.hpp"
#include "cli/run/answer.hpp"
#include "cli/run/session.hpp"
#include "flags.hpp"
#include "units/parse.hpp"

namespace roofline::cli {
namespace {

constexpr std::array sizes{Positional{"M N K", "rows, columns and depth", 3, 3}};
constexpr Flag batch{"batch", "N", "products of this size [1]"};
constexpr std::array flags{operands_flag, batch, library_flag};

Answer run(const Arguments& arguments, Session& session) {
    const auto device = device_from(arguments, session.asking());
    const Ridge ridge = roof_from(arguments, operands_flag, *device);
    const auto& words = arguments.positionals();
    const GemmRequest request{.shape = {.m = parse_count(words[0], "M"),
                                        .n = parse_count(words[1], "N"),
                                        .k = parse_count(words[2], "K")},
                              .batch = flag_or(arguments, batch, parse_count, 1.0),
                              .precision = ridge.peak->precision};
    const PlacedKernel placed{gemm_kernel(request), ridge};
    return {.report = gemm_report(request, placed, *device,
                                  expected_gemm(request, placed, *device, engine_from(arguments)))};
}

}  // namespace

extern const Command kernel_gemm_command;
constinit const Command kernel_gemm_command{
    .path = "kernel gemm",
    .summary = "a matrix product on the roofline",
    .examples =
        "roofline kernel gemm 4096 4096 4096 --hw h100-sxm --dtype bf16\n"
        "roofline kernel gemm 1 4096 4096 --hw h100-sxm --get result.bound_s",
    .positionals = sizes,
    .fields = hardware_field,
    .flags = flags,
    .run = run};

}  // namespace roofline::cli
