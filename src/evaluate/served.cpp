#include "roofline/evaluate/served.hpp"

#include "serving/habits.hpp"

#include <algorithm>

namespace roofline {
namespace {

/// What one request takes: `first` counts the delay of a chunked response, `step` has no prompts.
struct RequestTimes {
    Seconds first;
    Seconds each;
    Seconds step;
    Seconds response_delay;
};

// A request makes room for the next with a step of its own after its last token.
ServedFigures figures_of(const RequestTimes& times, const Load& load, const Layout& layout) {
    ServedFigures figures{.time_to_first_token = times.first, .time_per_token = times.each};
    figures.end_to_end = times.first - times.response_delay + (load.answer - 1) * times.each;
    figures.output_per_user = load.answer * token / (figures.end_to_end + times.step);
    figures.output = layout.replicas * load.concurrency * figures.output_per_user;
    figures.output_per_gpu = figures.output / layout.gpus();
    return figures;
}

// Requests in flight need at least their own time each, and no more leave than the devices can work
// off: one prompt and one answer's part of the steps after another.
ServedFigures bound_of(const PreparedService& service, const SteadyState& state, const Load& load) {
    const ServingEngine engine = service.prepared.deployment.engine->program;
    const auto time = [&](const MixedStep& step) { return service.perfect.time_of(step).total(); };
    const Layout& layout = service.prepared.workload.layout;
    // Pieces of one prompt can be in all pipeline stages at once.
    const Seconds prompt = time({.prompt_tokens = load.fresh()}) / layout.pipeline;
    const double decoding = std::max(state.decoding, 1.0);
    // Each stage works on its part of the batch.
    const double sequences = std::max(decoding / layout.pipeline, 1.0);
    const Seconds step = time({.sequences = sequences});
    const Seconds token_step = step / load.tokens_per_step();
    const Seconds with_prompt = time(step_with_prompt(load, sequences, engine));
    const Seconds more = row_of(engine).prefills_alone ? with_prompt : with_prompt - step;
    const Seconds prompts = load.prompt_steps() * std::max(more, Seconds());
    const Seconds each = token_step + state.prompts_per_token * prompts;
    const Seconds by_devices = prompt + (load.answer - 1) / decoding * token_step;
    const Seconds own = prompt + (load.answer - 1) * each;
    const Seconds turn = std::max(own, state.admitted * by_devices);
    const Seconds first = prompt + rounds_waited(load, state.admitted) * turn;
    ServedFigures bound = figures_of({.first = first, .each = each}, load, layout);
    bound.end_to_end = std::max(bound.end_to_end, turn);
    if (load.answer == 1) bound.time_to_first_token = bound.end_to_end;
    const TokensPerSecond most = layout.replicas * load.answer * token / by_devices;
    const double limited = std::min(1.0, most / bound.output);
    bound.output *= limited;
    bound.output_per_gpu *= limited;
    bound.output_per_user *= limited;
    return bound;
}

Server server_of(const PreparedService& service, const CalibrationScales& scales) {
    return {.model = service.model,
            .engine = service.prepared.deployment.engine->program,
            .capacity = service.capacity,
            .efficiency = service.efficiency,
            .scales = scales};
}

// CalibrationScales of a calibration move what is expected, never what the data sheet allows.
SteadyState unscaled_state(const PreparedService& service, const Load& load,
                           const SteadyState& state) {
    const CalibrationScales& scales = service.scales;
    const bool scaled =
        scales.decode_step != 1 || scales.interference != 1 || scales.first_token != 1;
    if (!scaled) return state;
    return steady_state(server_of(service, {}), load);
}

// The state's times, none below its bound. Requests that the devices cannot work off as fast as
// they come back wait for their first token.
RequestTimes expected_times(const SteadyState& state, const ServedFigures& bound, const Load& load,
                            const Layout& layout) {
    RequestTimes times{.each = std::max(state.time_per_token, bound.time_per_token),
                       .step = state.decode_step.total(),
                       .response_delay = state.response_delay};
    const Seconds least_turn =
        layout.replicas * load.concurrency * load.answer * token / bound.output;
    const Seconds after_first = (load.answer - 1) * times.each + times.step;
    const Seconds least = std::max(least_turn - after_first, bound.time_to_first_token);
    times.first = std::max(state.time_to_first_token, least + times.response_delay);
    return times;
}

// No server is faster than its bound, however far off the expectation may be.
void limit_to_bound(ServedOutcome& outcome) {
    const auto at_least = [](ErrorBand& band, Seconds bound, Seconds expected) {
        band.low = std::max(band.low, std::min(bound / expected, 1.0));
    };
    const ServedFigures& expected = outcome.expected;
    const ServedFigures& bound = outcome.bound;
    BandRow& band = outcome.band;
    at_least(band.time_per_token, bound.time_per_token, expected.time_per_token);
    at_least(band.time_to_first_token, bound.time_to_first_token, expected.time_to_first_token);
    band.output.high = std::min(band.output.high, bound.output / expected.output);
}

}  // namespace

bool never_measured(const Deployment& d, const Load& load) {
    if (layout_of(d).tensor_far() > 1) return true;
    return d.rate || std::ranges::any_of(habits(), [&](const Habit& habit) {
               return habit.in_use != nullptr && habit.in_use(load);
           });
}

PreparedService prepare_service(const Deployment& asked, const Efficiency& efficiency,
                                const FittedEfficiency* fitted, const CalibrationScales& scales) {
    Prepared prepared = prepare(complete_service(asked));
    const Deployment& d = prepared.deployment;
    const Load load = load_of(d);
    const ServedLengths lengths = lengths_of(load);
    ServedModel model(d, prepared.workload, prepared.machine, efficiency, lengths);
    Efficiency full_rates;
    full_rates.expert_spread = efficiency.expert_spread;  // where tokens go is no matter of rates
    ServedModel perfect(d, prepared.workload, prepared.machine, full_rates, lengths);
    const double capacity =
        cache_capacity(prepared.workload, memory_of(prepared), load, d.engine->program);
    return {.prepared = std::move(prepared),
            .load = load,
            .model = std::move(model),
            .perfect = std::move(perfect),
            .capacity = capacity,
            .fitted = fitted,
            .efficiency = efficiency,
            .scales = scales};
}

void set_load(PreparedService& service, Deployment complete) {
    service.prepared.deployment = std::move(complete);
    const Deployment& d = service.prepared.deployment;
    service.prepared.workload.layout = layout_of(d);
    service.load = load_of(d);
    const ServedLengths lengths = lengths_of(service.load);
    service.model.set_lengths(lengths);
    service.perfect.set_lengths(lengths);
    service.capacity = cache_capacity(service.prepared.workload, memory_of(service.prepared),
                                      service.load, d.engine->program);
}

ServedOutcome serve(const PreparedService& service, double concurrency) {
    Load load = service.load;
    load.concurrency = concurrency;
    const Layout& layout = service.prepared.workload.layout;
    ServedOutcome outcome;
    outcome.state = steady_state(server_of(service, service.scales), load);
    outcome.bound = bound_of(service, unscaled_state(service, load, outcome.state), load);
    outcome.expected =
        figures_of(expected_times(outcome.state, outcome.bound, load, layout), load, layout);
    outcome.bill = bill_at(service, outcome.state, outcome.expected.output);
    if (service.fitted == nullptr) return outcome;
    const Deployment& d = service.prepared.deployment;
    const BandRow* band = never_measured(d, load)
                              ? nullptr
                              : service.fitted->band(d.engine->program, concurrency, *d.device);
    outcome.measured = band != nullptr;
    outcome.band = outcome.measured ? *band : service.fitted->widest();
    limit_to_bound(outcome);
    return outcome;
}

// The bill is split by the device time of a prompt and of an answer's part of its steps.
std::optional<Bill> bill_at(const PreparedService& service, const SteadyState& state,
                            TokensPerSecond output) {
    const auto tariff = tariff_of(service.prepared.deployment);
    if (!tariff) return std::nullopt;
    const Load& load = service.load;
    const RequestTime request{
        .prefill = std::max(state.prompt_step.total(), Seconds()),
        .decode = load.answer / std::max(state.decoding, 1.0) * state.decode_step.total(),
        .input_tokens = load.prompt,
        .output_tokens = load.answer,
        .cached_tokens = load.prompt - load.fresh()};
    return bill_of_service(output, request, *tariff);
}

MemoryLedger served_memory(const PreparedService& service, const SteadyState& state) {
    const double tokens = service.load.prompt + service.load.answer / 2;
    MemoryLedger memory = memory_of(service.prepared, state.decoding, tokens);
    const Workload& workload = service.prepared.workload;  // means: not of whole pages or sequences
    memory.cache = state.decoding / workload.layout.data * workload.cache.held(tokens);
    return memory;
}

ServedModel expected_model(const Prepared& prepared, const Efficiency& efficiency) {
    const LoadPoint point = point_of(prepared);
    return {prepared.deployment,
            prepared.workload,
            prepared.machine,
            efficiency,
            {.fresh = point.isl, .context = point.context}};
}

std::optional<ExpectedPhases> expected_phases(const Prepared& prepared, const Outcome& outcome,
                                              ServedModel& model, const CalibrationScales& scales) {
    const PhaseOutcome* prompt = outcome.prefill();
    const PhaseOutcome* step = outcome.decode();
    if (prompt == nullptr || step == nullptr) return std::nullopt;
    const LoadPoint point = point_of(prepared);
    model.set_lengths({.fresh = point.isl, .context = point.context});
    return ExpectedPhases{
        .prompt =
            std::max(model.time_of({.prompt_tokens = point.isl}).total(), prompt->time.total()),
        .token = std::max(
            scales.decode_step * model.time_of({.sequences = step->step.sequences}).total(),
            step->time.total())};
}

std::optional<Seconds> ExpectedPhases::of(Pass pass) const {
    switch (pass) {
        case Pass::prompt:
            return prompt;
        case Pass::next_token:
            return token;
        case Pass::own:
            break;
    }
    return std::nullopt;
}

}  // namespace roofline
