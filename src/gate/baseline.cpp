#include "roofline/gate/baseline.hpp"

#include "roofline/evaluate/metric.hpp"
#include "roofline/version.hpp"
#include "roofline/workload/fields.hpp"

#include "input/json_object.hpp"
#include "report/format.hpp"
#include "serving/habits.hpp"
#include "sources.hpp"
#include "text/formatted.hpp"

#include <filesystem>

namespace roofline {
namespace {

constexpr std::string_view schema_name = "roofline/baseline/1";
constexpr std::string_view any_version = "roofline/baseline/";

constexpr std::string_view calibration_key = "calibration";

// Figures of another load say nothing about a change: of what is asked, how clients go about it,
// and how much of a paid hour has it.
bool is_of_the_load(const Field& field) {
    const Habit* habit = find_habit(field.name);
    return field.part == FieldPart::load ||
           (habit != nullptr && habit->whose == HabitOf::clients) || field.name == "utilization";
}

void read_field(const Field& field, JsonObject& object, BaselineLoad& fields) {
    const std::string key = key_of(field.name);
    if (!takes_numbers(field.kind)) {
        if (auto text = object.optional_text(key)) fields.emplace(key, std::move(*text));
        return;
    }
    const auto number =
        field.kind == FieldKind::share ? object.optional_share(key) : object.optional_positive(key);
    if (number) fields.emplace(key, *number);
}

BaselineLoad read_load(JsonObject object) {
    BaselineLoad load;
    for (const Field& field : deployment_fields())
        if (is_of_the_load(field)) read_field(field, object, load);
    if (auto text = object.optional_text(calibration_key))
        load.emplace(calibration_key, std::move(*text));
    object.done();
    return load;
}

BaselineLoad read_asked(JsonObject object) {
    BaselineLoad asked;
    for (const Field& field : deployment_fields()) read_field(field, object, asked);
    object.done();
    return asked;
}

// In the order of the table of fields.
Record load_record(const BaselineLoad& load) {
    Record record;
    const auto add = [&](std::string_view key) {
        const auto found = load.find(key);
        if (found == load.end()) return;
        std::visit([&](const auto& value) { record.add(key, value); }, found->second);
    };
    for (const Field& field : deployment_fields()) add(key_of(field.name));
    add(calibration_key);
    return record;
}

void keep_field(const Field& field, const Deployment& deployment, BaselineLoad& fields) {
    const ShownField shown = shown_field(field.get(deployment));
    if (const auto* number = std::get_if<double>(&shown))
        fields.emplace(key_of(field.name), *number);
    if (const auto* text = std::get_if<std::string>(&shown))
        fields.emplace(key_of(field.name), *text);
}

// The count of a device goes with its name.
BaselineLoad asked_of(const Deployment& deployment) {
    BaselineLoad asked;
    for (const Field& field : deployment_fields()) {
        keep_field(field, deployment, asked);
        const bool counted = field.kind == FieldKind::device && deployment.gpus;
        if (counted && deployment.device)
            asked[key_of(field.name)] = formatted("{}x{}", deployment.device->id, *deployment.gpus);
    }
    return asked;
}

BaselineLoad load_of(const Deployment& deployment, const std::string& calibration) {
    BaselineLoad load;
    for (const Field& field : deployment_fields())
        if (is_of_the_load(field)) keep_field(field, deployment, load);
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
    if (auto asked = object.optional_object("asked")) target.asked = read_asked(std::move(*asked));
    object.done();
    return target;
}

Baseline read(Source source) {
    const JsonDocument document = parse_json(std::move(source), JsonDialect::strict);
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
        fault.hint = "write it anew:";
        fault.next = "check `write-baseline`";
        throw UserError(std::move(fault));
    }
}

Baseline read_baseline(const std::string& path) {
    return read_baseline(read_source(path, FileRole::baseline));
}

bool may_hold_baseline(const std::string& path) {
    std::error_code error;
    const std::filesystem::file_status status = std::filesystem::status(path, error);
    if (!std::filesystem::is_regular_file(status)) return true;
    try {
        const JsonDocument document = parse_json(look_at_source(path), JsonDialect::strict);
        return JsonObject(document).text("schema").starts_with(any_version);
    } catch (const UserError&) {
        return false;
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
        Record record;
        record.add("basis", name_of(target.basis)).add("load", load_record(target.load));
        if (!target.asked.empty()) record.add("asked", load_record(target.asked));
        targets.add(name, record.add("figures", std::move(figures)));
    }
    return json_text(Record()
                         .add("schema", schema_name)
                         .add("roofline", version)
                         .add("targets", std::move(targets)));
}

BaselineTarget baseline_target(const Evaluation& evaluation, const Target& target) {
    BaselineTarget kept{.basis = target.basis,
                        .load = load_of(evaluation.deployment, target.calibration),
                        .asked = asked_of(target.deployment)};
    for (const Metric& metric : metrics())
        if (const auto figure = metric.get(evaluation.on(target.basis)))
            kept.figures.emplace(metric.id, *figure);
    return kept;
}

}  // namespace roofline
