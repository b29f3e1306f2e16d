#include "roofline/gate/baseline.hpp"

#include "roofline/evaluate/metric.hpp"
#include "roofline/input/json_object.hpp"
#include "roofline/report/format.hpp"
#include "roofline/version.hpp"
#include "roofline/workload/fields.hpp"

#include "text/formatted.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

namespace roofline {
namespace {

constexpr std::string_view schema_name = "roofline/baseline/1";

enum class LoadKind { number, share, text };

struct LoadRow {
    std::string_view key;
    LoadKind kind = LoadKind::number;
};

constexpr std::string_view calibration_key = "calibration";

// Figures of another load, or of another calibration, say nothing about a change.
constexpr std::array load_rows{
    LoadRow{"batch"},
    LoadRow{"concurrency"},
    LoadRow{"rate"},
    LoadRow{"waves"},
    LoadRow{"isl"},
    LoadRow{"osl"},
    LoadRow{"context"},
    LoadRow{"lengths", LoadKind::text},
    LoadRow{"prefix_hit", LoadKind::share},
    LoadRow{"acceptance", LoadKind::share},
    LoadRow{"utilization", LoadKind::share},
    LoadRow{calibration_key, LoadKind::text},
};

BaselineLoad read_load(JsonObject object) {
    BaselineLoad load;
    for (const LoadRow& row : load_rows) {
        if (row.kind == LoadKind::text) {
            if (auto text = object.optional_text(row.key)) load.emplace(row.key, std::move(*text));
            continue;
        }
        const auto number = row.kind == LoadKind::share ? object.optional_share(row.key)
                                                        : object.optional_positive(row.key);
        if (number) load.emplace(row.key, *number);
    }
    object.done();
    return load;
}

Record load_record(const BaselineLoad& load) {
    Record record;
    for (const LoadRow& row : load_rows) {
        const auto found = load.find(row.key);
        if (found == load.end()) continue;
        std::visit([&](const auto& value) { record.add(row.key, value); }, found->second);
    }
    return record;
}

BaselineLoad load_of(const Deployment& deployment, const std::string& calibration) {
    BaselineLoad load;
    for (const LoadRow& row : load_rows) {
        const Field* field = find_field(name_of_key(row.key));
        if (field == nullptr) continue;
        const ShownField shown = shown_field(field->get(deployment));
        if (const auto* number = std::get_if<double>(&shown)) load.emplace(row.key, *number);
        if (const auto* text = std::get_if<std::string>(&shown)) load.emplace(row.key, *text);
    }
    // Its name without folder, which depends on where one stands.
    if (!calibration.empty())
        load.emplace(calibration_key, std::filesystem::path(calibration).filename().string());
    return load;
}

BaselineTarget read_target(JsonObject object) {
    const auto basis = find_basis(object.text("basis"));
    if (!basis) object.fail("basis", "unknown basis");
    BaselineTarget target{.basis = *basis, .load = read_load(object.object("load"))};
    JsonObject figures = object.object("figures");
    for (const std::string_view key : figures.keys()) {
        const Metric* metric = find_metric_by_key(key);
        if (metric == nullptr) continue;  // done() names it
        target.figures.emplace(metric->id, figures.positive(key));
    }
    figures.done();
    object.done();
    return target;
}

Baseline read(Source source) {
    const JsonDocument document = parse_json(std::move(source), Dialect::strict);
    JsonObject root(document);
    if (root.text("schema") != schema_name)
        root.fail("schema", formatted("this is no {}", schema_name));
    root.text("roofline");
    Baseline baseline{.file = document.source.name};
    JsonObject targets = root.object("targets");
    for (const std::string_view name : targets.keys())
        baseline.targets.emplace(name, read_target(targets.object(name)));
    root.done();
    return baseline;
}

}  // namespace

Baseline read_baseline(Source source) {
    try {
        return read(std::move(source));
    } catch (const UserError& error) {
        Fault fault = error.fault();
        if (fault.code != ErrorCode::bad_record) throw;
        fault.code = ErrorCode::bad_baseline;
        fault.hint = "write it anew: roofline check --write-baseline";
        throw UserError(std::move(fault));
    }
}

std::string baseline_text(const Baseline& baseline) {
    Record targets;
    for (const auto& [name, target] : baseline.targets) {
        Record figures;
        for (const Metric& metric : metrics()) {
            const auto figure = target.figures.find(metric.id);
            if (figure != target.figures.end()) figures.add(metric.key, figure->second);
        }
        targets.add(name, Record()
                              .add("basis", name_of(target.basis))
                              .add("load", load_record(target.load))
                              .add("figures", std::move(figures)));
    }
    return json_text(Record()
                         .add("schema", schema_name)
                         .add("roofline", version)
                         .add("targets", std::move(targets)));
}

BaselineTarget baseline_target(const Evaluation& evaluation, const Target& target) {
    BaselineTarget kept{.basis = target.basis,
                        .load = load_of(evaluation.deployment, target.calibration)};
    for (const Metric& metric : metrics())
        if (const auto figure = metric.get(evaluation.on(target.basis)))
            kept.figures.emplace(metric.id, *figure);
    return kept;
}

}  // namespace roofline
