// Every command that shows figures of a queue says that they are: sweep, compare, cost, plot,
// check.
#include "roofline/gate/checks.hpp"

#include "answer/compare/compare_report.hpp"
#include "answer/cost/cost_of_service.hpp"
#include "answer/plot/plot_figures.hpp"
#include "answer/plot/scenario_rows.hpp"
#include "answer/sweep/sweep_rows.hpp"
#include "catch.hpp"
#include "deployed.hpp"
#include "page.hpp"

#include <algorithm>

namespace queue_notes_test {

using namespace roofline;

namespace {

// Two at once: of 5 requests 3 wait, of 2 none.
const std::string narrow = "llama-3.1-8b@h100-sxm max-num-seqs=2 price=$2/h ";
constexpr std::string_view three =
    "3 of 5 requests wait for a place: the server takes 2 at once (max-num-seqs)";

Compared compared(std::string name, double concurrency) {
    return {
        .name = std::move(name),
        .evaluation = evaluated(narrow + (concurrency == 5 ? "concurrency=5" : "concurrency=2"))};
}

Report comparison_of(double one, double other) {
    const std::vector<Compared> all{compared("a", one), compared("b", other)};
    return compare_report(all, {{.base = &all[0], .other = &all[1], .deltas = {}}}, Basis::expected,
                          {});
}

Report cost_of(const std::string& load) {
    LoweredDeployment lowered(deployed(narrow + load), Knowledge());
    const Evaluation evaluation = lowered.evaluate();
    return cost_of_service({lowered.prepared(), evaluation, {}, {}, parse_day("2026-11-22", "x")});
}

FigureRows rows_of_loads(const std::string& loads) {
    Catalog catalog;
    std::vector<WarningNote> notes;
    return scenario_rows({narrow + loads}, Knowledge(), Basis::expected, {catalog, notes});
}

Report picture_of(const FigureRows& rows) {
    const auto column = [&](std::string_view name) {
        return static_cast<std::size_t>(std::ranges::find(rows.columns, name) -
                                        rows.columns.begin());
    };
    return figures_report(
        rows, {.choice = {.x = column("tokens_per_s"), .y = column("ttft_s"), .groups = {}}});
}

Check judged(const Evaluation& evaluation) {
    Limit limit{.max = Threshold{.value = 1e9, .where = {}}};
    limit.metric = find_metric("tpot");
    Target target{.name = "chat", .deployment = {}, .limits = {limit}};
    target.basis = Basis::expected;
    const Budget budget{.file = "b.json", .targets = {target}, .max_price_age = {}};
    return judge(budget, budget.targets[0], evaluation, {.today = Day()}).at(0);
}

std::string why_of(const std::string& load) { return judged(evaluated(narrow + load)).why; }

// Figures of a last round that was no steady state.
Evaluation restless() {
    Evaluation evaluation = evaluated(narrow + "concurrency=2");
    std::get<ServedOutcome>(evaluation.outcome).state.converged = false;
    return evaluation;
}

bool warned(const Report& report, std::string_view code) {
    return std::ranges::find(report.warnings, code, &WarningNote::code) != report.warnings.end();
}

}  // namespace

TEST_CASE("sweep: requests and waiting are columns, the second shown where any wait") {
    std::vector<Column> columns;
    add_answer_columns({}, columns);
    const auto need = [&](std::string_view key) {
        return std::ranges::find(columns, key, &Column::key)->need;
    };
    CHECK(need("requests") == Need::if_room);
    CHECK(need("waiting") == Need::if_filled);
    const auto cells = [&](const std::string& load) {
        Row row;
        add_answer_cells(answer_of(evaluated(narrow + load), Basis::expected), Dialect::flags, row);
        Report report;
        report.blocks.emplace_back(
            Table{.title = "", .columns = columns, .next = rows_of({std::move(row)})});
        return text_of(report, "csv");
    };
    CHECK(cells("concurrency=5").ends_with(",5,3,\n"));
    CHECK(cells("concurrency=2").ends_with(",2,,\n"));
    CHECK(cells("batch=2").ends_with(",,,\n"));
}

TEST_CASE("compare names who waits, in its sentence and for machines") {
    CHECK(comparison_of(5, 2).verdict.ends_with("; of 'a' " + std::string(three)));
    CHECK(comparison_of(2, 5).verdict.ends_with("; of 'b' " + std::string(three)));
    CHECK(comparison_of(2, 2).verdict.find("wait") == std::string::npos);
    CHECK(text_of(comparison_of(5, 2), "json").find("\"waiting\": 3") != std::string::npos);
}

TEST_CASE("cost says it in its sentence, in its record, and as W307") {
    const Report queued = cost_of("concurrency=5");
    CHECK(queued.verdict.ends_with("; " + std::string(three)));
    CHECK(raw_at(queued.result, "requests") == "5");
    CHECK(raw_at(queued.result, "waiting") == "3");
    CHECK(warned(queued, "W307"));
    const Report free = cost_of("concurrency=2");
    CHECK(free.verdict.find("wait") == std::string::npos);
    CHECK(raw_at(free.result, "waiting") == "0");
    CHECK_FALSE(warned(free, "W307"));
}

TEST_CASE("a picture warns of its points whose requests wait: 1 of 2") {
    const FigureRows rows = rows_of_loads("concurrency=2,5");
    CHECK(rows.columns.back() == "waiting");
    CHECK(rows.rows.at(1).cells.back() == "3");
    CHECK(rows.rows.at(0).cells.back().empty());
    const Report report = picture_of(rows);
    REQUIRE(warned(report, "W307"));
    CHECK(report.warnings.at(0).message == "in 1 of 2 points requests wait for a place");
    CHECK_FALSE(warned(picture_of(rows_of_loads("concurrency=1,2")), "W307"));
}

TEST_CASE("check says it beside the share of the limit, whether that is kept or not") {
    CHECK(why_of("concurrency=5").ends_with("; " + std::string(three)));
    CHECK(why_of("concurrency=2").find("wait") == std::string::npos);
}

TEST_CASE("what did not settle is judged by nobody, and compared with a warning") {
    const Check check = judged(restless());
    CHECK(check.status == CheckStatus::error);
    CHECK(check.error == ErrorCode::unsettled);
    CHECK_FALSE(check.value);
    const std::vector<Check> checks{check};
    CHECK(exit_status(checks) == Exit::input);
    const std::vector<Compared> all{compared("a", 2), {.name = "b", .evaluation = restless()}};
    const Report report = compare_report(all, {{.base = &all[0], .other = &all[1], .deltas = {}}},
                                         Basis::expected, {});
    REQUIRE(warned(report, "W301"));
    CHECK(report.warnings.at(0).message ==
          "'b': the steady state did not settle; figures are of its last round");
}

}  // namespace queue_notes_test
