#include "roof_points.hpp"

#include <algorithm>

namespace roofline::cli {
namespace {

PlottedScenario with_outcome(Scenario scenario, Prepared prepared, const Assumptions& assumptions) {
    Outcome outcome = evaluate(prepared, point_of(prepared), assumptions);
    const Standing standing = outcome.memory.fits() ? Standing::stands : Standing::does_not_fit;
    return {.scenario = std::move(scenario),
            .prepared = std::move(prepared),
            .outcome = std::move(outcome),
            .standing = standing};
}

// The step of the sequences that decode at a time; what of them fits, serving has judged.
PlottedScenario served(Scenario scenario, const Knowledge& knowledge) {
    const PreparedService service = prepare_service(scenario.deployment, knowledge.fitted->values,
                                                    knowledge.fitted, knowledge.scales);
    PlottedScenario result =
        with_outcome(std::move(scenario), service.prepared, knowledge.assumptions);
    if (result.standing != Standing::stands) return result;
    double concurrency = service.load.concurrency;
    if (const auto rate = service.prepared.deployment.rate) {
        const OpenLoop open = open_loop(service, *rate);
        if (!open.keeps_up()) result.standing = Standing::overloaded;
        concurrency = open.concurrency;
    }
    if (result.standing != Standing::stands) return result;
    Point point = point_of(service.prepared);
    point.batch = std::max(1.0, serve(service, concurrency).state.decoding);
    const Assumptions all_memory{.memory_utilization = 1, .runtime_reserve = Bytes()};
    result.outcome = evaluate(service.prepared, point, all_memory);
    return result;
}

// Arithmetic that does less than this share of the work does not raise the roof.
constexpr double least_share = 0.01;

Precision fastest_of(const std::vector<OperatorTime>& operators, const Prepared& prepared) {
    Flops all;
    for (const OperatorTime& op : operators) all += op.work.flops;
    const auto rate = [&](const OperatorTime& op) {
        return op.work.flops < least_share * all ? FlopsPerSecond()
                                                 : prepared.machine.peak(op.precision);
    };
    return std::ranges::max_element(operators, {}, rate)->precision;
}

// Of one GPU: prompts go through all pipeline stages at once.
RoofPoint phase_point(const PlottedScenario& plotted, PhaseKind kind,
                      std::optional<Seconds> expected) {
    const PhaseOutcome& phase = *plotted.outcome.phase(kind);
    const double at_once = kind == PhaseKind::prefill ? plotted.outcome.layout.pipeline : 1;
    return {.name = std::string(name_of(kind)),
            .flops = phase.time.flops / at_once,
            .bytes = phase.time.traffic.total() / at_once,
            .time = expected.value_or(phase.time.total()),
            .bound = phase.time.bound(),
            .basis = expected ? Basis::expected : Basis::bound,
            .fastest = fastest_of(operators_of(plotted.prepared, phase, kind), plotted.prepared)};
}

// Operators that only look up or send are not on a roofline.
void add_operators(PlottedScenario& plotted) {
    const auto& phase = plotted.outcome.phase(PhaseKind::decode);
    if (!phase) return;
    for (const OperatorTime& op : operators_of(plotted.prepared, *phase, PhaseKind::decode)) {
        const Bytes bytes = op.work.traffic.total();
        if (op.work.flops == Flops() || bytes == Bytes()) continue;
        plotted.points.push_back({.name = std::string(name_of(op.kind)),
                                  .flops = op.work.flops,
                                  .bytes = bytes,
                                  .time = op.timing.total(),
                                  .bound = op.timing.bound(),
                                  .basis = Basis::bound,
                                  .fastest = op.precision});
    }
}

}  // namespace

PlottedScenario plotted(Scenario scenario, Basis basis, const std::vector<PointKind>& kinds,
                        const Knowledge& knowledge) {
    const Deployment& asked = scenario.deployment;
    PlottedScenario result =
        is_served(asked) ? served(std::move(scenario), knowledge)
                         : with_outcome(std::move(scenario), prepare(asked), knowledge.assumptions);
    if (result.standing != Standing::stands) return result;
    std::optional<ExpectedPhases> expected;
    if (basis == Basis::expected)
        expected = expected_phases(result.prepared, result.outcome, knowledge.fitted->values,
                                   knowledge.scales);
    const auto add = [&](PhaseKind kind, Seconds ExpectedPhases::*time) {
        if (result.outcome.phase(kind))
            result.points.push_back(phase_point(
                result, kind, expected ? std::optional((*expected).*time) : std::nullopt));
    };
    for (const PointKind kind : kinds) {
        if (kind == PointKind::decode) add(PhaseKind::decode, &ExpectedPhases::decode);
        if (kind == PointKind::prefill) add(PhaseKind::prefill, &ExpectedPhases::prefill);
        if (kind == PointKind::operators) add_operators(result);
    }
    return result;
}

}  // namespace roofline::cli
