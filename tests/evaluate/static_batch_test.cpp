#include "evaluate/static_batch.hpp"

#include "catch.hpp"
#include "deployed.hpp"
#include "fault.hpp"

namespace static_batch_test {

using namespace roofline;

namespace {

StaticBatch four(const std::string& device, const CalibrationScales& scales = {}) {
    return static_batch(deployed("llama-3.1-8b@" + device + " batch=4 isl=100 osl=101"),
                        Efficiency(), scales);
}

double ms(Seconds time) { return time.in(millisecond); }

}  // namespace

TEST_CASE("a batch of 4 is 4 requests in flight of a server, who has vLLM's name by default") {
    const Deployment d = complete_batch(deployed("llama-3.1-8b@h100 batch=4 isl=100 osl=101"));
    CHECK(d.concurrency == 4);
    CHECK(d.batch == 4);
    CHECK(d.engine->program == ServingEngine::vllm);
    CHECK(d.tensor_parallel == 1);
    CHECK(fault_of([] { complete_batch(deployed("llama-3.1-8b@h100")); }).code ==
          ErrorCode::missing_argument);
}

TEST_CASE("at full rates: 400 tokens of prompts, then 100 steps at a mean of 150.5 tokens") {
    const StaticBatch batch = four("h100");
    // 15,009,316,864 B of weights and 4 x 151.5 tokens of 131,072 B at 3.35 TB/s.
    CHECK_THAT(ms(batch.step), WithinRel(4.504102, 1e-6));
    // 800 x 6,979,321,856 FLOP at 989.4 TFLOP/s are 5.6433 ms, the head's 1.05 GB 0.3136 ms, and
    // 4 x 5050 pairs of 524,288 FLOP 0.0107 ms.
    CHECK_THAT(ms(batch.prompts), WithinRel(5.9676, 1e-3));
    CHECK_THAT(ms(batch.whole), WithinRel(5.9676 + 450.4102, 1e-4));
    CHECK_THAT(batch.output_per_gpu.in(token / second), WithinRel(404 / 0.4563778, 1e-4));
}

TEST_CASE("scales stretch first tokens and steps apart") {
    const StaticBatch plain = four("h100");
    const StaticBatch first = four("h100", {.interference = 9, .first_token = 2});
    CHECK_THAT(first.prompts / plain.prompts, WithinRel(2, 1e-12));
    CHECK(first.step == plain.step);
    const StaticBatch steps = four("h100", {.decode_step = 3});
    CHECK(steps.prompts == plain.prompts);
    CHECK_THAT(steps.step / plain.step, WithinRel(3, 1e-12));
    CHECK_THAT(ms(steps.whole), WithinRel(5.9676 + 1351.2306, 1e-4));
}

TEST_CASE("output is that of one GPU of an instance, whatever the replicas") {
    const StaticBatch two = four("h100x2 tp=2");
    CHECK_THAT(two.output_per_gpu.in(token / second), WithinRel(202 / two.whole.in(second), 1e-12));
    const StaticBatch replicas = four("h100x2 replicas=2");
    CHECK_THAT(replicas.output_per_gpu.in(token / second), WithinRel(404 / 0.4563778, 1e-4));
}

}  // namespace static_batch_test
