// The answer when a deployment does not fit: by how much, and what would.
#include "roofline/evaluate/evaluation.hpp"
#include "roofline/evaluate/levers.hpp"

#include "cli/line/deployment_flags.hpp"
#include "deployment_assumptions.hpp"
#include "answer/words.hpp"
#include "error/suggest.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline::cli {
namespace {

std::string remedy_words(const std::vector<Lever>& levers) {
    std::vector<std::string> words;
    for (const Lever& lever : levers) words.push_back(lever.change);
    return words.empty() ? "Nothing that was tried makes it fit"
                         : "It fits with " + join_words(words, "or");
}

Table fitting_table(const std::vector<Lever>& levers) {
    std::vector<Row> rows;
    for (const Lever& lever : levers) {
        const MemoryLedger& memory = lever.outcome.memory;
        rows.push_back({lever.change, Measure(memory.weights), Measure(memory.cache),
                        Measure(memory.used()), Measure(memory.usable)});
    }
    return {.title = "What would fit",
            .columns = {{"CHANGE", "change"},
                        {"WEIGHTS", "weights_bytes"},
                        {"KV CACHE", "kv_bytes"},
                        {"USED", "used_bytes"},
                        {"USABLE", "usable_bytes"}},
            .next = rows_of(std::move(rows))};
}

List fitting_list(const std::vector<Lever>& levers) {
    List list;
    for (const Lever& lever : levers)
        list.emplace_back(Record()
                              .add("change", lever.change)
                              .add("gpus", lever.outcome.layout.gpus())
                              .add("used", lever.outcome.memory.used())
                              .add("usable", lever.outcome.memory.usable));
    return list;
}

}  // namespace

Answer misfit_answer(const std::string& command, const Prepared& prepared, const Outcome& outcome,
                     Session& session) {
    const Deployment& d = prepared.deployment;
    const auto levers = fitting_levers(prepared, session.assumptions, session.catalog);
    Report report{.command = command};
    report.verdict =
        formatted("{} ({}) does not fit on {}: {} short{}. {}.", d.model->id, name_of(*d.weights),
                  hardware_words(d), humanize(outcome.memory.missing()),
                  outcome.layout.gpus() > 1 ? " per GPU" : "", remedy_words(levers));
    report.inputs = inputs_of(d);
    report.result.add("model", model_record(d))
        .add("memory", memory_record(prepared, outcome))
        .add("prefill", Value())
        .add("decode", Value())
        .add("metrics", metrics_record(outcome))
        .add("levers", Value())
        .add("cost", Value())
        .add("fitting", fitting_list(levers));
    report.blocks.emplace_back(phase_lines(prepared, outcome, {}));
    report.blocks.emplace_back(Text{{headline(d)}});
    report.blocks.emplace_back(memory_bar(prepared, outcome));
    report.blocks.emplace_back(fitting_table(levers));
    report.assumptions = deployment_assumptions(prepared, session.assumptions);
    return {.report = std::move(report), .status = row_of(Standing::does_not_fit).exit};
}

}  // namespace roofline::cli
