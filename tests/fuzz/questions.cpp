// Scenarios, lines of them, ranges, conditions, and answers that were saved.
#include "roofline/search/selection.hpp"
#include "roofline/search/service_level.hpp"

#include "answer/compare/compare_saved.hpp"
#include "answer/sweep/sweep_lines.hpp"
#include "ask/asked_space.hpp"
#include "ask/scenario.hpp"
#include "report/format.hpp"
#include "rules.hpp"
#include "search/point_choice.hpp"
#include "target.hpp"
#include "text/printable.hpp"

#include <array>

namespace fuzz {
namespace {

using namespace roofline;

struct Session {
    Catalog catalog;
    std::vector<WarningNote> notes;
    Asking asking() {
        notes.clear();
        return {catalog, notes};
    }
};

Session& session() {
    static Session only;
    return only;
}

// A name that begins a path is a file of this machine.
bool names_paths(std::string_view text) {
    return text.find('/') != std::string_view::npos || text.find("\\") != std::string_view::npos ||
           text.find(".json") != std::string_view::npos ||
           text.find("\"-\"") != std::string_view::npos;
}

void hold_figures(const Evaluation& evaluation) {
    for (const Metric& metric : metrics())
        for (const Basis basis : {Basis::bound, Basis::expected, Basis::pessimistic})
            if (const auto figure = metric.get(evaluation.on(basis)))
                hold(*figure == *figure, "a figure is a number", metric.id);
}

void lines(std::string_view text) {
    if (names_paths(text)) return;
    const auto asking = session().asking();
    LinesQuestion question{
        .lines = scenario_lines(Source{.name = "input.csv", .text = std::string(text)}),
        .file = "input.csv",
        .base = {},
        .knowledge = {},
        .asking = asking,
        .interrupted = [rows = 0]() mutable { return ++rows > 3; }};
    Streamed streamed = sweep_lines(std::move(question), {});
    std::string written;
    find_format("csv")->render(streamed.report, {},
                               [&](std::string_view part) { written += part; });
    hold_csv(written);
    for (const Fault& fault : streamed.ending().faults) hold_fault(fault);
}

void scenario(std::string_view text) {
    const std::string word(text);
    if (names_paths(text) || names_file(word)) return;
    const Scenario read = read_scenario(word, session().asking());
    hold_figures(evaluate(read.deployment, {}));
}

// The first line names the field.
void range(std::string_view text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const Field* field = find_field(text.substr(0, end));
    if (field == nullptr || field->kind == FieldKind::model) return;
    const Axis axis(*field, text.substr(std::min(end + 1, text.size())), "range",
                    session().catalog);
    hold(axis.size() > 0, "a range has a value", text);
    for (const std::uint64_t at : {std::uint64_t{0}, axis.size() / 2, axis.size() - 1}) {
        const ShownField shown = shown_field(axis.value(at));
        if (const auto* words = std::get_if<std::string>(&shown)) hold_one_line(printable(*words));
    }
}

template <typename Read>
void attempt(Read read) {
    try {
        read();
    } catch (const UserError& error) {
        hold_fault(error.fault());
    }
}

void conditions(std::string_view text) {
    attempt([&] { parse_conditions(text, "where"); });
    attempt([&] { parse_metrics(text, "pareto"); });
    attempt([&] { parse_service_levels(text, "slo"); });
    attempt([&] {
        const Part part = parse_part(text, "shard", 1000);
        hold(part.range.first <= part.range.last && part.range.last <= 1000, "a part is one", text);
    });
}

void saved(std::string_view text) {
    if (names_paths(text)) return;
    const Scenario read =
        read_scenario(Source{.name = "input.json", .text = std::string(text)}, session().asking());
    const Evaluation evaluation = evaluate(read.deployment, {});
    hold_figures(evaluation);
    for (const WarningNote& note : outdated_figures(read, evaluation))
        hold_one_line(printable(note.message));
}

constexpr std::array targets{Target{"lines", lines}, Target{"scenario", scenario},
                             Target{"range", range}, Target{"conditions", conditions},
                             Target{"saved", saved}};

}  // namespace

std::span<const Target> question_targets() { return targets; }

}  // namespace fuzz
