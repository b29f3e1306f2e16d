// `ridge`: where a device turns from memory- to compute-bound.
#include "answer/catalog/ridge_report.hpp"
#include "cli/line/command.hpp"
#include "cli/line/deployment_flags.hpp"
#include "cli/line/shared_flags.hpp"
#include "cli/run/answer.hpp"
#include "cli/run/session.hpp"
#include "workload/arithmetic.hpp"

namespace roofline::cli {
namespace {

constexpr Flag dtypes{"dtype", "PRECISION,...", "arithmetic [every one the device has]"};
constexpr Flag levels{.name = "level",
                      .value = "LEVEL,...",
                      .help = "{} [dram]",
                      .choices = memory_level_names,
                      .noun = "memory level"};
constexpr std::array flags{dtypes, levels};

std::vector<Precision> wanted_precisions(const Arguments& arguments, const Device& device) {
    std::vector<Precision> result;
    for (const std::string& name : arguments.list(dtypes))
        result.push_back(arithmetic_of(device, name));
    if (!result.empty()) return result;
    for (const PrecisionRow& row : precisions)
        if (device.peak(row.precision) != nullptr) result.push_back(row.precision);
    return result;
}

Answer run(const Arguments& arguments, Session& session) {
    const auto device = device_from(arguments, session.asking());
    const std::vector<Precision> wanted = wanted_precisions(arguments, *device);
    std::vector<std::size_t> places = arguments.choices(levels);
    if (places.empty()) places.push_back(static_cast<std::size_t>(MemoryLevel::dram));
    std::vector<Ridge> ridges;
    for (const Precision precision : wanted)
        for (const std::size_t level : places)
            ridges.push_back(ridge_on(*device, precision, static_cast<MemoryLevel>(level)));
    return {.report = ridge_report(*device, ridges)};
}

}  // namespace

extern const Command ridge_command;
constinit const Command ridge_command{
    .path = "ridge",
    .summary = "the intensity at which a device turns from memory- to compute-bound",
    .examples =
        "roofline ridge --hw h100-sxm --dtype bf16,fp8\nroofline ridge --hw h100-sxm --level "
        "dram,l2",
    .fields = hardware_field,
    .flags = flags,
    .run = run};

}  // namespace roofline::cli
