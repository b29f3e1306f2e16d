#include "schema.hpp"

#include "roofline/catalog/catalog.hpp"
#include "roofline/evaluate/metric.hpp"
#include "roofline/gate/budget.hpp"
#include "roofline/workload/fields.hpp"

#include "budget_keys.hpp"
#include "error/choice.hpp"
#include "error/dialect.hpp"
#include "report/format.hpp"
#include "report/value.hpp"
#include "schema/schema_words.hpp"
#include "text/formatted.hpp"
#include "text/project_address.hpp"

namespace roofline {
namespace {

using namespace gate;

// Strings with a unit, or bare numbers: the other way round is an error of the reader too.
Record threshold_of(const Metric& metric) {
    const std::string units = units_of(metric.dimension);
    if (metric.dimension == dimension::byte) return positive_with("%|" + units);
    if (has_unit(metric.dimension)) return positive_with(units);
    return metric.dimension == dimension::none ? typed("integer").add("exclusiveMinimum", 0)
                                               : positive();
}

Record closed_object(Record properties) {
    return typed("object")
        .add("properties", std::move(properties))
        .add("additionalProperties", false);
}

Record limit_of(const Metric& metric);

Record limits_record() {
    Record limits;
    for (const Metric& metric : metrics()) limits.add(metric.id, limit_of(metric));
    return closed_object(std::move(limits)).add("minProperties", 1);
}

Record shape_record(KeyShape shape);

template <typename Table>
void add_keys(const Table& keys, Record& properties) {
    for (const auto& key : keys)
        properties.add(key.text, shape_record(key.shape).add("description", key.help));
}

Record limit_of(const Metric& metric) {
    Record properties;
    for (const auto& key : limit_keys) {
        Record value =
            key.shape == KeyShape::threshold ? threshold_of(metric) : shape_record(key.shape);
        properties.add(key.text, value.add("description", key.help));
    }
    List sides;
    for (const std::string_view side : {"max", "min", "regression"})
        sides.emplace_back(Record().add("required", List{side}));
    return closed_object(std::move(properties))
        .add("anyOf", std::move(sides))
        .add("dependentRequired",
             Record().add("skip_until", List{"reason"}).add("reason", List{"skip_until"}))
        .add("description", metric.help);
}

Record field_record(const Field& field) {
    if (field.kind == FieldKind::count) return typed("integer").add("minimum", 1);
    if (field.kind == FieldKind::rate || field.kind == FieldKind::number) return positive();
    if (field.kind == FieldKind::toggle) return typed("boolean");
    if (field.kind == FieldKind::share) return shape_record(KeyShape::share);
    if (field.kind == FieldKind::length)
        return Record().add("anyOf",
                            List{typed("integer").add("minimum", 1), number_with("[kKM]|[KM]i")});
    if (field.kind == FieldKind::model || field.kind == FieldKind::device)
        return Record().add("$ref", formatted("#/$defs/{}", field.name));
    if (field.kind == FieldKind::precision)
        return known_word(names_of(precisions, &PrecisionRow::name));
    if (field.kind == FieldKind::weight_format) {
        auto names = names_of(weight_formats, &WeightFormatRow::name);
        std::vector<std::string_view> all(names.begin(), names.end());
        all.insert(all.end(), {"awq", "gptq"});
        return known_word(all);
    }
    if (field.kind == FieldKind::lengths) return known_word(lengths_names);
    if (field.kind == FieldKind::engine)
        return known_word(names_of(serving_engines, &ServingEngineRow::name), "([/@].*)?");
    return typed("string").add("minLength", 1);
}

// A step's fields beside a load, and two loads, as `load_conflict` refuses them.
Record two_loads() {
    List pairs;
    const auto refuse = [&](std::string_view one, std::string_view other) {
        pairs.emplace_back(Record().add("required", List{key_of(one), key_of(other)}));
    };
    for (const Field& field : deployment_fields())
        if (is_of_a_step(field))
            for (const std::string_view load : {"concurrency", "rate", "users"})
                refuse(field.name, load);
    refuse("concurrency", "rate");
    refuse("concurrency", "users");
    refuse("rate", "users");
    return Record().add("anyOf", std::move(pairs));
}

// In the defaults, or in every target.
Record somewhere(std::string_view key) {
    const List needed{key};
    const Record has = Record().add("required", needed);
    return Record().add(
        "anyOf",
        List{Record()
                 .add("required", List{"defaults"})
                 .add("properties", Record().add("defaults", has)),
             Record().add("properties", Record().add("targets", Record().add("items", has)))});
}

// The keys of a deployment, and of a target those besides. Defaults have no name and no limits.
Record deployment_properties() {
    Record properties;
    for (const Field& field : deployment_fields())
        properties.add(
            key_of(field.name),
            field_record(field).add("description", in_dialect(field.help, Dialect::keys)));
    return properties;
}

Record target_record() {
    Record properties = deployment_properties();
    add_keys(target_keys, properties);
    return closed_object(std::move(properties))
        .add("required", List{"name", "limits"})
        .add("not", two_loads());
}

Record defaults_record() {
    Record properties = deployment_properties();
    for (const auto& key : target_keys)
        if (key.name != TargetKey::name && key.name != TargetKey::limits)
            properties.add(key.text, shape_record(key.shape).add("description", key.help));
    return closed_object(std::move(properties));
}

Record shape_record(KeyShape shape) {
    switch (shape) {
        case KeyShape::version:
            return Record().add("const", 1);
        case KeyShape::defaults:
            return defaults_record();
        case KeyShape::targets:
            return typed("array").add("items", target_record()).add("minItems", 1);
        case KeyShape::limits:
            return limits_record();
        case KeyShape::share:
            return share_text();
        case KeyShape::days:
            return number_with("[dw]");
        case KeyShape::day:
            return text_like("^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$");
        case KeyShape::basis:
            return one_of(basis_names);
        case KeyShape::severity:
            return one_of(limit_severities);
        case KeyShape::texts:
            return Record()
                .add("type", "array")
                .add("items", Record().add("type", "string").add("minLength", 1));
        case KeyShape::text:
        case KeyShape::threshold:
            break;
    }
    return typed("string").add("minLength", 1);
}

}  // namespace

std::string budget_schema() {
    Record properties;
    add_keys(budget_keys, properties);
    Record schema;
    schema.add("$schema", "https://json-schema.org/draft/2020-12/schema")
        .add("$id", formatted("{}/schema/budget-1.json", project_address))
        .add("title", "roofline budget, version 1");
    const Record budget = closed_object(std::move(properties));
    for (const auto& [key, value] : budget.members()) schema.add(key, value);
    const Catalog catalog;
    return json_text(schema.add("required", List{"version", "targets"})
                         .add("allOf", List{somewhere("model"), somewhere("hw")})
                         .add("$defs", Record()
                                           .add("model", catalog_name(catalog.model_ids()))
                                           .add("hw", catalog_name(catalog.device_ids()))));
}

}  // namespace roofline
