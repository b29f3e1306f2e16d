// The only file that writes JSON.
#include "roofline/version.hpp"

#include "format.hpp"
#include "renderers.hpp"
#include "report/chart/chart_tables.hpp"
#include "shown_table.hpp"
#include "text/printable.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace roofline {
namespace {

using Json = nlohmann::ordered_json;

Json number_json(double number) {
    if (!std::isfinite(number)) return nullptr;
    constexpr double largest_exact = 9007199254740992.0;
    const bool whole = number == std::floor(number) && std::abs(number) <= largest_exact;
    return whole ? Json(static_cast<std::int64_t>(number)) : Json(number);
}

struct ToJson {
    Json operator()(std::monostate) const { return nullptr; }
    Json operator()(bool flag) const { return flag; }
    Json operator()(double number) const { return number_json(number); }
    Json operator()(const std::string& text) const { return text; }
    Json operator()(const Measure& measure) const { return number_json(machine_value(measure)); }
    Json operator()(const List& list) const {
        Json array = Json::array();
        for (const Value& value : list) array.push_back(std::visit(*this, value.data));
        return array;
    }
    Json operator()(const Record& record) const {
        Json object = Json::object();
        for (const auto& [key, value] : record.members())
            object[key] = std::visit(*this, value.data);
        return object;
    }
};

struct CellValue {
    Value operator()(std::monostate) const { return {}; }
    Value operator()(const std::string& text) const { return text; }
    Value operator()(double number) const { return number; }
    Value operator()(const Measure& measure) const { return measure; }
    Value operator()(const Label& label) const { return label.text; }
    Value operator()(const Share& share) const { return share.fraction; }
    Value operator()(bool flag) const { return flag; }
};

// A column's key names the unit already.
Record row_record(const Table& table, const Row& row) {
    Record record;
    for (std::size_t i = 0; i < std::min(row.size(), table.columns.size()); ++i) {
        const Value value = std::visit(CellValue{}, row[i]);
        const auto* measure = std::get_if<Measure>(&value.data);
        record.add(table.columns[i].key,
                   measure != nullptr ? Value(machine_value(*measure)) : value);
    }
    return record;
}

Record whole_result(const Report& report) {
    Record result = report.result;
    for (const Block& block : report.blocks) {
        const auto* table = std::get_if<Table>(&block);
        if (table == nullptr || table->list.empty()) continue;
        List rows;
        const NextRow next = table->next;
        for (Row row; next(row);) rows.emplace_back(row_record(*table, row));
        result.add(table->list, std::move(rows));
    }
    return result;
}

std::string dumped(const Value& value, int indent) {
    return escaped_json(
        std::visit(ToJson{}, value.data).dump(indent, ' ', false, Json::error_handler_t::replace));
}

}  // namespace

Record envelope(const Report& report) {
    List assumptions;
    for (const AssumptionNote& note : report.assumptions) {
        const auto* measure = std::get_if<Measure>(&note.value.data);
        Record record;
        record.add("id", note.id).add("text", note.text);
        if (measure != nullptr)
            record.add("value", machine_value(*measure))
                .add("unit", unit_suffix(measure->dimension, measure->currency));
        else
            record.add("value", note.value).add("unit", Value());
        assumptions.emplace_back(record.add("source", note.source));
    }
    List warnings;
    for (const WarningNote& warning : report.warnings)
        warnings.emplace_back(
            Record()
                .add("code", warning.code)
                .add("severity", warning.severity == Severity::note ? "note" : "warning")
                .add("message", warning.message));
    std::string name = report.command;
    std::ranges::replace(name, ' ', '-');
    Record root;
    root.add("schema", "roofline/" + name + "/1")
        .add("roofline", version)
        .add("command", report.command)
        .add("inputs", report.inputs)
        .add("result", whole_result(report))
        .add("assumptions", std::move(assumptions))
        .add("warnings", std::move(warnings));
    if (report.derivations.empty()) return root;
    List derivations;
    for (const Derivation& step : report.derivations)
        derivations.emplace_back(Record()
                                     .add("path", step.path)
                                     .add("formula", step.formula)
                                     .add("numbers", step.numbers)
                                     .add("source", step.source));
    return root.add("derivations", std::move(derivations));
}

std::string json_text(const Value& value) {
    constexpr int indent = 2;
    return dumped(value, indent) + "\n";
}

std::string raw_text(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value.data)) return printable(*text);
    if (const auto* number = std::get_if<double>(&value.data)) return exact_number(*number);
    if (const auto* measure = std::get_if<Measure>(&value.data))
        return exact_number(machine_value(*measure));
    return dumped(value, -1);
}

void render_json(const Report& report, const Page& /*page*/, const Write& write) {
    write(json_text(envelope(report)));
}

void render_jsonl(const Report& report, const Page& /*page*/, const Write& write) {
    const auto write_rows = [&](const Table& table) {
        const NextRow next = table.next;
        for (Row row; next(row);) write(raw_text(row_record(table, row)) + "\n");
    };
    for (const Block& block : report.blocks) {
        if (const auto* table = std::get_if<Table>(&block)) return write_rows(*table);
        if (const auto* chart = std::get_if<Chart>(&block)) return write_rows(points_of(*chart));
    }
}

}  // namespace roofline
