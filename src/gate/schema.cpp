#include "schema.hpp"

#include "roofline/evaluate/metric.hpp"
#include "roofline/gate/budget.hpp"
#include "roofline/workload/fields.hpp"

#include "budget_keys.hpp"
#include "error/dialect.hpp"
#include "report/format.hpp"
#include "report/value.hpp"
#include "text/formatted.hpp"
#include "units/unit_symbols.hpp"

namespace roofline {
namespace {

using namespace gate;

Record typed(std::string_view type) { return Record().add("type", type); }

Record text_like(std::string_view pattern) { return typed("string").add("pattern", pattern); }

// A number as the reader takes it, 1_000 and 2.5e3 too, and one of the endings behind it.
Record number_with(std::string_view endings) {
    return text_like(formatted("^[0-9][0-9_]*([.][0-9]+)?([eE][+-]?[0-9]+)? ?({})$", endings));
}

// "ns|us|µs|ms|s|min|h".
std::string units_of(Dimension dimension) {
    std::vector<std::string_view> units;
    for (const auto& symbol : units::symbols)
        if (symbol.dimension == dimension) units.push_back(symbol.text);
    return joined(units, "|");
}

template <typename Names>
Record one_of(const Names& names) {
    List list;
    for (const std::string_view name : names) list.emplace_back(name);
    return Record().add("enum", std::move(list));
}

Record positive() { return typed("number").add("exclusiveMinimum", 0); }

// Strings with a unit, or bare numbers: the other way round is an error of the reader too.
Record threshold_of(const Metric& metric) {
    if (metric.dimension == dimension::byte) return number_with("%|" + units_of(metric.dimension));
    if (has_unit(metric.dimension)) return number_with(units_of(metric.dimension));
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
    return typed("string");
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
    return closed_object(std::move(properties)).add("required", List{"name", "limits"});
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
            return number_with("%");
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
        .add("title", "roofline budget, version 1");
    const Record budget = closed_object(std::move(properties));
    for (const auto& [key, value] : budget.members()) schema.add(key, value);
    return json_text(schema.add("required", List{"version", "targets"}));
}

}  // namespace roofline
