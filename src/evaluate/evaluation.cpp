#include "roofline/evaluate/evaluation.hpp"

#include "arrange.hpp"

#include <algorithm>

namespace roofline {
namespace {

// How many times longer than its bound a prompt takes, and a step.
struct Stretch {
    double prompt = 1;
    double token = 1;
};

Figures slower(const Outcome& outcome, const Stretch& times, const Prepared& prepared) {
    Outcome result = outcome;
    for (PhaseOutcome& phase : result.phases) {
        const double longer = phase.pass == Pass::prompt ? times.prompt : times.token;
        for (Seconds& time : phase.time.by_bound) time *= longer;
        phase.tokens_per_second = phase.tokens_per_second / longer;
    }
    add_bill(prepared, result);
    return figures_of(result);
}

// What arrives at a rate leaves at that rate: only its times have a bad end.
ServedFigures at_worst(const ServedFigures& figures, const BandRow& band, bool arriving) {
    ServedFigures worst = figures;
    worst.time_to_first_token *= std::max(1.0, band.time_to_first_token.high);
    worst.time_per_token *= std::max(1.0, band.time_per_token.high);
    const double slower = std::max(1.0, 1 / band.output.low);
    const Seconds after_first = figures.end_to_end - figures.time_to_first_token;
    worst.end_to_end = std::max(slower * worst.end_to_end, worst.time_to_first_token + after_first);
    if (!arriving) worst.output = worst.output / slower;
    return worst;
}

Figures figures_of(const ServedFigures& served, const PreparedService& service,
                   const ServedOutcome& outcome) {
    const Deployment& d = service.prepared.deployment;
    const double gpus = service.prepared.workload.layout.gpus();
    Figures figures{.time_to_first_token = served.time_to_first_token,
                    .time_per_token = served.time_per_token,
                    .end_to_end = served.end_to_end,
                    .output = served.output,
                    .memory = served_memory(service, outcome.state),
                    .gpus = gpus};
    figures.power = power_of(d);
    figures.bill = bill_at(service, outcome.state, served.output);
    return figures;
}

}  // namespace

bool stands_on(const Evaluation& evaluation, Basis basis) {
    if (evaluation.standing != Standing::stands) return false;
    if (basis != Basis::pessimistic) return true;
    const bool keeps_up = !evaluation.open || evaluation.open->rate < evaluation.least_capacity;
    return keeps_up && evaluation.memory.starts() == Starts::yes;
}

namespace {

// What does not stand at its bad end has no times there.
void withhold_where_it_does_not_stand(Evaluation& evaluation) {
    if (evaluation.standing != Standing::stands || stands_on(evaluation, Basis::pessimistic))
        return;
    Figures& figures = evaluation.figures[static_cast<std::size_t>(Basis::pessimistic)];
    figures = {.memory = figures.memory, .gpus = figures.gpus, .power = figures.power};
}

}  // namespace

LoweredDeployment::LoweredDeployment(const Deployment& asked, const Knowledge& knowledge)
    : knowledge_(knowledge) {
    lower(knowledge.fit == Fit::judged ? arranged(asked) : asked);
}

void LoweredDeployment::lower(const Deployment& asked) {
    const Efficiency& efficiency = knowledge_.fitted->values;
    if (is_served(asked)) {
        lowered_.emplace<PreparedService>(
            prepare_service(asked, efficiency, knowledge_.fitted, knowledge_.scales));
        return;
    }
    Step& step = lowered_.emplace<Step>();
    step.prepared = prepare(asked);
    if (asked.model->causal) step.model = expected_model(step.prepared, efficiency);
}

double Evaluation::load() const {
    if (open) return open->concurrency;
    if (users) return users->in_flight;
    return deployment.concurrency.value_or(*deployment.batch);
}

double Evaluation::requests() const {
    const bool stands = served() && standing == Standing::stands;
    return stands ? *deployment.replicas * service().state.requests : 0;
}

double Evaluation::waiting() const {
    if (requests() == 0) return 0;
    const SteadyState& state = service().state;
    return *deployment.replicas * std::max(0.0, state.requests - state.admitted);
}

const BandRow& Evaluation::band() const {
    return served() ? service().band : std::get<StepOutcome>(outcome).band;
}

bool Evaluation::settled() const { return requests() == 0 || service().state.converged; }

Evaluation LoweredDeployment::evaluate(Step& step) const {
    const Prepared& prepared = step.prepared;
    Evaluation result{.deployment = prepared.deployment, .memory = {}, .outcome = StepOutcome()};
    auto& [bound, expected, band] = std::get<StepOutcome>(result.outcome);
    bound = roofline::evaluate(prepared, point_of(prepared), knowledge_.fit);
    result.memory = bound.memory;
    result.figures.fill(figures_of(bound));
    if (knowledge_.fit == Fit::judged && !bound.memory.fits()) {
        result.standing = Standing::does_not_fit;
        return result;
    }
    if (step.model) expected = expected_phases(prepared, bound, *step.model, knowledge_.scales);
    if (!expected) {  // an encoder: nothing was measured
        for (const Basis basis : {Basis::expected, Basis::pessimistic}) {
            Figures& figures = result.figures[static_cast<std::size_t>(basis)];
            figures = {.memory = bound.memory, .gpus = figures.gpus, .power = bound.power};
        }
        return result;
    }
    const Deployment& d = prepared.deployment;
    const BandRow* known = knowledge_.fitted->band(d.engine->program, *d.batch, *d.device);
    result.measured = known != nullptr;
    band =
        known != nullptr ? *known : knowledge_.fitted->widest_of(*d.device, d.model->has_experts());
    const Stretch times{.prompt = expected->prompt / bound.prefill()->time.total(),
                        .token = expected->token / bound.decode()->time.total()};
    const auto at = [&](Basis basis) -> Figures& {
        return result.figures[static_cast<std::size_t>(basis)];
    };
    at(Basis::expected) = slower(bound, times, prepared);
    at(Basis::pessimistic) =
        slower(bound,
               {.prompt = std::max(1.0, times.prompt * band.time_to_first_token.high),
                .token = std::max(1.0, times.token * band.time_per_token.high)},
               prepared);
    return result;
}

Evaluation LoweredDeployment::evaluate(const PreparedService& service) const {
    const Prepared& prepared = service.prepared;
    const Deployment& d = prepared.deployment;
    Evaluation result{.deployment = d, .memory = {}, .outcome = ServedOutcome()};
    result.memory = memory_of(prepared);
    for (Figures& figures : result.figures)
        figures = {
            .memory = result.memory, .gpus = prepared.workload.layout.gpus(), .power = power_of(d)};
    if (knowledge_.fit == Fit::judged && !result.memory.fits()) {
        result.standing = Standing::does_not_fit;
        return result;
    }
    if (d.rate) result.open = open_loop(service, *d.rate);
    if (result.open && !result.open->keeps_up()) {
        result.standing = Standing::overloaded;
        for (Figures& figures : result.figures) figures.memory = {};  // its queue has no end
        return result;
    }
    auto& outcome = std::get<ServedOutcome>(result.outcome);
    if (d.users) result.users = thinking_users(service, *d.users, *d.think);
    outcome = result.open    ? serve(service, *result.open)
              : result.users ? serve(service, result.users->in_flight)
                             : serve(service, service.load.concurrency);
    result.measured = outcome.measured;
    if (result.open)
        result.least_capacity = result.open->capacity * std::min(1.0, outcome.band.output.low);
    // What arrives leaves, on every basis.
    ServedFigures best = outcome.bound;
    if (result.open) best.output = outcome.expected.output;
    const std::array bases{best, outcome.expected,
                           at_worst(outcome.expected, outcome.band, d.rate.has_value())};
    std::ranges::transform(bases, result.figures.begin(), [&](const ServedFigures& figures) {
        return figures_of(figures, service, outcome);
    });
    if (result.open)
        for (Figures& figures : result.figures)
            if (figures.bill)
                figures.bill = with_idle_share(*figures.bill, result.open->utilization);
    return result;
}

const Prepared& LoweredDeployment::prepared() const {
    if (const auto* step = std::get_if<Step>(&lowered_)) return step->prepared;
    return service().prepared;
}

Evaluation LoweredDeployment::evaluate() {
    const auto* service = std::get_if<PreparedService>(&lowered_);
    Evaluation result =
        service != nullptr ? evaluate(*service) : evaluate(std::get<Step>(lowered_));
    withhold_where_it_does_not_stand(result);
    return result;
}

void LoweredDeployment::set_load(const Deployment& asked) {
    if (auto* step = std::get_if<Step>(&lowered_)) {
        step->prepared.deployment = complete(asked);
        step->prepared.workload.layout = layout_of(step->prepared.deployment);
    } else
        roofline::set_load(std::get<PreparedService>(lowered_), complete_service(asked));
}

// Of a deployment that names no layout another load may need another one.
Evaluation LoweredDeployment::evaluate(const Deployment& asked) {
    set_load(laid_out_like(prepared().deployment, asked));
    if (knowledge_.fit == Fit::judged && !keeps_layout(prepared(), asked)) lower(arranged(asked));
    return evaluate();
}

std::vector<StepPart> LoweredDeployment::expected_parts(const Evaluation& evaluation) const {
    const auto& step = std::get<Step>(lowered_);
    const auto& outcome = std::get<StepOutcome>(evaluation.outcome);
    if (!step.model || !outcome.expected) return {};
    const MixedStep decode{.sequences = outcome.bound.decode()->step.sequences};
    std::vector<StepPart> parts = step.model->parts_of(decode);
    const double scale = outcome.expected->token / step.model->time_of(decode).total();
    for (StepPart& part : parts) part.time *= scale;
    return parts;
}

LeastTimes LoweredDeployment::least_times() const {
    return {.first = service().least_prompt, .each = service().least_token};
}

Evaluation evaluate(const Deployment& asked, const Knowledge& knowledge) {
    return LoweredDeployment(asked, knowledge).evaluate();
}

}  // namespace roofline
