#include "estimate_figures.hpp"

#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline {
namespace {

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
        {"per token", "tpot", expected.time_per_token, band.time_per_token, bound.time_per_token},
        {"whole answer", "e2e", expected.end_to_end, inverse(band.output), bound.end_to_end},
        rate("output", "tokens_per_s", &ServedFigures::output),
        rate("output per GPU", "tokens_per_s_per_gpu", &ServedFigures::output_per_gpu),
        rate("output per user", "tokens_per_s_per_user", &ServedFigures::output_per_user)};
}

std::string band_words(const PreparedService& service, const ServedOutcome& outcome) {
    if (!outcome.measured)
        return "low to high: the widest band there is; nothing like it was measured";
    const BandRow& band = outcome.band;
    const std::string load = band.most_concurrency
                                 ? formatted("up to {}", *band.most_concurrency)
                                 : formatted("{} and more", band.least_concurrency);
    return formatted(
        "low to high: holds eight in ten of {} measured runs of {} at {} requests, of models that "
        "were left out",
        humanize_number(band.rows), name_of(service.prepared.deployment.engine->program), load);
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

}  // namespace

Table figure_table(const PreparedService& service, const ServedOutcome& outcome) {
    std::vector<Row> rows;
    for (const FigureRow& row : figures(service, outcome))
        rows.push_back({std::string(row.title), row.expected, cell_of(row.low()),
                        cell_of(row.high()), cell_of(row.bound)});
    return {.title = "",
            .columns = {{"figure", "figure"},
                        {"expected", "expected"},
                        {"low", "low", 3, Need::if_room},
                        {"high", "high", 3, Need::if_room},
                        {"at best", "bound"}},
            .next = rows_of(std::move(rows)),
            .notes = {band_words(service, outcome)}};
}

Table figure_line(const PreparedService& service, const ServedOutcome& outcome) {
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

void add_figures(const PreparedService& service, const ServedOutcome& outcome, Record& result) {
    for (const FigureRow& row : figures(service, outcome)) add_figure(row, result);
}

}  // namespace roofline
