#include "roofline/error/user_error.hpp"
#include "roofline/evaluate/open_loop.hpp"
#include "roofline/report/humanize.hpp"

#include "calibration_flag.hpp"
#include "deployment_flags.hpp"
#include "deployment_report.hpp"
#include "estimate_derivations.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

namespace roofline::cli {
namespace {

std::string verdict(const PreparedService& service, const ServedOutcome& outcome) {
    const Deployment& d = service.prepared.deployment;
    return formatted("{} on {}, {} at concurrency {}: {} to the first token, {} per token, {}",
                     d.model->id, hardware_words(d), name_of(*d.engine),
                     humanize_number(outcome.state.requests),
                     humanize(outcome.expected.time_to_first_token),
                     humanize(outcome.expected.time_per_token), humanize(outcome.expected.output));
}

struct FigureRow {
    std::string_view title;
    std::string_view key;
    Measure expected;
    std::optional<ErrorBand> band;
    std::optional<Measure> bound;

    std::optional<Measure> low() const {
        return times(band ? std::optional(band->low) : std::nullopt);
    }
    std::optional<Measure> high() const {
        return times(band ? std::optional(band->high) : std::nullopt);
    }

  private:
    std::optional<Measure> times(std::optional<double> factor) const {
        if (!factor) return std::nullopt;
        return Measure(expected.value * *factor, expected.dimension);
    }
};

Cell cell_of(const std::optional<Measure>& measure) { return measure ? Cell(*measure) : Cell(); }

ErrorBand inverse(const ErrorBand& band) { return {.low = 1 / band.high, .high = 1 / band.low}; }

// Under arrivals at a rate the output is what arrives: it has neither a band nor a bound.
std::vector<FigureRow> figures(const PreparedService& service, const ServedOutcome& outcome) {
    const ServedFigures& expected = outcome.expected;
    const ServedFigures& bound = outcome.bound;
    const BandRow& band = outcome.band;
    const bool arriving = service.prepared.deployment.rate.has_value();
    const auto rate = [&](std::string_view title, std::string_view key,
                          TokensPerSecond ServedFigures::*figure) -> FigureRow {
        if (arriving) return {title, key, expected.*figure, std::nullopt, std::nullopt};
        return {title, key, expected.*figure, band.output, bound.*figure};
    };
    return {
        {"first token", "ttft", expected.time_to_first_token, band.time_to_first_token,
         bound.time_to_first_token},
        {"each token", "tpot", expected.time_per_token, band.time_per_token, bound.time_per_token},
        {"whole answer", "e2e", expected.end_to_end, inverse(band.output), bound.end_to_end},
        rate("output", "tokens_per_s", &ServedFigures::output),
        rate("output per GPU", "tokens_per_s_per_gpu", &ServedFigures::output_per_gpu),
        rate("output per user", "tokens_per_s_per_user", &ServedFigures::output_per_user)};
}

Table figure_table(const PreparedService& service, const ServedOutcome& outcome) {
    std::vector<Row> rows;
    for (const FigureRow& row : figures(service, outcome))
        rows.push_back({std::string(row.title), row.expected, cell_of(row.low()),
                        cell_of(row.high()), cell_of(row.bound)});
    const Deployment& d = service.prepared.deployment;
    const BandRow& band = outcome.band;
    const std::string load = band.most_concurrency
                                 ? formatted("up to {}", *band.most_concurrency)
                                 : formatted("{} and more", band.least_concurrency);
    const std::string evidence =
        outcome.measured
            ? formatted(
                  "low to high: holds eight in ten of {} measured runs of {} at {} requests, "
                  "of models that were left out",
                  humanize_number(band.rows), name_of(*d.engine), load)
            : std::string(
                  "low to high: not measured for this engine, load or kind of device; the "
                  "widest band there is");
    return {.title = "",
            .columns = {{"FIGURE", "figure"},
                        {"EXPECTED", "expected"},
                        {"LOW", "low", 3, Need::if_room},
                        {"HIGH", "high", 3, Need::if_room},
                        {"AT BEST", "bound", 3, Need::if_room}},
            .next = rows_of(std::move(rows)),
            .notes = {evidence}};
}

// One line for those who read CSV.
Table machine_table(const PreparedService& service, const ServedOutcome& outcome) {
    const Deployment& d = service.prepared.deployment;
    std::vector<Column> columns;
    Row row;
    const auto add = [&](std::string key, Cell cell) {
        columns.push_back({.title = "", .key = std::move(key)});
        row.push_back(std::move(cell));
    };
    add("model", d.model->id);
    add("hw", d.device->id);
    add("gpus", *d.gpus);
    add("engine", std::string(name_of(*d.engine)));
    add("concurrency", outcome.state.requests);
    add("isl", *d.isl);
    add("osl", *d.osl);
    for (const FigureRow& figure : figures(service, outcome)) {
        const bool time = figure.expected.dimension == dimension::second;
        const std::string_view unit = time ? "_s" : "";
        add(formatted("{}{}", figure.key, unit), figure.expected);
        add(formatted("{}_low{}", figure.key, unit), cell_of(figure.low()));
        add(formatted("{}_high{}", figure.key, unit), cell_of(figure.high()));
        add(formatted("{}_bound{}", figure.key, unit), cell_of(figure.bound));
    }
    return {.title = "",
            .columns = std::move(columns),
            .next = rows_of({std::move(row)}),
            .notes = {},
            .audience = Audience::machines};
}

// What one output token takes: a decode step, and its part of the prompts that interrupt it.
struct TermRow {
    StepTerm term;
    Seconds step;
    Seconds prompts;

    Seconds total() const { return step + prompts; }
};

std::vector<TermRow> terms_of(const SteadyState& state) {
    std::vector<TermRow> rows;
    for (std::size_t i = 0; i < step_term_count; ++i) {
        const auto term = static_cast<StepTerm>(i);
        const Seconds displaced = state.prompts_per_token * state.displaced.of(term);
        rows.push_back({term, state.decode_step.of(term) - displaced,
                        state.prompts_per_token * state.prompt_step.of(term) + displaced});
    }
    std::ranges::stable_sort(rows, std::greater<>(), &TermRow::total);
    return rows;
}

Table term_table(const SteadyState& state) {
    std::vector<Row> rows;
    for (const TermRow& row : terms_of(state)) {
        if (row.total() == Seconds()) continue;
        rows.push_back({std::string(name_of(row.term)), Measure(row.step), Measure(row.prompts),
                        Measure(row.total()), Share{row.total() / state.time_per_token}});
    }
    return {.title = "Where the time of a token goes",
            .columns = {{"TERM", "term"},
                        {"DECODE STEP", "step_s", 3, Need::if_room},
                        {"PROMPTS BETWEEN", "prompts_s", 3, Need::if_room},
                        {"TOTAL", "tpot_s"},
                        {"SHARE", "share"}},
            .next = rows_of(std::move(rows)),
            .notes = {formatted("{} sequences in a mean step, {} of {} requests admitted",
                                humanize_number(state.decoding), humanize_number(state.admitted),
                                humanize_number(state.requests))}};
}

List term_list(const SteadyState& state) {
    List list;
    for (const TermRow& row : terms_of(state))
        list.emplace_back(Record()
                              .add("name", name_of(row.term))
                              .add("step", row.step)
                              .add("prompts", row.prompts)
                              .add("tpot", row.total())
                              .add("share", row.total() / state.time_per_token));
    return list;
}

// "tpot" and its kin: rates without their unit in the name keep it that way.
void add_figure(const FigureRow& row, Record& result) {
    const bool rate = row.expected.dimension == dimension::token_per_second;
    const auto add = [&](std::string_view ending, const std::optional<Measure>& measure) {
        const std::string name = formatted("{}{}{}", row.key, ending, rate ? "" : "_s");
        result.add(name, measure ? Value(measure->value) : Value());
    };
    add("", row.expected);
    add("_low", row.low());
    add("_high", row.high());
    add("_bound", row.bound);
}

Record efficiency_record(const Efficiency& efficiency) {
    Record record;
    for (const EfficiencyRow& row : efficiency_rows())
        record.add(row.name, Measure(efficiency.*row.member, row.dimension));
    return record;
}

Record state_record(const SteadyState& state) {
    return Record()
        .add("capacity_sequences", state.capacity)
        .add("admitted", state.admitted)
        .add("decoding", state.decoding)
        .add("prompts_per_token", state.prompts_per_token)
        .add("prefill_share", state.prefill_share)
        .add("decode_step", state.decode_step.total())
        .add("prompt_step", state.prompt_step.total())
        .add("converged", state.converged);
}

// How full a GPU is: the cache of the sequences in a mean step, at their mean length.
Bar memory_bar(const PreparedService& service, const SteadyState& state) {
    const Workload& workload = service.prepared.workload;
    const Device& device = *service.prepared.deployment.device;
    const ServingEngineRow& engine = row_of(*service.prepared.deployment.engine);
    const Bytes one = workload.cache.held(service.load.prompt + service.load.answer / 2);
    return {
        .name = workload.layout.gpus() > 1 ? "Memory per GPU" : "Memory",
        .segments = {{"weights", workload.weights},
                     {"KV cache", state.decoding / workload.layout.data * one},
                     {"reserve", engine.reserve}},
        .capacity = device.capacity() * engine.memory_share,
        .note = formatted("room for {} sequences", humanize_number(std::floor(state.capacity)))};
}

Record memory_record_of(const PreparedService& service, const SteadyState& state) {
    const Bar bar = memory_bar(service, state);
    return Record()
        .add("weights", service.prepared.workload.weights)
        .add("kv", bar.segments[1].size)
        .add("reserve", bar.segments[2].size)
        .add("usable", bar.capacity)
        .add("max_sequences", state.capacity);
}

// Those of memory and links stay; rates are no longer at their best.
std::vector<AssumptionNote> service_assumptions(const PreparedService& service) {
    std::vector<AssumptionNote> notes = deployment_assumptions(service.prepared, Assumptions());
    std::erase_if(notes, [](const AssumptionNote& note) {
        return note.id == "efficiency" || note.id == "memory_utilization" ||
               note.id == "runtime_reserve" || note.id == "routing";
    });
    const ServingEngineRow& engine = row_of(*service.prepared.deployment.engine);
    notes.push_back({.id = "engine_memory",
                     .text = formatted("share of the memory that {} uses", engine.name),
                     .value = engine.memory_share,
                     .source = formatted("as launched in public runs, {} kept free",
                                         humanize(engine.reserve))});
    if (service.prepared.deployment.model->has_experts())
        notes.push_back({.id = "expert_spread",
                         .text = "share of the experts that routing uses",
                         .value = service.efficiency.expert_spread,
                         .source = "fitted, data/efficiency/serving.json"});
    notes.push_back(
        {.id = "efficiency",
         .text = "shares of rates and fixed times",
         .value = formatted("{} named numbers", efficiency_rows().size()),
         .source = "fitted, data/efficiency/serving.json; --explain and --json list them"});
    return notes;
}

std::string open_words(const OpenLoop& open) {
    return formatted(". {} requests/s are {} of what it can keep up with",
                     humanize_number(open.rate), humanize_percent(open.utilization));
}

Record open_loop_record(const OpenLoop& open) {
    Record record;
    record.add("rate_per_s", open.rate)
        .add("capacity_per_s", open.capacity)
        .add("utilization", open.utilization)
        .add("concurrency", open.keeps_up() ? Value(open.concurrency) : Value());
    for (const Percentile& percentile : open.percentiles) {
        const std::string name = formatted("p{}", humanize_number(100 * percentile.share));
        if (open.keeps_up())
            record.add("ttft_" + name, percentile.time_to_first_token)
                .add("e2e_" + name, percentile.end_to_end);
    }
    return record;
}

Table percentile_table(const OpenLoop& open) {
    std::vector<Row> rows;
    for (const Percentile& percentile : open.percentiles)
        rows.push_back({formatted("{} of requests", humanize_percent(percentile.share)),
                        Measure(percentile.time_to_first_token), Measure(percentile.end_to_end)});
    return {.title = "",
            .columns = {{"WITHIN", "share"}, {"FIRST TOKEN", "ttft_s"}, {"WHOLE ANSWER", "e2e_s"}},
            .next = rows_of(std::move(rows)),
            .notes = {"arrivals at random; the waits of two queues on top of the steady state, not "
                      "measured"}};
}

// A rate that grows the queue without end has no latency: the answer is the rate that does not.
Answer overload_answer(const PreparedService& service, const OpenLoop& open) {
    const Deployment& d = service.prepared.deployment;
    Report report{.command = "estimate"};
    report.verdict =
        formatted("{} on {} cannot keep up with {} requests/s: {} is its capacity with {}",
                  d.model->id, hardware_words(d), humanize_number(open.rate),
                  humanize_number(open.capacity), name_of(*d.engine));
    report.inputs = inputs_of(d);
    for (const std::string_view key : {"ttft_s", "tpot_s", "e2e_s", "tokens_per_s"})
        report.result.add(key, Value());
    report.result.add("open_loop", open_loop_record(open));
    constexpr double comfortable = 0.8;
    const double replicas = std::ceil(*d.replicas * open.utilization / comfortable);
    report.result.add("replicas_for_80_percent", replicas);
    report.blocks.emplace_back(
        Text{{setup_words(d),
              formatted("{} replicas would run at {}: --replicas {}", humanize_number(replicas),
                        humanize_percent(*d.replicas * open.utilization / replicas), replicas)}});
    report.assumptions = service_assumptions(service);
    constexpr int infeasible = 4;
    return {.report = std::move(report), .status = infeasible};
}

}  // namespace

Answer run_estimate(const Arguments& arguments, Session& session) {
    const FittedEfficiency& fitted = fitted_efficiency();
    const Calibration calibration = calibration_from(arguments);
    const PreparedService service = prepare_service(deployment_from(arguments, session),
                                                    fitted.values, &fitted, calibration.scales);
    const Prepared& prepared = service.prepared;
    const Outcome memory = evaluate(prepared, point_of(prepared), session.assumptions);
    if (!memory.memory.fits()) return misfit_answer("estimate", prepared, memory, session);
    std::optional<OpenLoop> open;
    if (prepared.deployment.rate) open = open_loop(service, *prepared.deployment.rate);
    if (open && !open->keeps_up()) return overload_answer(service, *open);
    const ServedOutcome outcome =
        serve(service, open ? open->concurrency : service.load.concurrency);
    const SteadyState& state = outcome.state;
    Report report{.command = "estimate", .verdict = verdict(service, outcome)};
    if (open) report.verdict += open_words(*open);
    report.inputs = inputs_of(prepared.deployment);
    for (const FigureRow& row : figures(service, outcome)) add_figure(row, report.result);
    report.result.add("measured", outcome.measured)
        .add("terms", term_list(state))
        .add("state", state_record(state))
        .add("memory", memory_record_of(service, state))
        .add("efficiency", efficiency_record(service.efficiency));
    report.result.add("open_loop", open ? Value(open_loop_record(*open)) : Value());
    const Deployment& d = prepared.deployment;
    report.blocks.emplace_back(machine_table(service, outcome));
    report.blocks.emplace_back(figure_table(service, outcome));
    if (open) report.blocks.emplace_back(percentile_table(*open));
    report.blocks.emplace_back(
        Text{{formatted("{} · {} · {} requests in flight · prompt {} · answer {}", setup_words(d),
                        name_of(*d.engine), humanize_number(state.requests),
                        humanize_number(*d.isl), humanize_number(*d.osl))}});
    report.blocks.emplace_back(memory_bar(service, state));
    report.blocks.emplace_back(term_table(state));
    report.derivations = derivations_of(service, outcome);
    report.assumptions = service_assumptions(service);
    name_calibration(calibration, d, report);
    if (!state.converged)
        report.warnings.push_back({"W301",
                                   "the steady state did not settle; figures are of its last "
                                   "round"});
    if (!outcome.measured)
        report.warnings.push_back(
            {"W302",
             formatted("{} not measured: the band is the widest there is",
                       d.rate ? std::string("arrivals at a rate were")
                              : formatted("{} on {} was", name_of(*d.engine), d.device->id))});
    return {.report = std::move(report)};
}

}  // namespace roofline::cli
