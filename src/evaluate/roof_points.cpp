#include "roof_points.hpp"

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

/// What is expected of a place: its phases, and the parts of a decode step.
struct Expected {
    ExpectedPhases phases;
    std::vector<StepPart> parts;

    /// All operators of a kind; nullopt where none was rated.
    std::optional<Seconds> of(OperatorKind kind) const {
        Seconds sum;
        for (const StepPart& part : parts)
            if (part.kind == kind) sum += part.time;
        return sum > Seconds() ? std::optional(sum) : std::nullopt;
    }
};

std::optional<Expected> expected_of(const RooflinePlace& place, const Knowledge& knowledge) {
    ServedModel model = expected_model(place.prepared, knowledge.fitted->values);
    const auto phases = expected_phases(place.prepared, place.step, model, knowledge.scales);
    if (!phases) return std::nullopt;
    const MixedStep step{.sequences = place.step.decode()->step.sequences};
    Expected expected{.phases = *phases, .parts = model.parts_of(step)};
    const double scale = phases->token / model.time_of(step).total();
    for (StepPart& part : expected.parts) part.time *= scale;
    return expected;
}

// Its part of what its kind is expected to take, and nowhere below its bound.
Seconds time_of(const OperatorTime& op, const std::vector<OperatorTime>& all,
                const std::optional<Expected>& expected) {
    const auto kind = expected ? expected->of(op.kind) : std::nullopt;
    if (!kind) return op.timing.total();
    Seconds best;
    for (const OperatorTime& one : all)
        if (one.kind == op.kind) best += one.timing.total();
    return std::max(op.timing.total(), *kind * (op.timing.total() / best));
}

// Operators that only look up or send are not on a roofline.
void add_operators(RooflinePlace& place, const std::optional<Expected>& expected) {
    const PhaseOutcome* step = place.step.decode();
    if (step == nullptr) return;
    const Seconds whole = expected ? expected->phases.token : step->time.total();
    const std::vector<OperatorTime> operators = operators_of(place.prepared, *step);
    for (const OperatorTime& op : operators) {
        const Bytes bytes = op.work.traffic.total();
        if (op.work.flops == Flops() || bytes == Bytes()) continue;
        const Seconds time = time_of(op, operators, expected);
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
