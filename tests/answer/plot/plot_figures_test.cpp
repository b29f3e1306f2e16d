#include "answer/plot/plot_figures.hpp"

#include "catch.hpp"
#include "page.hpp"

namespace plot_figures_test {

using namespace roofline;

namespace {

FigureRows sweep() {
    return {.name = "sweep.csv",
            .columns = {"hw", "batch", "tpot_s", "tokens_per_s"},
            .rows = {{2, {"h100", "1", "0.01", "100"}},
                     {3, {"h100", "20", "0.02", "1000"}},
                     {4, {"h100", "64", "", ""}},
                     {5, {"b200", "1", "0.01", "2000"}}}};
}
constexpr std::size_t hw = 0, batch = 1, tpot = 2, throughput = 3;

const FigureChoice curve{.x = throughput, .y = tpot, .groups = {hw}};

}  // namespace

TEST_CASE(
    "what a picture shows in a sentence: both figures' range, points, series, rows left out") {
    const auto verdict = [](const FigureRows& rows, const FigurePicture& picture) {
        return figures_report(rows, picture).verdict;
    };
    FigureRows rows = sweep();
    CHECK(verdict(rows, {.choice = curve}) ==
          "tpot from 10.0 ms to 20.0 ms over tokens_per_s from 100 tokens/s to 2,000 tokens/s: 3 "
          "points in 2 series; 1 row without a figure left out");
    CHECK(verdict(rows, {.choice = curve, .pareto = true})
              .ends_with("left out; 1 on the Pareto front"));
    rows.rows[0].cells[tpot] = rows.rows[0].cells[throughput] = "";
    CHECK(verdict(rows, {.choice = {.x = batch, .y = tpot, .groups = {}}}) ==
          "tpot from 10.0 ms to 20.0 ms over batch from 1 to 20: 2 points; 2 rows without a figure "
          "left out");
    rows.rows.resize(2);
    CHECK(verdict(rows, {.choice = {.x = batch, .y = tpot, .groups = {}}}) ==
          "tpot 20.0 ms over batch 20: 1 point; 1 row without a figure left out");
}

TEST_CASE("a picture is named by its figures or as asked, and says whose they are") {
    const auto chart = [](std::optional<std::string> title) {
        const Report report = figures_report(sweep(), {.choice = curve, .title = std::move(title)});
        CHECK(report.command == "plot");
        CHECK(report.blocks.size() == 1);
        return std::get<Chart>(report.blocks[0]);
    };
    CHECK(chart({}).title == "Time per token against throughput");
    CHECK(chart({}).footnote == "figures: sweep.csv");
    CHECK(chart("Mine").title == "Mine");
}

TEST_CASE("a row per point for machines") {
    CHECK(text_of(figures_report(sweep(), {.choice = curve}), "csv") ==
          R"(series,point,tokens_per_s,tpot_s
h100,batch=1,100,0.01
h100,batch=20,1000,0.02
b200,batch=1,2000,0.01
)");
}

TEST_CASE("the record of a picture: its columns, axes and points, the front among them") {
    const Report report = figures_report(sweep(), {.choice = curve, .pareto = true});
    CHECK(json_text(report.inputs) == R"({
  "file": "sweep.csv",
  "x": "tokens_per_s",
  "y": "tpot_s",
  "series": [
    "hw"
  ],
  "pareto": true
}
)");
    CHECK(json_text(report.result) == R"({
  "title": "Time per token against throughput",
  "x": {
    "column": "tokens_per_s",
    "scaling": "logarithmic"
  },
  "y": {
    "column": "tpot_s",
    "scaling": "linear"
  },
  "series": [
    {
      "name": "h100",
      "points": [
        {
          "name": "batch=1",
          "x": 100,
          "y": 0.01
        },
        {
          "name": "batch=20",
          "x": 1000,
          "y": 0.02
        }
      ]
    },
    {
      "name": "b200",
      "points": [
        {
          "name": "batch=1",
          "x": 2000,
          "y": 0.01
        }
      ]
    },
    {
      "name": "Pareto front",
      "points": [
        {
          "name": "b200 batch=1",
          "x": 2000,
          "y": 0.01
        }
      ]
    }
  ],
  "rows_left_out": 1
}
)");
}

TEST_CASE("a footnote says what bands and hollow points are, and which limits are outside") {
    FigureRows rows = sweep();
    const auto footnote = [&](const FigurePicture& picture) {
        const Report report = figures_report(rows, picture);
        return std::get<Chart>(report.blocks.back()).footnote;
    };
    CHECK(footnote({.choice = curve}) == "figures: sweep.csv");
    rows.rows[0].ranges["tpot_s"] = {0.009, 0.012};
    CHECK(footnote({.choice = curve}) ==
          "band of tpot: eight in ten measured runs; figures: sweep.csv");
    rows.columns.insert(rows.columns.end(), {"measured", "waiting"});
    for (FigureRow& row : rows.rows) row.cells.insert(row.cells.end(), {"false", "2"});
    CHECK(footnote({.choice = curve, .limits = parse_conditions("tpot<1s", "--where")}) ==
          "band of tpot: eight in ten measured runs, the widest where none is like it; hollow: "
          "requests wait for a place; tpot < 1.00 s is above the picture; figures: sweep.csv");
}

TEST_CASE("the record of a picture has bands, queues and limits where there are any") {
    FigureRows rows = sweep();
    rows.rows[0].ranges["tpot_s"] = {0.009, 0.012};
    rows.rows[0].reason = "unused";
    rows.rows[2].reason = "cannot fit";
    const Report report =
        figures_report(rows, {.choice = curve, .limits = parse_conditions("tpot<15ms", "--where")});
    CHECK(raw_at(report.result, "series[0].points[0].y_low") == "0.009");
    CHECK(raw_at(report.result, "series[0].points[0].y_high") == "0.012");
    CHECK(raw_at(report.result, "series[0].points[1].y_low").empty());
    CHECK(raw_at(report.result, "limits[0].name") == "tpot < 15.0 ms");
    CHECK(raw_at(report.result, "limits[0].axis") == "y");
    CHECK(raw_at(report.result, "limits[0].value") == "0.015");
    CHECK(report.verdict.ends_with(
        "2 of 3 points keep tpot < 15.0 ms, 2 with their whole band; 1 row without a figure left "
        "out: cannot fit"));
    CHECK(raw_at(figures_report(rows, {.choice = curve}).result, "limits[0].name").empty());
}

}  // namespace plot_figures_test
