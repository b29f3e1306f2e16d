#include "roofline/error/user_error.hpp"

#include "answer/kernel/expected_report.hpp"
#include "answer/kernel/kernel_report.hpp"
#include "cli/line/deployment_flags.hpp"
#include "cli/line/roof_flags.hpp"
#include "error/choice.hpp"
#include "kernel/kernel_time.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"
#include "units/parse.hpp"

#include <array>
#include <cmath>

namespace roofline::cli {
namespace {

constexpr double matrices = 3;
constexpr double row_bytes = 2;  // of a token in and out

enum class Routing { random, balanced };
constexpr std::array<std::string_view, 2> routings{"random", "balanced"};

struct ExpertsRequest {
    ExpertsShape shape;
    Routing routing;
    WeightFormat format;

    double touched() const {
        return routing == Routing::balanced ? shape.touched_evenly() : shape.touched_at_random();
    }
    Record inputs() const {
        return Record()
            .add("tokens", shape.tokens)
            .add("hidden", shape.hidden)
            .add("intermediate", shape.width)
            .add("experts", shape.experts)
            .add("active", shape.active)
            .add("tp", shape.tensor_parallel)
            .add("ep", shape.expert_parallel)
            .add("routing", routing == Routing::balanced ? "balanced" : "random")
            .add("format", name_of(format));
    }
};

double required_count(const Arguments& arguments, std::string_view flag, std::string_view example) {
    return parse_count(required_flag(arguments, flag, example), formatted("--{}", flag));
}

Routing routing_from(const Arguments& arguments) {
    const std::string name = arguments.text("routing").value_or("random");
    return static_cast<Routing>(choice(name, "--routing", "way to choose experts", routings));
}

ExpertsRequest experts_request(const Arguments& arguments, const Deployment& deployment) {
    ExpertsRequest request{.shape = {.tokens = required_count(arguments, "tokens", "64"),
                                     .hidden = required_count(arguments, "hidden", "7168"),
                                     .width = required_count(arguments, "intermediate", "2048"),
                                     .active = required_count(arguments, "active", "8"),
                                     .experts = required_count(arguments, "experts", "256"),
                                     .tensor_parallel = deployment.tensor_parallel.value_or(1),
                                     .expert_parallel = deployment.expert_parallel.value_or(1)},
                           .routing = routing_from(arguments),
                           .format = deployment.weights.value_or(WeightFormat::bf16)};
    const ExpertsShape& s = request.shape;
    const auto refuse = [](ErrorCode code, std::string message, std::string hint) {
        throw UserError({.code = code, .message = std::move(message), .hint = std::move(hint)});
    };
    if (s.active > s.experts)
        refuse(ErrorCode::conflicting_arguments,
               formatted("--active {} is more than --experts {}", s.active, s.experts),
               "--active counts the experts of one token");
    if (std::fmod(s.experts, s.expert_parallel) != 0)
        refuse(ErrorCode::does_not_divide,
               formatted("--ep {} does not divide --experts {}", s.expert_parallel, s.experts),
               "every rank holds as many experts");
    if (std::fmod(s.width, s.tensor_parallel) != 0)
        refuse(ErrorCode::does_not_divide,
               formatted("--tp {} does not divide --intermediate {}", s.tensor_parallel, s.width),
               "every rank holds as much of each expert");
    return request;
}

// Weights of the experts that have a token, and the tokens in and out, each once.
Kernel experts_kernel(const ExpertsRequest& request) {
    const ExpertsShape& s = request.shape;
    const double one = matrices * s.hidden * s.inner();
    return {.name = formatted("{} of {} experts", humanize_number(request.touched()),
                              humanize_number(s.experts / s.expert_parallel)),
            .flops = 2 * s.rows() * one * flop,
            .bytes = (request.touched() * one * bytes_per_weight(request.format) +
                      2 * std::min(s.tokens, s.rows()) * s.hidden * row_bytes) *
                     byte};
}

// The arithmetic that multiplies `format` here: its own where the device has it, else the widest.
Ridge ridge_for(WeightFormat format, const Device& device) {
    const WeightFormatRow& row = row_of(format);
    const bool native = row.multiplies_as && row.needs && device.peak(*row.needs) != nullptr &&
                        device.peak(*row.multiplies_as) != nullptr;
    const Precision precision = native ? *row.multiplies_as : precision_of({}, device);
    return ridge_from(device, precision, "dram");
}

Expectation expected_experts(const ExpertsRequest& request, const Placed& placed,
                             const Device& device, const Arguments& arguments) {
    const ExpertsEfficiency* e = experts_efficiencies().of(
        device, request.format, request.shape.expert_parallel, engine_from(arguments));
    if (e == nullptr)
        return {.kernel = {},
                .why_not = formatted("experts in {} were not measured on {}",
                                     name_of(request.format), device.id)};
    std::string losses = losses_of(e->roof);
    if (!e->evidence.kernel.empty()) losses += formatted("; kernel {}", e->evidence.kernel);
    return expected_of(placed, experts_time(request.shape, request.touched(), *e, device),
                       {.time = {},
                        .evidence = e->evidence,
                        .what = formatted("{} expert layers", name_of(e->format)),
                        .losses = std::move(losses),
                        .source = experts_efficiencies().source});
}

}  // namespace

Answer run_kernel_moe(const Arguments& arguments, Session& session) {
    const Deployment deployment = deployment_from(arguments, session);
    refuse_several(deployment);
    const auto& device = deployment.device;
    const ExpertsRequest request = experts_request(arguments, deployment);
    const Ridge ridge = ridge_for(request.format, *device);
    const Kernel kernel = experts_kernel(request);
    const Placed placed{kernel, ridge};
    Report report = report_of("kernel moe", placed, *device, request.inputs());
    report.result.add("touched_experts", request.touched());
    report.blocks.emplace_back(placed_table(
        {placed},
        {"routed experts of one layer on one device: both products, activation between"}));
    add_expected(expected_experts(request, placed, *device, arguments), report);
    report.assumptions.push_back(
        {.id = "routing",
         .text = "how tokens choose experts",
         .value = request.routing == Routing::balanced ? "evenly" : "at random",
         .source = "--routing; measured kernels had them evenly, real models lie between"});
    return {.report = std::move(report)};
}

}  // namespace roofline::cli
