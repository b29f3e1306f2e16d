// `kernel moe`: the routed experts of one layer.
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

constexpr std::array<FieldWord, 4> layer{"hw", "quant", "tp", "ep"};
constexpr Flag tokens{"tokens", "N", "of all ranks together"};
constexpr Flag hidden{"hidden", "N", "width of a token"};
constexpr Flag intermediate{"intermediate", "N", "width of an expert"};
constexpr Flag experts{"experts", "N", "routed experts of the layer"};
constexpr Flag active{"active", "N", "experts of one token"};
constexpr Flag routing{.name = "routing",
                       .value = "HOW",
                       .help = "{} [random]",
                       .choices = routing_names,
                       .noun = "way to choose experts"};
constexpr std::array flags{tokens, hidden, intermediate, experts, active, routing, library_flag};

double count(const Arguments& arguments, const Flag& flag, std::string_view example) {
    return parse_count(required(arguments, flag, example), label_of(flag));
}

ExpertsRequest request_from(const Arguments& arguments, const Deployment& deployment) {
    const ExpertsRequest request{
        .shape = {.tokens = count(arguments, tokens, "64"),
                  .hidden = count(arguments, hidden, "7168"),
                  .width = count(arguments, intermediate, "2048"),
                  .active = count(arguments, active, "8"),
                  .experts = count(arguments, experts, "256"),
                  .tensor_parallel = deployment.tensor_parallel.value_or(1),
                  .expert_parallel = deployment.expert_parallel.value_or(1)},
        .routing = static_cast<Routing>(arguments.choice(routing, 0)),
        .format = deployment.weights.value_or(WeightFormat::bf16)};
    check(request);
    return request;
}

Answer run(const Arguments& arguments, Session& session) {
    const Deployment deployment = deployment_from(arguments, session.asking());
    refuse_several(deployment);
    const Device& device = *deployment.device;
    const ExpertsRequest request = request_from(arguments, deployment);
    const Ridge ridge = ridge_on(device, arithmetic_for(request.format, device), MemoryLevel::dram);
    const PlacedKernel placed{experts_kernel(request), ridge};
    return {.report =
                experts_report(request, placed, device,
                               expected_experts(request, placed, device, engine_from(arguments)))};
}

}  // namespace

extern const Command kernel_moe_command;
constinit const Command kernel_moe_command{
    .path = "kernel moe",
    .summary = "the routed experts of one layer",
    .examples =
        "roofline kernel moe --tokens 64 --hidden 7168 --intermediate 2048 --experts 256 "
        "--active 8 --ep 8 --quant fp8_block --hw h200-sxm",
    .fields = layer,
    .flags = flags,
    .run = run};

}  // namespace roofline::cli
