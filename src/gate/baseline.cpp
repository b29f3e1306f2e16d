#include "roofline/gate/baseline.hpp"

#include "roofline/evaluate/metric.hpp"
#include "roofline/input/json_object.hpp"
#include "roofline/report/format.hpp"
#include "roofline/version.hpp"
#include "roofline/workload/fields.hpp"

#include "text/formatted.hpp"

#include <algorithm>
#include <array>

namespace roofline {
namespace {

constexpr std::string_view schema_name = "roofline/baseline/1";

// Figures of another load say nothing about a change.
constexpr std::array<std::string_view, 6> load_fields{"batch", "concurrency", "rate",
                                                      "isl",   "osl",         "context"};

const Metric* metric_with_key(std::string_view key) {
    const auto found = std::ranges::find(metrics(), key, &Metric::key);
    return found == metrics().end() ? nullptr : &*found;
}

BaselineTarget read_target(JsonObject object) {
    const auto basis = find_basis(object.text("basis"));
    if (!basis) object.fail("basis", "unknown basis");
    BaselineTarget target{.basis = *basis};
    JsonObject load = object.object("load");
    for (const std::string_view field : load_fields)
        if (const auto value = load.optional_positive(field)) target.load.emplace(field, *value);
    load.done();
    JsonObject figures = object.object("figures");
    for (const std::string_view key : figures.keys()) {
        const Metric* metric = metric_with_key(key);
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
        Record load;
        for (const std::string_view field : load_fields) {
            const auto value = target.load.find(field);
            if (value != target.load.end()) load.add(field, value->second);
        }
        Record figures;
        for (const Metric& metric : metrics()) {
            const auto figure = target.figures.find(metric.id);
            if (figure != target.figures.end()) figures.add(metric.key, figure->second);
        }
        targets.add(name, Record()
                              .add("basis", name_of(target.basis))
                              .add("load", std::move(load))
                              .add("figures", std::move(figures)));
    }
    return json_text(Record()
                         .add("schema", schema_name)
                         .add("roofline", version)
                         .add("targets", std::move(targets)));
}

BaselineTarget baseline_target(const Evaluation& evaluation, Basis basis) {
    BaselineTarget target{.basis = basis};
    for (const std::string_view field : load_fields) {
        const FieldValue value = find_field(field)->get(evaluation.deployment);
        if (const double* number = std::get_if<double>(&value)) target.load.emplace(field, *number);
    }
    for (const Metric& metric : metrics())
        if (const auto figure = metric.get(evaluation.on(basis)))
            target.figures.emplace(metric.id, *figure);
    return target;
}

}  // namespace roofline
