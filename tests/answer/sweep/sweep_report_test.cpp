#include "answer/sweep/sweep_report.hpp"

#include "ask/asked_space.hpp"
#include "catch.hpp"
#include "page.hpp"

namespace sweep_report_test {

using namespace roofline;

namespace {

// 2 devices x 3 batches of one model, figures at their bound.
AskedSweep two_by_three() {
    Catalog catalog;
    std::vector<WarningNote> notes;
    AskedSweep asked{.fields = {{&the_field("model"), "llama-3.1-8b"},
                                {&the_field("hw"), "h100-sxm,l40s"},
                                {&the_field("batch"), "1..4"},
                                {&the_field("kv-dtype"), "fp8"}},
                     .said = {{"where", std::nullopt}, {"sort", std::nullopt}}};
    const auto sweep = std::make_shared<Sweep>();
    sweep->space = space_of(asked.fields, {catalog, notes});
    sweep->prices = PriceTable(sweep->space, catalog);
    sweep->basis = Basis::bound;
    asked.sweep = sweep;
    asked.points = 6;
    asked.part.range = {.first = 0, .last = 6};
    return asked;
}

struct Seen {
    std::vector<std::uint64_t> points;
    int done = 0;
};

// The first two columns of the rows that are shown; nobody goes on once `most` points were seen.
std::string rows_of(const AskedSweep& asked, Seen& seen, std::size_t most = 100) {
    const Report report =
        sweep_report(asked, std::make_shared<PointStream>(*asked.sweep, asked.part.range, 1),
                     {.go_on = [&seen, most] { return seen.points.size() < most; },
                      .at = [&seen](std::uint64_t point) { seen.points.push_back(point); },
                      .done = [&seen] { ++seen.done; }});
    std::string text;
    const Table& table = std::get<Table>(report.blocks.at(0));
    for (Row row; table.next(row);)
        text += std::get<std::string>(row[0]) + " " + raw_text(std::get<double>(row[1])) + ", ";
    return text;
}

Report streamed(const AskedSweep& asked) {
    return sweep_report(asked, std::make_shared<PointStream>(*asked.sweep, asked.part.range, 1),
                        {.go_on = [] { return true; }, .at = [](std::uint64_t) {}, .done = [] {}});
}

KeptPoint failed(std::uint64_t point, std::string reason) {
    return {.point = point, .answer = {.fits = false, .reason = std::move(reason)}};
}

/// Points that were chosen by their time per token.
AskedSweep sorted_two_by_three() {
    AskedSweep asked = two_by_three();
    asked.choice.sort = &the_metric("tpot");
    return asked;
}

/// The lines under a sweep's table, once its rows were read.
std::vector<std::string> reasons_of(const Report& report) {
    const Table& table = std::get<Table>(report.blocks.at(0));
    const NextRow next = table.next;
    for (Row row; next(row);) continue;
    return table.closing();
}

KeptPoint kept(std::uint64_t point, double tpot) {
    KeptPoint one{.point = point, .answer = {.fits = true}};
    one.answer.set(the_metric("tpot"), tpot);
    return one;
}

}  // namespace

TEST_CASE(
    "a sweep counts its points, names its axes and conditions, and the basis of its figures") {
    AskedSweep asked = two_by_three();
    const Report report = streamed(asked);
    CHECK(report.command == "sweep");
    CHECK(report.verdict == "6 points: 2 hw x 3 batch (bound figures)");
    asked.said[0].text = "tpot<1s";
    CHECK(asked.said_of("where") == "tpot<1s");
    CHECK(asked.said_of("sort").empty());
    CHECK(asked.said_of("top").empty());
    CHECK(streamed(asked).verdict == "6 points: 2 hw x 3 batch, where tpot<1s (bound figures)");
    asked.points = 1'234'567;
    CHECK(streamed(asked).verdict.starts_with("1,234,567 points: "));
    const auto one = std::make_shared<Sweep>(*asked.sweep);
    one->space.axes.clear();
    asked.sweep = one;
    asked.points = 1;
    CHECK(streamed(asked).verdict == "1 point, where tpot<1s (bound figures)");
}

TEST_CASE("points that were chosen among all are counted, and by what they were chosen") {
    AskedSweep asked = two_by_three();
    asked.choice.sort = &the_metric("tpot");
    const Report best = sweep_report(asked, {kept(4, 0.01), kept(0, 0.02)});
    CHECK(best.verdict ==
          "the best 2 by time per token of 6 points: 2 hw x 3 batch (bound figures)");
    CHECK(
        text_of(best, "csv") ==
        R"(hw,batch,fits,ttft_s,tpot_s,e2e_s,tokens_per_s,memory_bytes,gpus,power_w,usd_per_1k_output_tokens,usd_per_1m_output_tokens,usd_per_1m_input_tokens,usd_per_month,measured,starts,requests,waiting,reason
l40s,2,true,,0.01,,,,,,,,,,,,,,
h100-sxm,1,true,,0.02,,,,,,,,,,,,,,
)");
    asked.choice.pareto = {&the_metric("tpot"), &the_metric("tokens_per_s")};
    CHECK(
        sweep_report(asked, {kept(0, 1)}).verdict ==
        "1 that nothing beats in time per token and throughput of 6 points: 2 hw x 3 batch (bound "
        "figures)");
}

TEST_CASE(
    "rows come one after another, the last axis first; each point is seen, and the end once") {
    Seen seen;
    CHECK(rows_of(two_by_three(), seen) ==
          "h100-sxm 1, h100-sxm 2, h100-sxm 4, l40s 1, l40s 2, l40s 4, ");
    CHECK(seen.points == std::vector<std::uint64_t>{0, 1, 2, 3, 4, 5});
    CHECK(seen.done == 1);
}

TEST_CASE("points that break a condition are seen and not shown, and nobody goes on when told so") {
    AskedSweep asked = two_by_three();
    asked.choice.where = parse_conditions("tpot<10ms", "where");
    Seen seen;
    CHECK(rows_of(asked, seen) == "h100-sxm 1, h100-sxm 2, h100-sxm 4, ");
    CHECK(seen.points.size() == 6);
    Seen early;
    CHECK(rows_of(two_by_three(), early, 2) == "h100-sxm 1, h100-sxm 2, ");
    CHECK(early.done == 1);
}

TEST_CASE(
    "why points have no figures is said once under the table, in flags, with how many they are") {
    const AskedSweep asked = sorted_two_by_three();
    KeptPoint unpriced = kept(3, 0.01);
    unpriced.answer.unpriced = "no price";
    const Report report = sweep_report(asked, {failed(0, "32 heads and `tp 3`"), kept(1, 0.01),
                                               failed(2, "32 heads and `tp 3`"), unpriced});
    const std::vector<std::string> lines{"2 points: 32 heads and --tp 3", "one point: no price"};
    CHECK(reasons_of(report) == lines);
    // Who reads the rows again does not count them twice.
    CHECK(reasons_of(report) == lines);
    const std::string page = text_of(report, "table", 100);
    CHECK(page.find("\n 2 points: 32 heads and --tp 3\n one point: no price\n") !=
          std::string::npos);
    CHECK(reasons_of(sweep_report(asked, {kept(1, 0.01)})).empty());
}

TEST_CASE("six reasons are named, points with others are counted") {
    std::vector<KeptPoint> points;
    for (const char* reason : {"a", "b", "c", "d", "e", "f", "g", "h", "a"})
        points.push_back(failed(0, reason));
    const std::vector<std::string> lines = reasons_of(sweep_report(sorted_two_by_three(), points));
    REQUIRE(lines.size() == 7);
    CHECK(lines[0] == "2 points: a");
    CHECK(lines[5] == "one point: f");
    CHECK(lines[6] == "2 points with other reasons");
}

TEST_CASE("a sweep keeps the times of a device that the provider has no price of") {
    Catalog catalog;
    std::vector<WarningNote> notes;
    AskedSweep asked{.fields = {{&the_field("model"), "llama-3.1-8b"},
                                {&the_field("hw"), "l40s,h100-sxm,apple-m1-ultra"},
                                {&the_field("batch"), "1"},
                                {&the_field("price"), "lambda"}},
                     .said = {}};
    const auto sweep = std::make_shared<Sweep>();
    sweep->space = space_of(asked.fields, {catalog, notes});
    sweep->prices = PriceTable(sweep->space, catalog);
    sweep->basis = Basis::bound;
    asked.sweep = sweep;
    asked.points = 3;
    asked.part.range = {.first = 0, .last = 3};
    const std::string page = text_of(streamed(asked), "table", 200);
    CHECK(page.find("\n one point: no on-demand price of 'lambda' for apple-m1-ultra\n") !=
          std::string::npos);
    const Report report = streamed(asked);
    const Table& table = std::get<Table>(report.blocks.at(0));
    const auto place = [&](std::string_view key) {
        return static_cast<std::size_t>(std::ranges::find(table.columns, key, &Column::key) -
                                        table.columns.begin());
    };
    int priced = 0;
    for (Row row; table.next(row);) {
        CHECK(std::holds_alternative<Measure>(row[place("tpot_s")]));
        priced += std::holds_alternative<Measure>(row[place("usd_per_1m_output_tokens")]) ? 1 : 0;
    }
    CHECK(priced > 0);
    CHECK(priced < 3);
    CHECK(table.columns[place("usd_per_1m_output_tokens")].need == Need::asked);
}

TEST_CASE("a sweep's record: what all points share, ranges as they were written, choices") {
    AskedSweep asked = two_by_three();
    asked.said[0].text = "tpot<1s";
    const Report report = streamed(asked);
    CHECK(json_text(report.inputs) == R"({
  "model": "llama-3.1-8b",
  "kv_dtype": "fp8",
  "ranges": {
    "hw": "h100-sxm,l40s",
    "batch": "1..4"
  },
  "points": 6,
  "basis": "bound",
  "where": "tpot<1s",
  "sort": null
}
)");
    REQUIRE(report.assumptions.size() == 1);
    CHECK(report.assumptions[0].id == "memory");
    CHECK(std::get<Table>(report.blocks.at(0)).list == "points");
}

TEST_CASE("only the first part of a sweep has the header") {
    AskedSweep asked = two_by_three();
    asked.part = {.range = {.first = 0, .last = 1}, .first = true};
    CHECK(text_of(streamed(asked), "csv").starts_with("hw,batch,fits,"));
    asked.part = {.range = {.first = 1, .last = 2}, .first = false};
    CHECK(text_of(streamed(asked), "csv").starts_with("h100-sxm,2,true,"));
}

}  // namespace sweep_report_test
