#include "misfit.hpp"

#include "answer/deployment/deployment_assumptions.hpp"
#include "answer/deployment/deployment_inputs.hpp"
#include "answer/deployment/phase_report.hpp"
#include "answer/figure_cells.hpp"
#include "answer/words.hpp"
#include "error/suggest.hpp"
#include "evaluate/standing_words.hpp"
#include "memory_derivations.hpp"
#include "memory_report.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline {
namespace {

Table fitting_table(const std::vector<Lever>& levers) {
    std::vector<Row> rows;
    for (const Lever& lever : levers) {
        const MemoryLedger& memory = lever.outcome.memory;
        rows.push_back({lever_words(lever), Measure(memory.weights), Measure(memory.cache),
                        Measure(memory.used()), Measure(memory.usable)});
    }
    return {.title = "What would fit",
            .columns = {{"change", "change"},
                        {"weights", "weights_bytes"},
                        {"KV cache", "kv_bytes"},
                        {"used", "used_bytes"},
                        {"usable", "usable_bytes"}},
            .next = rows_of(std::move(rows))};
}

List fitting_list(const std::vector<Lever>& levers) {
    List list;
    for (const Lever& lever : levers)
        list.emplace_back(Record()
                              .add("change", lever_words(lever))
                              .add("gpus", lever.outcome.layout.gpus())
                              .add("used", lever.outcome.memory.used())
                              .add("usable", lever.outcome.memory.usable));
    return list;
}

}  // namespace

std::string fitting_words(const std::vector<Lever>& levers) {
    std::vector<std::string> words;
    for (const Lever& lever : levers) words.push_back(lever_words(lever));
    return words.empty() ? std::string() : "fits with " + join_words(words, "or");
}

Report misfit_report(std::string command, const Prepared& prepared, const Evaluation& evaluation,
                     const std::vector<Lever>& levers) {
    const Deployment& d = prepared.deployment;
    const MemoryLedger& memory = evaluation.memory;
    Report report{.command = std::move(command)};
    report.verdict = formatted(
        "{} ({}) on {} {}. {}.", d.model->id, name_of(*d.weights), hardware_words(d),
        misfit_words(d, memory),
        levers.empty() ? "Nothing that was tried makes it fit" : "It " + fitting_words(levers));
    report.inputs = inputs_of(d);
    report.result.add("model", model_record(d)).add("memory", memory_record(prepared, memory));
    add_phases(prepared, {}, report.result);
    report.result.add("metrics", metrics_record(evaluation.on(Basis::bound)))
        .add("levers", Value())
        .add("cost", Value())
        .add("fitting", fitting_list(levers));
    report.blocks.emplace_back(phase_lines(prepared, memory, {}));
    report.blocks.emplace_back(Text{{detail_words(d)}});
    report.blocks.emplace_back(memory_bar(prepared, memory));
    report.blocks.emplace_back(fitting_table(levers));
    report.derivations = memory_derivations(prepared, memory);
    report.assumptions = bound_assumptions(prepared);
    return report;
}

}  // namespace roofline
