#include "answer/compare/compare_report.hpp"

#include "catch.hpp"
#include "deployed.hpp"

namespace compare_report_test {

using namespace roofline;

namespace {

Compared one(std::string name) {
    Compared compared{.name = std::move(name)};
    compared.evaluation.deployment =
        prepare_service(deployed("llama-3.1-8b@h100 concurrency=8"), Efficiency())
            .prepared.deployment;
    return compared;
}

// A baseline and others whose figures are made by hand.
struct Case {
    std::vector<Compared> all;
    std::vector<Comparison> comparisons;

    explicit Case(std::vector<std::vector<Delta>> deltas) {
        all.push_back(one("base"));
        for (std::size_t i = 0; i < deltas.size(); ++i)
            all.push_back(one(i == 0 ? "other" : "third"));
        for (std::size_t i = 0; i < deltas.size(); ++i)
            comparisons.push_back(
                {.base = &all[0], .other = &all[i + 1], .deltas = std::move(deltas[i])});
        for (Comparison& comparison : comparisons)
            if (!comparison.deltas.empty()) comparison.main = &comparison.deltas[0];
    }

    Report report(const std::optional<FailOver>& limit = {}) const {
        return compare_report(all, comparisons, Basis::expected, limit);
    }
};

Delta tokens_per_s(std::optional<double> from, std::optional<double> to) {
    return {&the_metric("tokens_per_s"), from, to};
}
Delta tpot(std::optional<double> from, std::optional<double> to) {
    return {&the_metric("tpot"), from, to};
}

const FailOver five_percent{.share = 0.05, .text = "5%"};

}  // namespace

TEST_CASE("two scenarios: the main figure's change, which way it is, and the break-even") {
    Case better({{tokens_per_s(100, 150)}});
    CHECK(better.report().command == "compare");
    CHECK(better.report().marker == "roofline:compare");
    CHECK(better.report().verdict == "throughput +50.0 % (better)");
    better.comparisons[0].price_ratio = 1.5;
    better.all[1].evaluation.deployment.device = deployed("llama-3.1-8b@b200").device;
    CHECK(better.report().verdict ==
          "throughput +50.0 % (better); it breaks even at 1.500 x the price per device");
    CHECK(Case({{tpot(0.01, 0.0125)}}).report().verdict == "time per token +25.0 % (worse)");
    CHECK(Case({{tpot(0.01, 0.01)}}).report().verdict == "time per token is the same");
    CHECK(Case({std::vector<Delta>()}).report().verdict == "no figure that both answer");
}

TEST_CASE("of more than two the best is named, and one that does not stand comes first") {
    Case three({{tpot(0.01, 0.0125)}, {tpot(0.01, 0.01)}});
    CHECK(three.report().verdict == "none of 2 is better than 'base' in time per token");
    three.all[2].evaluation.standing = Standing::does_not_fit;
    CHECK(three.report(five_percent).verdict.starts_with("'third' does not fit: "));
    three.all[1].evaluation.standing = Standing::overloaded;
    CHECK(three.report().verdict.starts_with("'other' cannot keep up: "));
}

TEST_CASE("under a limit: 25 % and a lost figure are over 5 %, 4 % and faster are not") {
    const Case four({{tpot(0.01, 0.0125), tokens_per_s(100, std::nullopt)},
                     {tpot(0.01, 0.0104), tokens_per_s(100, 150)}});
    const Report report = four.report(five_percent);
    CHECK(
        report.verdict ==
        "2 of 4 figures worse by more than 5% than 'base': none of 2 is better than 'base' in time "
        "per token");
    CHECK(report.warnings.empty());
    CHECK(std::get<double>(report.inputs.find("fail_over")->data) == 0.05);
    CHECK(four.report().inputs.find("fail_over")->is_null());
}

TEST_CASE("W142: figures that the baseline does not have are not judged") {
    const Case fewer({{tpot(std::nullopt, 0.01), tokens_per_s(std::nullopt, 100)}});
    CHECK(fewer.report().warnings.empty());
    const Report report = fewer.report(five_percent);
    CHECK(report.verdict ==
          "0 of 0 figures worse by more than 5% than 'base': no figure that both answer");
    REQUIRE(report.warnings.size() == 1);
    CHECK(report.warnings[0].code == "W142");
    CHECK(report.warnings[0].message ==
          "--fail-over does not judge tpot and tokens_per_s of 'other': 'base' has none");
}

TEST_CASE("W142: a step is no baseline of a served deployment") {
    Case mixed({{tpot(0.01, 0.01)}});
    mixed.all[1].evaluation.outcome = ServedOutcome();
    const Report report = mixed.report(five_percent);
    REQUIRE(report.warnings.size() == 1);
    CHECK(report.warnings[0].code == "W142");
    CHECK(report.warnings[0].message ==
          "'base' and 'other' are a step and a served deployment: give both a concurrency, or "
          "neither");
    mixed.all[0].evaluation.outcome = ServedOutcome();
    CHECK(mixed.report(five_percent).warnings.empty());
}

}  // namespace compare_report_test
