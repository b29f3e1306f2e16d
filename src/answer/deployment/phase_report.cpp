#include "phase_report.hpp"

#include <algorithm>

namespace roofline {
namespace {

List operator_list(const Prepared& prepared, const PhaseOutcome& phase) {
    List list;
    for (const OperatorTime& op : operators_of(prepared, phase)) {
        if (op.timing.total() == Seconds()) continue;
        list.emplace_back(Record()
                              .add("name", name_of(op.kind))
                              .add("dtype", name_of(op.precision))
                              .add("flops", op.work.flops)
                              .add("bytes", op.work.traffic.total())
                              .add("activation", op.work.traffic.activations)
                              .add("network", op.work.network)
                              .add("bound", name_of(op.timing.bound()))
                              .add("bound", op.timing.total())
                              .add("share", op.timing.total() / phase.time.total()));
    }
    return list;
}

Record phase_record(const Prepared& prepared, const PhaseOutcome& phase,
                    std::optional<Seconds> expected) {
    const Traffic& traffic = phase.time.traffic;
    return Record()
        .add("sequences", phase.step.sequences)
        .add("tokens", phase.step.sequences * phase.step.tokens)
        .add("flops", phase.time.flops)
        .add("bytes", traffic.total())
        .add("weights", traffic.weights)
        .add("kv_read", traffic.cache_read)
        .add("kv_written", traffic.cache_written)
        .add("activation", traffic.activations)
        .add("network", phase.time.network)
        .add("intensity", phase.time.intensity())
        .add("bound", name_of(phase.time.bound()))
        .add("bound", phase.time.total())
        .add("bound_tokens_per_s", phase.tokens_per_second.in(token / second))
        .add("expected", expected)
        .add("operators", operator_list(prepared, phase));
}

const PhaseOutcome* find_phase(const Outcome& outcome, std::string_view name) {
    const auto found = std::ranges::find(outcome.phases, name, &PhaseOutcome::name);
    return found == outcome.phases.end() ? nullptr : &*found;
}

/// A row of CSV, and the columns that its cells stand in.
struct Line {
    std::vector<Column> columns;
    Row row;

    void add(std::string_view key, Cell cell) {
        columns.push_back({.title = "", .key = std::string(key)});
        row.push_back(std::move(cell));
    }
};

void add_deployment(const Deployment& d, const MemoryLedger& memory, Line& line) {
    line.add("model", d.model->id);
    line.add("hw", d.device->id);
    line.add("gpus", *d.gpus);
    line.add("quant", std::string(name_of(*d.weights)));
    line.add("batch", *d.batch);
    line.add("isl", *d.isl);
    line.add("osl", d.osl ? Cell(*d.osl) : Cell());
    line.add("context", d.context ? Cell(*d.context) : Cell());
    line.add("fits", std::string(memory.fits() ? "true" : "false"));
    line.add("used_bytes", Measure(memory.used()));
    line.add("usable_bytes", Measure(memory.usable));
}

// Empty cells without an outcome.
void add_phase(const PhaseOutcome* phase, std::optional<Seconds> expected, Line& line) {
    const auto add = [&](std::string_view key, auto cell_of) {
        line.add(key, phase == nullptr ? Cell() : Cell(cell_of(phase->time)));
    };
    using Time = const PhaseTime&;
    add("flops", [](Time time) { return Measure(time.flops); });
    add("bytes", [](Time time) { return Measure(time.traffic.total()); });
    add("activation_bytes", [](Time time) { return Measure(time.traffic.activations); });
    add("intensity_flop_per_byte", [](Time time) { return Measure(time.intensity()); });
    add("bound", [](Time time) { return std::string(name_of(time.bound())); });
    add("bound_s", [](Time time) { return Measure(time.total()); });
    line.add("bound_tokens_per_s",
             phase == nullptr ? Cell() : Cell(phase->tokens_per_second.in(token / second)));
    line.add("expected_s", expected ? Cell(Measure(*expected)) : Cell());
}

}  // namespace

std::optional<Seconds> expected_of(const StepOutcome& step, const PhaseOutcome& phase) {
    return step.expected ? step.expected->of(phase.pass) : std::nullopt;
}

void add_phases(const Prepared& prepared, const StepOutcome& step, Record& result) {
    for (const Phase& phase : prepared.workload.phases) {
        const PhaseOutcome* outcome = find_phase(step.bound, phase.name);
        result.add(phase.name,
                   outcome == nullptr
                       ? Value()
                       : Value(phase_record(prepared, *outcome, expected_of(step, *outcome))));
    }
    for (const PhaseRow& row : language_phases)
        if (result.find(row.name) == nullptr) result.add(row.name, Value());
}

Table phase_lines(const Prepared& prepared, const MemoryLedger& memory, const StepOutcome& step) {
    Table table{.title = "", .columns = {}, .next = {}, .audience = Audience::machines};
    std::vector<Row> rows;
    for (const Phase& phase : prepared.workload.phases) {
        const PhaseOutcome* outcome = find_phase(step.bound, phase.name);
        Line line;
        add_deployment(prepared.deployment, memory, line);
        line.add("phase", phase.name);
        add_phase(outcome, outcome == nullptr ? std::nullopt : expected_of(step, *outcome), line);
        table.columns = std::move(line.columns);
        rows.push_back(std::move(line.row));
    }
    table.next = rows_of(std::move(rows));
    return table;
}

}  // namespace roofline
