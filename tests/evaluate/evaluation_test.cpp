#include "roofline/evaluate/evaluation.hpp"

#include "roofline/catalog/catalog.hpp"
#include "roofline/evaluate/metric.hpp"
#include "roofline/workload/fields.hpp"

#include "catch.hpp"
#include "deployed.hpp"

namespace evaluation_test {

using namespace roofline;

namespace {

Deployment asked(Catalog& catalog) {
    return {.model = catalog.model("llama-3.1-8b"), .device = catalog.device("h100")};
}

double value(const Evaluation& evaluation, std::string_view metric, Basis basis) {
    return find_metric(metric)->get(evaluation.on(basis)).value();
}

}  // namespace

TEST_CASE(
    "a step: the bound is analyze's, the expected time longer, the pessimistic one longer still") {
    Catalog catalog;
    Deployment d = asked(catalog);
    d.batch = 32;
    const Evaluation evaluation = evaluate(d, Knowledge());
    CHECK_FALSE(evaluation.served());
    const Outcome outcome = evaluate(d);
    const auto& decode = *outcome.decode();
    CHECK(value(evaluation, "tpot", Basis::bound) == decode.time.total().in(second));
    for (const std::string_view metric : {"ttft", "tpot", "e2e"}) {
        INFO(metric);
        CHECK(value(evaluation, metric, Basis::expected) > value(evaluation, metric, Basis::bound));
        CHECK(value(evaluation, metric, Basis::pessimistic) >
              value(evaluation, metric, Basis::expected));
    }
    CHECK_THAT(value(evaluation, "tokens_per_s", Basis::expected),
               WithinRel(32 / value(evaluation, "tpot", Basis::expected), 1e-12));
}

TEST_CASE("the expected parts of a step are the expected time of its token") {
    for (const char* scenario :
         {"llama-3.1-8b@h100 batch=32", "llama-3.1-8b@rtx-4090 engine=llama.cpp",
          "llama-3.1-70b@h100x4 tp=4 batch=8", "deepseek-v3.2@h200x8 tp=8",
          "qwen3-next-80b-a3b@h100x4 tp=4", "gpt-oss-120b@b200 batch=64 eager=true"}) {
        INFO(scenario);
        LoweredDeployment lowered(deployed(scenario), Knowledge());
        const Evaluation evaluation = lowered.evaluate();
        Seconds sum;
        for (const StepPart& part : lowered.expected_parts(evaluation)) sum += part.time;
        CHECK_THAT(sum.in(second), WithinRel(value(evaluation, "tpot", Basis::expected), 1e-9));
    }
    LoweredDeployment encoder(deployed("siglip-so400m-patch14-384@h100"), Knowledge());
    CHECK(encoder.expected_parts(encoder.evaluate()).empty());
}

TEST_CASE(
    "a served deployment: the expected figures are estimate's, and the bill follows the rate") {
    Catalog catalog;
    Deployment d = asked(catalog);
    d.concurrency = 32;
    d.price = PriceRequest{.provider = {}, .amount = 3 * dollar / hour};
    resolve_price(d, catalog);
    const Evaluation evaluation = evaluate(d, Knowledge());
    CHECK(evaluation.served());
    CHECK(evaluation.measured);
    const FittedEfficiency& fitted = fitted_efficiency();
    const ServedOutcome outcome = serve(prepare_service(d, fitted.values, &fitted), 32);
    CHECK(value(evaluation, "ttft", Basis::expected) ==
          outcome.expected.time_to_first_token.in(second));
    CHECK(value(evaluation, "tpot", Basis::bound) == outcome.bound.time_per_token.in(second));
    for (const Basis basis : {Basis::bound, Basis::expected, Basis::pessimistic})
        CHECK_THAT(value(evaluation, "usd_per_1m_output", basis),
                   WithinRel(3 / 3600.0 / value(evaluation, "tokens_per_s", basis) * 1e6, 1e-12));
}

TEST_CASE("what does not fit or keep up has memory and devices, but neither times nor money") {
    Catalog catalog;
    Deployment large = asked(catalog);
    large.model = catalog.model("llama-3.1-70b");
    const Evaluation misfit = evaluate(large, Knowledge());
    CHECK(misfit.standing == Standing::does_not_fit);
    CHECK(find_metric("tpot")->get(misfit.on(Basis::expected)) == std::nullopt);
    CHECK(value(misfit, "memory", Basis::expected) > 140e9);
    Deployment busy = asked(catalog);
    busy.rate = 1e6;
    const Evaluation overload = evaluate(busy, Knowledge());
    CHECK(overload.standing == Standing::overloaded);
    CHECK(overload.open->capacity < 1e6);
    CHECK(find_metric("tokens_per_s")->get(overload.on(Basis::bound)) == std::nullopt);
}

TEST_CASE("what may not start has no times at the bad end, and keeps its memory there") {
    for (const char* load : {" context=8k", " isl=8192 concurrency=4"}) {
        const Evaluation doubtful = evaluated(
            std::string("kimi-k2.5@h100-sxmx8 tp=8 mem-share=0.95 max-num-seqs=64") + load);
        INFO(load);
        REQUIRE(doubtful.memory.starts() == Starts::marginal);
        CHECK(stands_on(doubtful, Basis::expected));
        CHECK(doubtful.on(Basis::expected).time_per_token);
        CHECK_FALSE(stands_on(doubtful, Basis::pessimistic));
        const Figures& worst = doubtful.on(Basis::pessimistic);
        CHECK_FALSE(worst.time_per_token);
        CHECK_FALSE(worst.output);
        CHECK(worst.memory.used() > Bytes());
        CHECK(worst.gpus == 8);
    }
}

TEST_CASE("at a rate the output is what arrives: 2 requests of 256 tokens a second, 512 tokens/s") {
    Catalog catalog;
    Deployment d = asked(catalog);
    d.rate = 2;
    const Evaluation evaluation = evaluate(d, Knowledge());
    CHECK_THAT(value(evaluation, "tokens_per_s", Basis::expected), WithinRel(512.0, 1e-6));
    CHECK(value(evaluation, "tokens_per_s", Basis::pessimistic) ==
          value(evaluation, "tokens_per_s", Basis::expected));
    CHECK_FALSE(evaluation.measured);
}

}  // namespace evaluation_test
