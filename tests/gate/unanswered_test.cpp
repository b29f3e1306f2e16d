#include "gate/unanswered.hpp"

#include "roofline/gate/checks.hpp"

#include "catch.hpp"

namespace unanswered_test {

using namespace roofline;
using gate::missing_figure;

namespace {

Deployment deployment(bool causal = true) {
    Model model;
    model.id = causal ? "writer" : "reader";
    model.causal = causal;
    Device device;
    device.id = "chip";
    return {.model = std::make_shared<const Model>(std::move(model)),
            .device = std::make_shared<const Device>(std::move(device)),
            .gpus = 6,
            .tensor_parallel = 2,
            .replicas = 3,
            .weights = WeightFormat::fp8,
            .engine = EngineChoice()};
}

Figures billed_in(Currency currency) {
    Figures figures;
    figures.bill = Bill{.currency = currency};
    return figures;
}

// 50 GiB of weights and 5 of its own leave 5 of 60 for a request.
MemoryLedger ledger(double need) {
    return {.reported = 70 * gibibyte,
            .usable = 60 * gibibyte,
            .weights = 50 * gibibyte,
            .working = 5 * gibibyte,
            .need = need * gibibyte,
            .spread = 0.6 * gibibyte,
            .longest = 4000};
}

// Requests arrive at 8 a second: it can do so many, or fewer at the bad end of the band.
Evaluation arriving(double capacity, double least_capacity) {
    Evaluation evaluation{.deployment = deployment(), .memory = ledger(1), .outcome = {}};
    evaluation.deployment.rate = 8;
    evaluation.open = OpenLoop{.rate = 8, .capacity = capacity, .mean_wait = {}};
    evaluation.least_capacity = least_capacity;
    return evaluation;
}

}  // namespace

TEST_CASE("an encoder writes nothing: no time per token, no throughput and no price of tokens") {
    const Deployment encoder = deployment(false);
    const auto why = [&](const Metric& metric) {
        return missing_figure(metric, billed_in(Currency::usd), encoder);
    };
    CHECK(why(the_metric("tpot")) == "reader is an encoder and writes no tokens: it has no tpot");
    CHECK(why(the_metric("e2e")) == "reader is an encoder and writes no tokens: it has no e2e");
    CHECK(why(the_metric("tokens_per_s")) ==
          "reader is an encoder and writes no tokens: it has no tokens_per_s");
    CHECK(why(the_metric("usd_per_month")) ==
          "reader is an encoder and writes no tokens: it has no usd_per_month");
    CHECK(why(the_metric("memory")) == "this deployment has no memory");
}

TEST_CASE("money needs a price, and one in dollars") {
    const Metric& money = the_metric("usd_per_1m_output");
    CHECK(missing_figure(money, Figures(), deployment()) ==
          R"(usd_per_1m_output needs a price. Add "price": "$2.50/h", or a provider such as )"
          R"("lambda")");
    CHECK(missing_figure(money, billed_in(Currency::eur), deployment()) ==
          "the price is in EUR and no currency is converted: there is no usd_per_1m_output");
    CHECK(missing_figure(the_metric("usd_per_1m_input"), billed_in(Currency::usd), deployment()) ==
          "this deployment has no usd_per_1m_input");
}

TEST_CASE("power is missing of the device, every other figure of the deployment") {
    CHECK(missing_figure(the_metric("power"), Figures(), deployment()) ==
          "no power is known of chip");
    CHECK(missing_figure(the_metric("tpot"), Figures(), deployment()) ==
          "this deployment has no tpot");
}

TEST_CASE("7.25 of 8 requests/s is an overload, 8.5 is none") {
    Evaluation evaluation = arriving(7.25, 6);
    evaluation.standing = Standing::overloaded;
    const auto fault = standing_fault(evaluation, Basis::expected);
    REQUIRE(fault);
    CHECK(fault->code == ErrorCode::cannot_keep_up);
    CHECK(fault->message ==
          "writer on 6 x chip cannot keep up with 8 requests/s: 7.25 is its capacity");
    CHECK_FALSE(standing_fault(arriving(8.5, 8.25), Basis::pessimistic));
}

TEST_CASE("what keeps up is overloaded at the bad end of its band, for the pessimistic alone") {
    const Evaluation evaluation = arriving(8.5, 8);
    CHECK_FALSE(standing_fault(evaluation, Basis::bound));
    CHECK_FALSE(standing_fault(evaluation, Basis::expected));
    const auto fault = standing_fault(evaluation, Basis::pessimistic);
    REQUIRE(fault);
    CHECK(fault->code == ErrorCode::cannot_keep_up);
    CHECK(fault->message ==
          "writer on 6 x chip cannot keep up with 8 requests/s: 8 is its capacity at the bad end "
          "of its band");
}

TEST_CASE("a request of 7 GiB for a room of 5 does not start, on any basis") {
    Evaluation evaluation{.deployment = deployment(), .memory = ledger(7), .outcome = {}};
    evaluation.standing = Standing::does_not_fit;
    const auto fault = standing_fault(evaluation, Basis::expected);
    REQUIRE(fault);
    CHECK(fault->code == ErrorCode::does_not_fit);
    CHECK(fault->message ==
          "writer (fp8) on 6 x chip does not start with vllm: of the 60.0 GiB that it may use "
          "50.0 GiB are weights and 5.00 GiB its own, so the room is 5.00 GiB, and a request of "
          "4,000 tokens needs 7.00 GiB");
    CHECK(fault->hint.empty());
    CHECK(standing_fault(evaluation, Basis::bound)->message == fault->message);
}

TEST_CASE("5 GiB of room, known to 0.6, for 4.5: it stands but for the pessimistic") {
    const Evaluation evaluation{.deployment = deployment(), .memory = ledger(4.5), .outcome = {}};
    CHECK_FALSE(standing_fault(evaluation, Basis::bound));
    CHECK_FALSE(standing_fault(evaluation, Basis::expected));
    const auto fault = standing_fault(evaluation, Basis::pessimistic);
    REQUIRE(fault);
    CHECK(fault->code == ErrorCode::does_not_fit);
    CHECK(fault->message ==
          "writer (fp8) on 6 x chip may not start with vllm: a request of 4,000 tokens needs 4.50 "
          "GiB of a room of 5.00 GiB, give or take 0.60 GiB");
}

}  // namespace unanswered_test
