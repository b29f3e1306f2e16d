#include "roofline/evaluate/served.hpp"

#include "roofline/serving/open_loop.hpp"

#include <algorithm>
#include <cmath>

namespace roofline {

PreparedService prepare_service(const Deployment& asked, const Efficiency& efficiency,
                                const FittedEfficiency* fitted, const Scales& scales) {
    Prepared prepared = prepare(complete_service(asked));
    const Deployment& d = prepared.deployment;
    const Load load = load_of(d);
    ServedModel model(d, prepared.workload, prepared.machine, efficiency, load.prompt,
                      load.prompt + load.answer / 2);
    Efficiency full_rates;
    full_rates.expert_spread = efficiency.expert_spread;  // where tokens go is no matter of rates
    ServedModel perfect(d, prepared.workload, prepared.machine, full_rates, load.prompt,
                        load.prompt + load.answer / 2);
    const double capacity = cache_capacity(prepared.workload, *d.device, load, *d.engine);
    return {.prepared = std::move(prepared),
            .load = load,
            .model = std::move(model),
            .perfect = std::move(perfect),
            .capacity = capacity,
            .fitted = fitted,
            .efficiency = efficiency,
            .scales = scales};
}

namespace {

struct Rates {
    Seconds end_to_end;
    TokensPerSecond output;
    TokensPerSecond output_per_gpu;
    TokensPerSecond output_per_user;
};

Rates rates_of(Seconds first, Seconds each, const Load& load, const Layout& layout) {
    Rates rates;
    rates.end_to_end = first + (load.answer - 1) * each;
    rates.output_per_user = load.answer * token / (first + load.answer * each);
    rates.output = layout.replicas * load.concurrency * rates.output_per_user;
    rates.output_per_gpu = rates.output / layout.gpus();
    return rates;
}

// Requests in flight need at least their own time each, and no more leave than the devices can work
// off: one prompt and one answer's part of the steps after another.
ServedBound bound_of(const PreparedService& service, const SteadyState& state, const Load& load) {
    const Seconds prompt = service.perfect.time_of({.prompt_tokens = load.prompt}).total();
    const double sequences = std::max(state.decoding, 1.0);
    const Seconds step = service.perfect.time_of({.sequences = sequences}).total();
    const double others = std::max(state.decoding - 1, 0.0);
    const Seconds more =
        row_of(*service.prepared.deployment.engine).prefills_alone
            ? prompt
            : service.perfect.time_of({.prompt_tokens = load.prompt, .sequences = others}).total() -
                  step;
    ServedBound bound;
    bound.time_per_token = step + state.prompts_per_token * std::max(more, Seconds());
    const Seconds by_devices = prompt + (load.answer - 1) / sequences * step;
    const Seconds turn =
        std::max(prompt + load.answer * bound.time_per_token, state.admitted * by_devices);
    const double rounds_before = (load.concurrency - state.admitted) / state.admitted;
    const double first_wave = load.waves > 0 ? 1 / load.waves : 0;
    bound.time_to_first_token = prompt + rounds_before * (1 - first_wave / 2) * turn;
    const Layout& layout = service.prepared.workload.layout;
    const Rates rates = rates_of(bound.time_to_first_token, bound.time_per_token, load, layout);
    const TokensPerSecond most = layout.replicas * load.answer * token / by_devices;
    const double limited = std::min(1.0, most / rates.output);
    bound.end_to_end = rates.end_to_end;
    bound.output = rates.output * limited;
    bound.output_per_gpu = rates.output_per_gpu * limited;
    bound.output_per_user = rates.output_per_user * limited;
    return bound;
}

// Scales of a calibration move what is expected, never what the data sheet allows.
SteadyState unscaled_state(const PreparedService& service, const Load& load,
                           const SteadyState& state) {
    const Scales& scales = service.scales;
    const bool scaled =
        scales.decode_step != 1 || scales.interference != 1 || scales.first_token != 1;
    if (!scaled) return state;
    return steady_state(service.model, load, service.capacity, *service.prepared.deployment.engine,
                        service.efficiency, {});
}

// Requests that the devices cannot work off as fast as they come back wait for their first token.
void wait_for_devices(ServedOutcome& outcome, const Load& load, const Layout& layout) {
    const Seconds least_turn =
        layout.replicas * load.concurrency * load.answer * token / outcome.bound.output;
    const Seconds first = least_turn - load.answer * outcome.state.time_per_token;
    Seconds& expected = outcome.state.time_to_first_token;
    expected = std::max(expected, std::max(first, outcome.bound.time_to_first_token));
}

// The bill is split by the device time of a prompt and of an answer's part of its steps.
Bill bill_of(const PreparedService& service, const ServedOutcome& outcome, const Load& load) {
    const RentalPrice& price = *service.prepared.deployment.rental;
    const SteadyState& state = outcome.state;
    const RequestTime request{.prefill = std::max(state.prompt_step.total(), Seconds()),
                              .decode = load.answer / state.decoding * state.decode_step.total(),
                              .input_tokens = load.prompt,
                              .output_tokens = load.answer};
    return bill_of_service(outcome.output, request, service.prepared.workload.layout.gpus(),
                           price.rate, price.currency);
}

// No server is faster than its bound, however far off the expectation may be.
void limit_to_bound(ServedOutcome& outcome) {
    const auto at_least = [](ErrorBand& band, Seconds bound, Seconds expected) {
        band.low = std::max(band.low, std::min(bound / expected, 1.0));
    };
    BandRow& band = outcome.band;
    at_least(band.time_per_token, outcome.bound.time_per_token, outcome.state.time_per_token);
    at_least(band.time_to_first_token, outcome.bound.time_to_first_token,
             outcome.state.time_to_first_token);
    band.output.high = std::min(band.output.high, outcome.bound.output / outcome.output);
}

}  // namespace

namespace {

// Requests per second of one replica that keeps this many in flight.
double request_rate(const PreparedService& service, double concurrency) {
    const ServedOutcome outcome = serve(service, concurrency);
    return concurrency * outcome.output_per_user.in(token / second) / service.load.answer;
}

}  // namespace

OpenLoop open_loop(const PreparedService& service, double rate) {
    const double replicas = service.prepared.workload.layout.replicas;
    const double wanted = rate / replicas;
    OpenLoop result{.rate = rate};
    double high = service.capacity;
    result.capacity = replicas * request_rate(service, high);
    result.utilization = rate / result.capacity;
    if (!result.keeps_up()) return result;
    double low = 0;
    constexpr int halvings = 60;
    for (int i = 0; i < halvings; ++i) {
        const double middle = (low + high) / 2;
        (request_rate(service, middle) < wanted ? low : high) = middle;
    }
    result.concurrency = high;
    const ServedOutcome outcome = serve(service, high);
    const SteadyState& state = outcome.state;
    const Queues queues{
        .requests_per_s = wanted,
        .prompt = std::max(state.prompt_step.total(), Seconds()),
        .stay = state.time_to_first_token + service.load.answer * state.time_per_token,
        .places = std::max(std::floor(service.capacity), 1.0)};
    constexpr std::array shares{0.5, 0.9, 0.99};
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const Seconds first = state.time_to_first_token + queueing_time(queues, shares[i]);
        result.percentiles[i] = {
            .share = shares[i],
            .time_to_first_token = first,
            .end_to_end = first + (service.load.answer - 1) * state.time_per_token};
    }
    return result;
}

std::optional<ExpectedPhases> expected_phases(const Prepared& prepared, const Outcome& outcome,
                                              const Efficiency& efficiency, const Scales& scales) {
    const auto& prefill = outcome.phase(PhaseKind::prefill);
    const auto& decode = outcome.phase(PhaseKind::decode);
    if (!prefill || !decode) return std::nullopt;
    const Point point = point_of(prepared);
    Deployment served = prepared.deployment;
    served.engine = served.engine.value_or(default_engine);
    const ServedModel model(served, prepared.workload, prepared.machine, efficiency, point.isl,
                            point.context);
    return ExpectedPhases{
        .prefill =
            std::max(model.time_of({.prompt_tokens = point.isl}).total(), prefill->time.total()),
        .decode = std::max(
            scales.decode_step * model.time_of({.sequences = decode->step.sequences}).total(),
            decode->time.total())};
}

ServedOutcome serve(const PreparedService& service, double concurrency) {
    Load load = service.load;
    load.concurrency = concurrency;
    const Layout& layout = service.prepared.workload.layout;
    ServedOutcome outcome;
    outcome.state =
        steady_state(service.model, load, service.capacity, *service.prepared.deployment.engine,
                     service.efficiency, service.scales);
    outcome.bound = bound_of(service, unscaled_state(service, load, outcome.state), load);
    wait_for_devices(outcome, load, layout);
    const Rates rates =
        rates_of(outcome.state.time_to_first_token, outcome.state.time_per_token, load, layout);
    outcome.end_to_end = rates.end_to_end;
    outcome.output = rates.output;
    outcome.output_per_gpu = rates.output_per_gpu;
    outcome.output_per_user = rates.output_per_user;
    if (service.prepared.deployment.rental) outcome.bill = bill_of(service, outcome, load);
    if (service.fitted == nullptr) return outcome;
    const Deployment& d = service.prepared.deployment;
    // Arrivals at a rate were never measured.
    const BandRow* band =
        d.rate ? nullptr : service.fitted->band(*d.engine, concurrency, *d.device);
    outcome.measured = band != nullptr;
    outcome.band = outcome.measured ? *band : service.fitted->widest();
    limit_to_bound(outcome);
    return outcome;
}

}  // namespace roofline
