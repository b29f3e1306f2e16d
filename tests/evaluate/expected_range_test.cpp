#include "evaluate/expected_range.hpp"

#include "catch.hpp"
#include "deployed.hpp"

namespace expected_range_test {

using namespace roofline;

namespace {

FigureRange range_of(const Evaluation& evaluation, std::string_view id) {
    return expected_range(evaluation, *find_metric(id)).value();
}

double figure_of(const Evaluation& evaluation, std::string_view id, Basis basis) {
    return find_metric(id)->get(evaluation.on(basis)).value();
}

}  // namespace

TEST_CASE("a range holds what is expected, and nothing that is better than the bound") {
    for (const std::string load : {"batch=32", "batch=1 price=$2/h", "concurrency=64 price=$2/h",
                                   "concurrency=1", "rate=2 price=$2/h"}) {
        const Evaluation evaluation = evaluated("llama-3.1-8b@h100-sxm " + load);
        std::size_t ranges = 0;
        for (const Metric& metric : metrics()) {
            const auto range = expected_range(evaluation, metric);
            if (!range) continue;
            ++ranges;
            INFO(load << ", " << metric.id);
            const double expected = *metric.get(evaluation.on(Basis::expected));
            const double bound = *metric.get(evaluation.on(Basis::bound));
            CHECK(range->low <= expected);
            CHECK(expected <= range->high);
            CHECK(range->low < range->high);
            if (metric.better == Better::lower && metric.dimension != dimension::money)
                CHECK(range->low >= bound * (1 - 1e-12));
            if (metric.better == Better::higher) CHECK(range->high <= bound * (1 + 1e-12));
        }
        CHECK(ranges >= 3);
    }
}

TEST_CASE("the bad end of a step's times and costs is the pessimistic basis") {
    const Evaluation evaluation =
        evaluated("llama-3.1-8b@h100-sxm batch=32 isl=1024 osl=256 price=$2/h");
    for (const std::string_view id :
         {"ttft", "tpot", "e2e", "usd_per_1m_output", "usd_per_1k_output", "usd_per_1m_input"}) {
        INFO(id);
        CHECK_THAT(range_of(evaluation, id).high,
                   WithinRel(figure_of(evaluation, id, Basis::pessimistic), 1e-9));
    }
    CHECK_THAT(range_of(evaluation, "tokens_per_s").low,
               WithinRel(figure_of(evaluation, "tokens_per_s", Basis::pessimistic), 1e-9));
}

TEST_CASE("a served one has the factors of its band: 1 / 0.9 times the time at 0.9 of the rate") {
    const Evaluation evaluation = evaluated("llama-3.1-8b@h100-sxm concurrency=64 price=$2/h");
    const BandRow& band = evaluation.band();
    const auto times = [&](std::string_view id, double factor) {
        return factor * figure_of(evaluation, id, Basis::expected);
    };
    CHECK(range_of(evaluation, "tpot").high == times("tpot", band.time_per_token.high));
    CHECK(range_of(evaluation, "ttft").high == times("ttft", band.time_to_first_token.high));
    CHECK(range_of(evaluation, "tokens_per_s").low == times("tokens_per_s", band.output.low));
    CHECK_THAT(range_of(evaluation, "e2e").high, WithinRel(times("e2e", 1 / band.output.low)));
    CHECK_THAT(range_of(evaluation, "usd_per_1m_output").high,
               WithinRel(times("usd_per_1m_output", 1 / band.output.low)));
}

TEST_CASE("what arrives at a rate leaves at it; memory and devices are no guesses") {
    const Evaluation arriving = evaluated("llama-3.1-8b@h100-sxm rate=2 price=$2/h");
    for (const std::string_view id :
         {"tokens_per_s", "usd_per_1m_output", "memory", "gpus", "power", "usd_per_month"}) {
        INFO(id);
        CHECK_FALSE(expected_range(arriving, *find_metric(id)));
    }
    CHECK(expected_range(arriving, *find_metric("tpot")));
    CHECK_FALSE(expected_range(evaluated("llama-3.1-70b@h100-sxm"), *find_metric("tpot")));
}

}  // namespace expected_range_test
