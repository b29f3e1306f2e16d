#include "roofline/catalog/catalog.hpp"
#include "roofline/workload/parameters.hpp"
#include "roofline/workload/workload.hpp"

#include "catch.hpp"

namespace lower_test {

using namespace roofline;

namespace {

Deployment deployment(std::string_view model, std::string_view device) {
    Catalog catalog;
    return {.model = catalog.model(model), .device = catalog.device(device)};
}

Work phase_work(const Workload& workload, Pass kind, const Step& step) {
    Work sum;
    for (const Operator& op : workload.phase(kind)->operators) {
        const Work one = work_of(op, step, workload.layout.data);
        sum.flops += one.flops * op.count;
        sum.traffic.weights += one.traffic.weights * op.count;
        sum.traffic.cache_read += one.traffic.cache_read * op.count;
        sum.traffic.cache_written += one.traffic.cache_written * op.count;
    }
    return sum;
}

}  // namespace

TEST_CASE("Llama-3.1-8B, prompt of 4096: 61.57 TFLOP and 15.55 GB") {
    // 2 x 4096 x 6.98e9 + 4 x 32 x 32 x 128 x 4096 x 4097 / 2 + 2 x 128256 x 4096
    const Workload workload = lower(complete(deployment("llama-3.1-8b", "h100")));
    const Work work = phase_work(workload, Pass::prompt, {.tokens = 4096});
    CHECK_THAT(work.flops.in(teraflop), WithinRel(61.575, 1e-4));
    CHECK_THAT(work.traffic.total().in(gigabyte), WithinRel(15.546, 1e-4));
}

TEST_CASE("Llama-3.1-8B, decode at 4096: 15.01 GB of weights and 0.537 GB of cache") {
    const Workload workload = lower(complete(deployment("llama-3.1-8b", "h100")));
    const Work work = phase_work(workload, Pass::next_token, {.tokens = 1, .before = 4095});
    CHECK(work.traffic.weights.in(byte) == 2 * (8'030'261'248.0 - 128256.0 * 4096 - 65.0 * 4096));
    CHECK(work.traffic.cache_read.in(byte) == 4096 * 131072.0);
    CHECK(work.traffic.cache_written.in(byte) == 131072);
}

TEST_CASE("weights on one GPU without sharding are the stored bytes of the whole model") {
    Catalog catalog;
    for (const std::string& id : catalog.model_ids()) {
        const Deployment d = complete(deployment(id, "b200"));
        INFO(id);
        CHECK_THAT(lower(d).weights.in(byte),
                   WithinRel(stored_bytes(*d.model, d.model->published).in(byte), 1e-12));
    }
}

TEST_CASE("tensor parallelism of 2 halves weights and cache of a grouped-query model") {
    Deployment d = deployment("llama-3.1-70b", "h100");
    const Workload one = lower(complete(d));
    d.tensor_parallel = 2;
    const Workload two = lower(complete(d));
    CHECK_THAT(two.weights.in(byte),
               WithinRel(one.weights.in(byte) / 2, 1e-4));  // norms are copied
    CHECK(two.cache.held(1000) == one.cache.held(1000) / 2.0);
}

TEST_CASE("tensor parallelism does not divide the latents of MLA") {
    Deployment d = deployment("deepseek-v3", "b200");
    const Bytes one = lower(complete(d)).cache.held(1000);
    d.tensor_parallel = 8;
    CHECK(lower(complete(d)).cache.held(1000) == one);
    CHECK(one.in(byte) == 1000 * 70272);
}

TEST_CASE("windowed layers keep their window, state-space layers a constant") {
    const Workload windowed = lower(complete(deployment("gpt-oss-120b", "h100")));
    CHECK(windowed.cache.held(4096).in(byte) == 18 * 2048.0 * (4096 + 128));
    const Workload hybrid = lower(complete(deployment("nemotron-h-56b", "b200")));
    // States in fp32; of the convolution over 256 x 64 + 2 x 8 x 256 channels 3 tokens in 16 bits.
    CHECK(hybrid.cache.held(0).in(byte) ==
          54.0 * (256 * 64 * 256 * 4 + (256 * 64 + 2 * 8 * 256) * 3 * 2));
}

TEST_CASE("sparse attention computes on at most top_k keys, its indexer on all") {
    Deployment d = deployment("deepseek-v3.2", "b200");
    const Workload workload = lower(complete(d));
    const auto flops = [&](OperatorKind kind, double context) {
        for (const Operator& op : workload.phase(Pass::next_token)->operators)
            if (op.kind == kind)
                return work_of(op, {.tokens = 1, .before = context - 1}, 1).flops.in(flop);
        return 0.0;
    };
    CHECK(flops(OperatorKind::attention, 2048) == flops(OperatorKind::attention, 65536));
    CHECK(flops(OperatorKind::attention, 2048) == 2048.0 * 2 * 128 * (2 * 512 + 64));
    CHECK(flops(OperatorKind::indexer, 65536) == 65536.0 * 2 * 64 * 128);
}

TEST_CASE("MLA multiplies full heads in prefill and latents in decode") {
    const Workload workload = lower(complete(deployment("deepseek-v3", "b200")));
    const auto per_pair = [&](Pass kind) {
        for (const Operator& op : workload.phase(kind)->operators)
            if (op.kind == OperatorKind::attention)
                return std::get<TokenAttention>(op.form).per_pair.in(flop);
        return 0.0;
    };
    CHECK(per_pair(Pass::prompt) == 2.0 * 128 * (128 + 64 + 128));
    CHECK(per_pair(Pass::next_token) == 2.0 * 128 * (2 * 512 + 64));
}

TEST_CASE("an encoder has one phase, no lm_head and sees every pair") {
    const Workload workload = lower(complete(deployment("siglip-so400m", "h100")));
    CHECK(workload.phase(Pass::next_token) == nullptr);
    const Work work = phase_work(workload, Pass::prompt, {.tokens = 729});
    // 2 x 729 x 411 M (without norms) + 4 x 27 x 16 x 72 x 729 x 729
    const double matrices = 27.0 * (4 * 1152 * 1152 + 2 * 1152 * 4304);
    CHECK_THAT(work.flops.in(flop),
               WithinRel(2 * 729 * matrices + 4.0 * 27 * 16 * 72 * 729 * 729, 1e-12));
}

TEST_CASE("expert parallelism divides experts, the rest of the GPUs their width") {
    Deployment d = deployment("deepseek-r1", "b200");
    d.tensor_parallel = 8;
    const Bytes by_width = lower(complete(d)).weights;
    d.expert_parallel = 8;
    CHECK_THAT(lower(complete(d)).weights.in(byte), WithinRel(by_width.in(byte), 1e-12));
}

TEST_CASE("pipeline stages share the layers; the larger end holds a vocabulary table") {
    Deployment d = deployment("llama-3.1-70b", "h100");
    const double one = lower(complete(d)).weights.in(byte);
    d.pipeline_parallel = 2;
    const double table = 2.0 * 128256 * 8192;
    CHECK_THAT(lower(complete(d)).weights.in(byte), WithinRel((one - 2 * table) / 2 + table, 1e-4));
}

}  // namespace lower_test
