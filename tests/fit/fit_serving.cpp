// Fits data/efficiency/serving.json to measured serving runs, and says how well it does on rows
// that were left out.
//
//   fit_serving serving.csv serving.json   leaves each model out in turn, writes the file
//   fit_serving serving.csv --devices      leaves each device out in turn too
#include "roofline/measure/validation.hpp"

#include "measure/least_squares.hpp"
#include "measure/sources.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <thread>

using namespace roofline;

namespace {

constexpr double loss_scale = 0.15;
constexpr double prior_weight = 5;
constexpr double first_token_weight = 0.6;

std::vector<MeasuredRow> counted_rows(const std::string& path) {
    Catalog catalog;
    std::vector<MeasuredRow> rows;
    read_measured_rows(read_source(path), catalog, [&](MeasuredRow row) {
        if (row.skip.empty() && row.flag.empty()) rows.push_back(std::move(row));
    });
    return rows;
}

std::vector<EfficiencyRow> fitted_rows() {
    std::vector<EfficiencyRow> rows;
    for (const EfficiencyRow& row : efficiency_rows())
        if (row.fitted) rows.push_back(row);
    return rows;
}

Efficiency efficiency_of(const std::vector<double>& values) {
    Efficiency efficiency;
    std::size_t i = 0;
    for (const EfficiencyRow& row : efficiency_rows())
        efficiency.*row.member = row.fitted ? values[i++] : row.prior;
    return efficiency;
}

std::vector<double> starting_values() {
    std::vector<double> values;
    for (const EfficiencyRow& row : fitted_rows()) values.push_back(row.prior);
    return values;
}

std::vector<double> residuals_of(const std::vector<const MeasuredRow*>& rows,
                                 const std::vector<double>& values) {
    const FittedEfficiency fit{.values = efficiency_of(values)};
    std::vector<double> residuals(2 * rows.size());
    const auto part = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            const MeasuredRow& row = *rows[i];
            const Prediction predicted = predict(row.deployment, fit);
            residuals[2 * i] = std::log(predicted.time_per_token / *row.time_per_token);
            if (row.first_token_usable)
                residuals[2 * i + 1] = first_token_weight * std::log(predicted.time_to_first_token /
                                                                     *row.time_to_first_token);
        }
    };
    std::thread half(part, 0, rows.size() / 2);
    part(rows.size() / 2, rows.size());
    half.join();
    std::size_t i = 0;
    for (const EfficiencyRow& row : fitted_rows())
        residuals.push_back(prior_weight * std::log(values[i++] / row.prior));
    return residuals;
}

std::vector<double> fitted(const std::vector<const MeasuredRow*>& rows, std::vector<double> start) {
    std::vector<Bounds> bounds;
    for (const EfficiencyRow& row : fitted_rows()) bounds.push_back({row.lower, row.upper});
    return least_squares(
        [&](const std::vector<double>& values) { return residuals_of(rows, values); },
        std::move(start), bounds, loss_scale);
}

struct Errors {
    std::vector<double> tpot, ttft, output;
};

void add_errors(const MeasuredRow& row, const Efficiency& efficiency, Errors& errors) {
    const RowErrors one = errors_of({row, predict(row.deployment, {.values = efficiency})});
    if (one.time_per_token) errors.tpot.push_back(*one.time_per_token);
    if (one.time_to_first_token) errors.ttft.push_back(*one.time_to_first_token);
    if (one.output) errors.output.push_back(*one.output);
}

void print(const char* name, const Errors& errors) {
    const auto line = [&](const char* what, const std::vector<double>& values) {
        const ErrorSummary s = summary_of(values);
        std::printf("%-28s %-8s n %5zu  median %5.2f  mean %5.2f  P90 %5.2f  bias %+5.2f %%\n",
                    name, what, s.n, 100 * s.median, 100 * s.mean, 100 * s.p90, 100 * s.bias);
    };
    line("TPOT", errors.tpot);
    if (!errors.ttft.empty()) line("TTFT", errors.ttft);
    if (!errors.output.empty()) line("tok/s", errors.output);
}

std::string group_of(const MeasuredRow& row, const std::string& by) {
    return by == "model" ? row.deployment.model->id : row.deployment.device->id;
}

using Parts = std::map<std::string, Efficiency>;

// A fit without each model or device in turn.
Parts fits_without(const std::vector<MeasuredRow>& rows, const std::string& by,
                   const std::vector<double>& start) {
    Parts parts;
    for (const MeasuredRow& row : rows) parts[group_of(row, by)];
    for (auto& [name, efficiency] : parts) {
        std::vector<const MeasuredRow*> kept;
        for (const MeasuredRow& row : rows)
            if (group_of(row, by) != name) kept.push_back(&row);
        efficiency = efficiency_of(fitted(kept, start));
    }
    return parts;
}

void print_left_out(const std::vector<MeasuredRow>& rows, const std::string& by,
                    const Parts& parts) {
    Errors all;
    for (const auto& [name, efficiency] : parts) {
        Errors errors;
        for (const MeasuredRow& row : rows) {
            if (group_of(row, by) != name) continue;
            add_errors(row, efficiency, errors);
            add_errors(row, efficiency, all);
        }
        print(("without " + name).c_str(), errors);
    }
    print(("every " + by + " left out").c_str(), all);
}

// Measured over predicted, of a fit that had not seen the row's model.
struct Ratios {
    std::vector<double> tpot, ttft, output;
};

struct Regime {
    ServingEngine engine;
    double least_concurrency;
    std::optional<double> most_concurrency;
};
constexpr double few = 16;
constexpr std::array regimes{
    Regime{ServingEngine::vllm, 1, few},   Regime{ServingEngine::vllm, few + 1, {}},
    Regime{ServingEngine::sglang, 1, few}, Regime{ServingEngine::sglang, few + 1, {}},
    Regime{ServingEngine::trtllm, 1, few}, Regime{ServingEngine::trtllm, few + 1, {}}};

std::size_t regime_of(const MeasuredRow& row) {
    for (std::size_t i = 0; i < regimes.size(); ++i)
        if (regimes[i].engine == row.deployment.engine->program &&
            *row.deployment.concurrency <= regimes[i].most_concurrency.value_or(1e9))
            return i;
    return 0;
}

std::vector<Ratios> ratios_of(const std::vector<MeasuredRow>& rows, const Parts& parts,
                              const std::string& without) {
    std::vector<Ratios> result(regimes.size());
    for (const MeasuredRow& row : rows) {
        if (group_of(row, "model") == without) continue;
        Errors errors;
        add_errors(row, parts.at(group_of(row, "model")), errors);
        Ratios& ratios = result[regime_of(row)];
        for (const double e : errors.tpot) ratios.tpot.push_back(1 / (1 + e));
        for (const double e : errors.ttft) ratios.ttft.push_back(1 / (1 + e));
        for (const double e : errors.output) ratios.output.push_back(1 / (1 + e));
    }
    return result;
}

struct Coverage {
    double tpot = 0;
    double ttft = 0;

    double mean() const { return (tpot + ttft) / 2; }
};

// Models differ more than runs of one do: a band that is to hold eight in ten rows of a model it
// has not seen leaves out less than a tenth at each end of those it has.
constexpr double tail = 0.08;

// The share of a model's rows that lies in bands made without it.
Coverage coverage_of(const std::vector<MeasuredRow>& rows, const Parts& parts) {
    Coverage inside;
    double firsts = 0;
    const auto lies_in = [](const std::vector<double>& ratios, double error) {
        const double ratio = 1 / (1 + error);
        return ratio >= quantile(ratios, tail) && ratio <= quantile(ratios, 1 - tail) ? 1.0 : 0.0;
    };
    for (const auto& [model, efficiency] : parts) {
        const std::vector<Ratios> bands = ratios_of(rows, parts, model);
        for (const MeasuredRow& row : rows) {
            if (group_of(row, "model") != model) continue;
            Errors errors;
            add_errors(row, efficiency, errors);
            const Ratios& band = bands[regime_of(row)];
            for (const double error : errors.tpot) inside.tpot += lies_in(band.tpot, error);
            for (const double error : errors.ttft) inside.ttft += lies_in(band.ttft, error);
            firsts += static_cast<double>(errors.ttft.size());
        }
    }
    return {inside.tpot / static_cast<double>(rows.size()), inside.ttft / firsts};
}

void print_coverage(const std::vector<MeasuredRow>& rows, const Parts& parts) {
    const Coverage coverage = coverage_of(rows, parts);
    std::printf(
        "bands without %.1f %% at each end hold, of models they were made without: TPOT %.1f "
        "%%, TTFT %.1f %%\n",
        100 * tail, 100 * coverage.tpot, 100 * coverage.ttft);
}

// What single public measurements of mixtures of experts on devices without rows lay within: no
// fit.
constexpr std::string_view elsewhere_source =
    "public measurements of mixtures of experts on devices without rows in the fit: "
    "MiniMax-M2.7 on MI300X (sgl-project/sglang pull request 31044, 2026-07-13), tokens 1.5 "
    "to 3.1 times and first tokens of 1,024 requests 15 times as late as expected; "
    "Qwen3-Coder-30B-A3B and Nemotron-3-Nano on RTX 5090 (AlexsJones/llmfit benchmark cache "
    "@3f44fd3, 2026-07-23), tokens 0.3 to 0.6 times";
constexpr std::string_view elsewhere =
    R"({"rows": {"value": 7, "source": "cases", "confidence": "secondary"},
    "tpot": {"low": 0.27, "high": 3.2}, "ttft": {"low": 0.27, "high": 15},
    "tokens_per_s": {"low": 0.3, "high": 3.7}})";

std::string short_number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", value);
    return text;
}

std::string band_text(const std::vector<double>& ratios) {
    return "{\"low\": " + short_number(quantile(ratios, tail)) +
           ", \"high\": " + short_number(quantile(ratios, 1 - tail)) + "}";
}

void write_file(const std::string& path, const std::vector<MeasuredRow>& rows,
                const Efficiency& result, const Parts& parts) {
    std::ofstream file(path);
    file << "{\n  \"schema\": \"roofline/efficiency/1\",\n  \"sources\": {\n    \"fit\": "
            "\"fitted to "
         << rows.size()
         << " public closed-loop serving runs by tests/fit\",\n    \"convention\": \"usual of "
            "measured kernels, held while the others were fitted\",\n    \"cases\": \""
         << elsewhere_source << "\"\n  },\n  \"parameters\": {\n";
    std::size_t i = 0;
    for (const EfficiencyRow& row : efficiency_rows())
        file << "    \"" << row.name << "\": {\"value\": " << short_number(result.*row.member)
             << ", \"source\": \""
             << (row.fitted ? "fit\", \"confidence\": \"primary\"}"
                            : "convention\", \"confidence\": \"secondary\"}")
             << (++i < efficiency_rows().size() ? ",\n" : "\n");
    std::set<std::string> families;
    for (const MeasuredRow& row : rows) families.insert(row.deployment.device->family());
    file << "  },\n  \"families\": [";
    std::string comma;
    for (const std::string& name : families) {
        file << comma << '"' << name << '"';
        comma = ", ";
    }
    file << "],\n  \"bands\": [\n";
    const std::vector<Ratios> ratios = ratios_of(rows, parts, "");
    for (std::size_t r = 0; r < regimes.size(); ++r)
        file << "    {\"engine\": \"" << name_of(regimes[r].engine)
             << "\", \"least_concurrency\": " << short_number(regimes[r].least_concurrency)
             << (regimes[r].most_concurrency
                     ? ", \"most_concurrency\": " + short_number(*regimes[r].most_concurrency)
                     : "")
             << ", \"rows\": " << ratios[r].tpot.size()
             << ",\n     \"tpot\": " << band_text(ratios[r].tpot)
             << ", \"ttft\": " << band_text(ratios[r].ttft)
             << ",\n     \"tokens_per_s\": " << band_text(ratios[r].output)
             << (r + 1 < regimes.size() ? "},\n" : "}\n");
    file << "  ],\n  \"mixtures_elsewhere\": " << elsewhere << "\n}\n";
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) return 2;
    const std::vector<MeasuredRow> rows = counted_rows(argv[1]);
    std::vector<const MeasuredRow*> all;
    for (const MeasuredRow& row : rows) all.push_back(&row);
    const std::vector<double> values = fitted(all, starting_values());
    Errors errors;
    for (const MeasuredRow& row : rows) add_errors(row, efficiency_of(values), errors);
    print("all rows", errors);
    const Parts without_model = fits_without(rows, "model", values);
    print_left_out(rows, "model", without_model);
    print_coverage(rows, without_model);
    if (std::string(argv[2]) == "--devices")
        print_left_out(rows, "device", fits_without(rows, "device", values));
    else
        write_file(argv[2], rows, efficiency_of(values), without_model);
}
