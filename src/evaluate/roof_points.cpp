#include "roof_points.hpp"

#include "serving/step_terms.hpp"

#include <algorithm>

namespace roofline {
namespace {

// The step of the sequences that decode at a time; what of them fits, serving has judged.
Outcome mean_step(const PreparedService& service, const ServedOutcome& outcome) {
    LoadPoint point = point_of(service.prepared);
    point.sequences = std::max(1.0, outcome.state.decoding);
    return evaluate(service.prepared, point, Fit::given);
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
RoofPoint phase_point(const RooflinePlace& place, const PhaseOutcome& phase,
                      std::optional<Seconds> expected) {
    return {.name = phase.name,
            .flops = phase.time.flops / phase.at_once,
            .bytes = phase.time.traffic.total() / phase.at_once,
            .time = expected.value_or(phase.time.total()),
            .bound = phase.time.bound(),
            .basis = expected ? Basis::expected : Basis::bound,
            .fastest = fastest_of(operators_of(place.prepared, phase), place.prepared)};
}

/// What is expected of a place: its phases, and how many times its bound each part of a decode step
/// takes.
struct Expected {
    ExpectedPhases phases;
    std::array<double, step_term_count> slower;
};

// The engine's shares of the rates over full rates, where tokens go to the same experts.
std::optional<Expected> expected_of(const RooflinePlace& place, const Knowledge& knowledge) {
    const Efficiency& fitted = knowledge.fitted->values;
    ServedModel model = expected_model(place.prepared, fitted);
    const auto phases = expected_phases(place.prepared, place.step, model, knowledge.scales);
    if (!phases) return std::nullopt;
    Efficiency full_rates;
    full_rates.expert_spread = fitted.expert_spread;
    const MixedStep step{.sequences = place.step.decode()->step.sequences};
    const StepTime time = model.time_of(step);
    const StepTime least = expected_model(place.prepared, full_rates).time_of(step);
    Expected expected{.phases = *phases, .slower = {}};
    for (std::size_t i = 0; i < step_term_count; ++i)
        expected.slower[i] =
            least.by_term[i] > Seconds()
                ? std::max(1.0, knowledge.scales.decode_step * time.by_term[i] / least.by_term[i])
                : 1;
    return expected;
}

// Operators that only look up or send are not on a roofline.
void add_operators(RooflinePlace& place, const std::optional<Expected>& expected) {
    const PhaseOutcome* step = place.step.decode();
    if (step == nullptr) return;
    const Seconds whole = expected ? expected->phases.token : step->time.total();
    for (const OperatorTime& op : operators_of(place.prepared, *step)) {
        const Bytes bytes = op.work.traffic.total();
        if (op.work.flops == Flops() || bytes == Bytes()) continue;
        const auto term = static_cast<std::size_t>(decode_term_of(op.kind));
        const Seconds time = op.timing.total() * (expected ? expected->slower[term] : 1);
        place.points.push_back({.name = std::string(name_of(op.kind)),
                                .flops = op.work.flops,
                                .bytes = bytes,
                                .time = time,
                                .bound = op.timing.bound(),
                                .basis = expected ? Basis::expected : Basis::bound,
                                .fastest = op.precision,
                                .share = time / whole});
    }
}

void add_phase(RooflinePlace& place, const PhaseOutcome* phase,
               const std::optional<Expected>& expected) {
    if (phase != nullptr)
        place.points.push_back(
            phase_point(place, *phase, expected ? expected->phases.of(phase->pass) : std::nullopt));
}

}  // namespace

RooflinePlace roofline_place(const Deployment& asked, Basis basis,
                             const std::vector<PointKind>& kinds, const Knowledge& knowledge) {
    LoweredDeployment lowered(asked, knowledge);
    const Evaluation evaluation = lowered.evaluate();
    RooflinePlace place{
        .prepared = lowered.prepared(), .standing = evaluation.standing, .step = {}};
    place.step.layout = place.prepared.workload.layout;
    if (place.standing != Standing::stands) return place;
    place.step = evaluation.served() ? mean_step(lowered.service(), evaluation.service())
                                     : evaluation.step();
    std::optional<Expected> expected;
    if (basis == Basis::expected && place.prepared.deployment.model->causal)
        expected = expected_of(place, knowledge);
    for (const PointKind kind : kinds) switch (kind) {
            case PointKind::decode:
                add_phase(place, place.step.decode(), expected);
                break;
            case PointKind::prefill:
                add_phase(place, place.step.prefill(), expected);
                break;
            case PointKind::operators:
                add_operators(place, expected);
                break;
        }
    return place;
}

}  // namespace roofline
