#include "measure/error_groups.hpp"

#include "roofline/catalog/catalog.hpp"

#include "catch.hpp"

namespace error_groups_test {

using namespace roofline;

namespace {

using Names = std::vector<std::string>;

// Predicted to take 30 ms a token.
ValidatedRow measured(double ms, double concurrency, const std::string& group = "") {
    static Catalog catalog;
    MeasuredRow row{.group = group};
    row.deployment.model = catalog.model("llama-3.1-8b");
    row.deployment.device = catalog.device("h100");
    row.deployment.concurrency = concurrency;
    row.time_per_token = ms * millisecond;
    return {.row = row, .predicted = {.time_per_token = 30 * millisecond}};
}

std::string bucket(const MeasuredRow& row) { return row_groups()[3].of(row); }

Names keys(const GroupedErrors& groups) {
    Names names;
    for (const auto& [name, errors] : groups) names.push_back(name);
    return names;
}

}  // namespace

TEST_CASE("rows are grouped by model, device, engine, load, or a label of the file's own") {
    const auto groups = row_groups();
    REQUIRE(groups.size() == 5);
    MeasuredRow row = measured(30, 8, "night").row;
    CHECK(groups[0].name == "model");
    CHECK(groups[0].of(row) == "llama-3.1-8b");
    CHECK(groups[1].name == "device");
    CHECK(groups[1].of(row) == "h100-sxm");
    CHECK(groups[2].name == "engine");
    CHECK(groups[2].of(row) == "vllm");
    row.deployment.engine = EngineChoice{.program = ServingEngine::llama_cpp};
    CHECK(groups[2].of(row) == "llama.cpp");
    CHECK(groups[3].name == "concurrency");
    CHECK(groups[4].name == "group");
    CHECK(groups[4].of(row) == "night");
    CHECK(groups[4].of(measured(30, 8).row).empty());
}

TEST_CASE("loads fall into powers of two: 1, 2-2, 5-8, 33-64, and batches beside them") {
    CHECK(bucket(measured(30, 1).row) == "1");
    CHECK(bucket(measured(30, 2).row) == "2-2");
    CHECK(bucket(measured(30, 5).row) == "5-8");
    CHECK(bucket(measured(30, 8).row) == "5-8");
    CHECK(bucket(measured(30, 33).row) == "33-64");
    MeasuredRow batch = measured(30, 1).row;
    batch.deployment.concurrency.reset();
    batch.deployment.batch = 9;
    CHECK(bucket(batch) == "batch 9-16");
}

TEST_CASE("names that begin with numbers stand by their numbers, others before them by letters") {
    const ByNumber before;
    CHECK(before("5-8", "17-32"));
    CHECK_FALSE(before("17-32", "5-8"));
    CHECK(before("a100", "h100"));
    CHECK(before("h100", "1"));
    CHECK_FALSE(before("8", "8"));
}

TEST_CASE("30 ms for 20 and 40 are 50 % too slow and 25 % too fast, in all and in their groups") {
    const Validation validation{
        .rows = {measured(20, 40, "day"), measured(40, 4, "day"), measured(60, 4)}};
    const std::vector<const RowGroup*> by{&row_groups()[3], &row_groups()[4]};
    const ErrorsBy errors = errors_by(validation, by);
    CHECK(errors.all.by_figure[0] == std::vector<double>{0.5, -0.25, -0.5});
    CHECK(errors.all.by_figure[1].empty());
    CHECK(errors.all.compared() == 3);
    REQUIRE(errors.groups.size() == 2);
    CHECK(keys(errors.groups[0]) == Names{"3-4", "33-64"});
    CHECK(errors.groups[0].at("3-4").by_figure[0] == std::vector<double>{-0.25, -0.5});
    CHECK(keys(errors.groups[1]) == Names{"day"});
    CHECK(errors.groups[1].at("day").compared() == 2);
}

TEST_CASE("a row that was skipped or is flagged has no errors, and a skipped one no group") {
    Validation validation{.rows = {measured(20, 40), measured(20, 4)}};
    validation.rows[0].row.skip = "engine 'x' is not known";
    validation.rows[1].row.flag = "outlier";
    const ErrorsBy errors = errors_by(validation, {&row_groups()[3]});
    CHECK(errors.all.compared() == 0);
    CHECK(keys(errors.groups[0]) == Names{"3-4"});
    CHECK(errors.groups[0].at("3-4").compared() == 0);
}

TEST_CASE("errors of all four figures are counted, each in its place") {
    ErrorSets sets;
    sets.add({.time_per_token = 0.1, .time_to_first_token = 0.2, .end_to_end = 0.3, .output = 0.4});
    sets.add({.time_to_first_token = 0.5});
    CHECK(sets.compared() == 5);
    Names titles;
    for (const ComparedFigure& figure : compared_figures) titles.emplace_back(figure.title);
    CHECK(titles == Names{"TPOT", "TTFT", "E2E", "tokens/s/GPU"});
    CHECK(sets.by_figure[0] == std::vector<double>{0.1});
    CHECK(sets.by_figure[1] == std::vector<double>{0.2, 0.5});
    CHECK(sets.by_figure[2] == std::vector<double>{0.3});
    CHECK(sets.by_figure[3] == std::vector<double>{0.4});
}

}  // namespace error_groups_test
