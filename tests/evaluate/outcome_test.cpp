#include "roofline/evaluate/outcome.hpp"

#include "roofline/catalog/catalog.hpp"
#include "roofline/evaluate/metric.hpp"
#include "roofline/workload/fields.hpp"

#include "catch.hpp"

namespace outcome_test {

using namespace roofline;

namespace {

Deployment deployment(std::string_view model, std::string_view hardware) {
    Catalog catalog;
    Deployment d{.model = catalog.model(model)};
    const Field& field = *find_field("hw");
    field.set(d, parse_field(field, hardware, "--hw", catalog));
    return d;
}

Outcome evaluated(const Deployment& d) { return evaluate(d); }
// Whether a server of today would start or not.
Outcome given(const Deployment& d) {
    const Prepared prepared = prepare(d);
    return evaluate(prepared, point_of(prepared), Fit::given);
}

double decode_rate(std::string_view model, std::string_view hardware, double batch,
                   double context) {
    Deployment d = deployment(model, hardware);
    d.batch = batch;
    d.context = context;
    return given(d).decode()->tokens_per_second.in(token / second);
}

}  // namespace

TEST_CASE(
    "Llama-3.1-8B on one H100: decode memory-bound in 4.64 ms, prefill compute-bound in 62.5") {
    Deployment d = deployment("llama-3.1-8b", "h100");
    d.context = 4096;
    const Outcome outcome = evaluated(d);
    const PhaseOutcome& decode = *outcome.decode();
    const PhaseOutcome& prefill = *outcome.prefill();
    CHECK(decode.time.bound() == Bound::memory);
    CHECK_THAT(decode.time.total().in(millisecond), WithinRel(4.64, 0.005));
    CHECK(prefill.time.bound() == Bound::compute);
    CHECK_THAT(prefill.time.total().in(millisecond), WithinRel(62.5, 0.005));
}

TEST_CASE("batching an 8B model on one H100 at 1k: 221 tokens/s alone, 9,085 at 64") {
    CHECK_THAT(decode_rate("llama-3.1-8b", "h100", 1, 1024), WithinRel(221.0, 0.005));
    CHECK_THAT(decode_rate("llama-3.1-8b", "h100", 64, 1024), WithinRel(9085.0, 0.005));
}

TEST_CASE("70B on two devices at batch 4 and 4k: 185.4 tokens/s on H100, 426 on B200") {
    CHECK_THAT(decode_rate("llama-3.1-70b", "h100x2", 4, 4096), WithinRel(185.4, 0.005));
    CHECK_THAT(decode_rate("llama-3.1-70b", "b200x2", 4, 4096), WithinRel(426.0, 0.005));
}

TEST_CASE("all-reduces of 70B on two H100: 160 x 65,536 B over 450 GB/s are 23 us") {
    Deployment d = deployment("llama-3.1-70b", "h100x2");
    d.batch = 4;
    d.context = 4096;
    const Outcome outcome = given(d);
    const auto& decode = *outcome.decode();
    CHECK_THAT(decode.time.by_bound[2].in(microsecond), WithinRel(160 * 65536 / 450e9 * 1e6, 1e-9));
}

TEST_CASE("what does not fit has no phases and no bill, and says what is missing") {
    Deployment d = deployment("llama-3.1-70b", "h100");
    d.context = 4096;
    d.rental = RentalPrice{.rate = 2 * dollar / hour};
    const Outcome outcome = evaluated(d);
    CHECK_FALSE(outcome.memory.fits());
    CHECK_FALSE(outcome.prefill());
    CHECK_FALSE(outcome.decode());
    CHECK_FALSE(outcome.bill);
}

TEST_CASE("the operators of a phase add up to it") {
    for (const std::string_view model : {"llama-3.1-8b", "gpt-oss-120b", "qwen3.5-27b"}) {
        const Prepared prepared = prepare(deployment(model, "b200x2"));
        const Outcome outcome = evaluate(prepared, point_of(prepared));
        REQUIRE(outcome.phases.size() == 2);
        for (const PhaseOutcome& phase : outcome.phases) {
            Seconds sum;
            Flops flops;
            for (const OperatorTime& op : operators_of(prepared, phase)) {
                sum += op.timing.total();
                flops += op.work.flops;
            }
            CHECK_THAT(sum.in(second), WithinRel(phase.time.total().in(second), 1e-12));
            CHECK_THAT(flops.in(flop), WithinRel(phase.time.flops.in(flop), 1e-12));
        }
    }
}

TEST_CASE("a bill: decode at batch 64 and its prompts, at 4.29 dollars an hour") {
    Deployment d = deployment("llama-3.1-8b", "h100");
    d.batch = 64;
    d.rental = RentalPrice{.rate = 4.29 * dollar / hour};
    const Outcome outcome = evaluated(d);
    const double prefill = outcome.prefill()->time.total().in(second);
    const double step = outcome.decode()->time.total().in(second);
    const double rate = 256 / (prefill + 255 * step / 64);
    CHECK_THAT(outcome.bill->output.in(token / second), WithinRel(rate, 1e-12));
    CHECK_THAT((outcome.bill->per_output_token * (1e6 * token)).in(dollar),
               WithinRel(4.29 / 3600 / rate * 1e6, 1e-12));
}

TEST_CASE("metrics answer what they can and nothing else") {
    const Outcome outcome = evaluated(deployment("llama-3.1-8b", "h100x2"));
    const auto value = [&](std::string_view id) {
        return find_metric(id)->get(figures_of(outcome));
    };
    CHECK(value("gpus") == 2);
    CHECK(value("power") == 1400);
    CHECK(value("tpot") == outcome.decode()->time.total().in(second));
    CHECK(*value("e2e") == *value("ttft") + 255 * *value("tpot"));
    CHECK_FALSE(value("usd_per_1m_output"));
    CHECK(find_metric("tpott") == nullptr);
}

}  // namespace outcome_test
