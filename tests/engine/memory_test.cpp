#include "roofline/engine/memory.hpp"

#include "catch.hpp"
#include "engine/ledgers.hpp"

namespace memory_test {

using namespace roofline;

namespace {

double gib(Bytes bytes) { return bytes.in(gibibyte); }

// What a server printed of its card and weights, and the terms that follow, in GiB.
struct Logged {
    std::string scenario;
    double reported, weights;
    double usable, sampler, forward, other, room;
};

const std::vector<Logged>& vllm_rows() {
    static const std::vector<Logged> rows{
        {"llama-3.1-8b@h100-sxm engine=vllm@0.11", 79.19, 14.99, 71.27, 4.76, 0.91, 0.12, 51.40},
        {"llama-3.3-70b@h100-sxm quant=fp8 engine=vllm@0.11", 79.19, 67.72, 71.27, 4.82, 1.81, 0.12,
         -1.39},
        {"llama-3.3-70b@h100-sxmx2 tp=2 quant=fp8 engine=vllm@0.11", 79.19, 33.88, 71.27, 4.82,
         1.16, 0.55, 32.02},
        {"gpt-oss-120b@h100-sxm engine=vllm@0.10.1", 79.19, 65.97, 71.27, 7.41, 0.88, 0.12, -2.23},
        {"gpt-oss-120b@h100-sxm engine=vllm@0.11 mem-share=0.95", 79.19, 64.38, 75.23, 7.41, 0.88,
         0.12, 3.32},
        {"qwen3-235b-a22b@h100-sxmx4 tp=4 quant=fp8 engine=vllm@0.9.2", 79.19, 55.11, 71.27, 5.63,
         0.89, 1.70, 8.83},
        {"qwen2.5-1.5b@l4 engine=vllm@0.7 max-model-len=4096", 22.06, 2.88, 19.85, 1.40, 0.25, 0.12,
         15.45},
        {"qwen3-4b@rtx-3090 engine=vllm@0.8 mem-share=0.95 max-num-seqs=1 max-model-len=10000", 12,
         7.56, 11.40, 0.05, 0.73, 0.12, 2.99},
        {"qwen2.5-1.5b@h200-sxm engine=vllm@0.19", 139.81, 2.88, 125.83, 1.47, 0.50, 0.20, 121.28},
    };
    return rows;
}

constexpr auto sglang_mi355x = "qwen3-30b-a3b@mi355x engine=sglang@0.5.9";
constexpr auto sglang_h200 = "deepseek-r1@h200-sxmx8 tp=8 engine=sglang@0.5 mem-share=0.82";

}  // namespace

TEST_CASE(
    "vllm's ledger by hand: 1,024 x 201,088 words x 4 B x 9.6 copies are 7.41 GiB, and so on") {
    for (const Logged& row : vllm_rows()) {
        INFO(row.scenario);
        const MemoryLedger ledger = ledger_with(row.scenario, row.reported, row.weights);
        CHECK_THAT(gib(ledger.usable), WithinAbs(row.usable, 0.02));
        CHECK_THAT(gib(ledger.weights), WithinAbs(row.weights, 0.02));
        CHECK_THAT(gib(ledger.sampler), WithinAbs(row.sampler, 0.02));
        CHECK_THAT(gib(ledger.forward), WithinAbs(row.forward, 0.02));
        CHECK_THAT(gib(ledger.other), WithinAbs(row.other, 0.02));
        CHECK(ledger.graphs == Bytes());
        CHECK(ledger.working == std::max(ledger.sampler, ledger.forward));
        CHECK_THAT(gib(ledger.room()), WithinAbs(row.room, 0.02));
    }
}

TEST_CASE("sglang's room: 0.911 of 287.18 less 56.98, 0.82 of 137.91 less 79.29: 516 k tokens") {
    const MemoryLedger alone = ledger_with(sglang_mi355x, 287.98, 56.98);
    CHECK_THAT(gib(alone.base), WithinAbs(0.80, 0.02));
    CHECK_THAT(gib(alone.reported - alone.base), WithinAbs(287.18, 0.02));
    CHECK_THAT(gib(alone.usable), WithinAbs(261.62, 0.02));
    CHECK_THAT(gib(alone.room()), WithinAbs(204.65, 0.02));
    Prepared eight = prepared_with(sglang_h200, 139.81);
    eight.server.weights = 79.29 * gibibyte;
    const MemoryLedger ledger = memory_of(eight);
    CHECK_THAT(gib(ledger.base), WithinAbs(1.90, 0.02));
    CHECK_THAT(gib(ledger.usable), WithinAbs(113.09, 0.02));
    CHECK_THAT(gib(ledger.room()), WithinAbs(33.80, 0.02));
    CHECK_THAT(*cache_tokens(eight.workload, ledger), WithinAbs(516e3, 1e3));
}

TEST_CASE("llama.cpp's buffer for 512 tokens: 512 x 4 x (152,064 + 3,584) B are 304.00 MiB") {
    const MemoryLedger ledger =
        ledger_with("qwen2.5-7b@rtx-3090 quant=q8_0 engine=llama.cpp prefill-chunk=512");
    CHECK(ledger.working.in(mebibyte) == 304);
    CHECK_THAT(ledger.weights.in(mebibyte), WithinRel(7165.0, 0.01));
    CHECK(ledger.usable == ledger.reported);
}

TEST_CASE("with the tool's own weights each room is within 0.25 GiB of that with the logged ones") {
    for (const Logged& row : vllm_rows()) {
        INFO(row.scenario);
        CHECK_THAT(gib(ledger_with(row.scenario, row.reported).room()), WithinAbs(row.room, 0.25));
    }
    CHECK_THAT(gib(ledger_with(sglang_mi355x, 287.98).room()), WithinAbs(204.65, 0.25));
    CHECK_THAT(gib(ledger_with(sglang_h200, 139.81).room()), WithinAbs(33.80, 0.25));
}

TEST_CASE("trtllm: 0.9 of what weights and 6.985 GiB leave of 80 is 0.9 x (80 - 21.985)") {
    const MemoryLedger ledger = ledger_with("llama-3.1-8b@h100-sxm engine=trtllm", 80, 15);
    CHECK_THAT(gib(ledger.room()), WithinAbs(0.9 * 58.015, 1e-9));
    CHECK_THAT(gib(ledger.usable), WithinAbs(21.985 + 0.9 * 58.015, 1e-9));
    CHECK(gib(ledger.spread) == 3);
}

TEST_CASE(
    "a start is sure, in doubt or none: 0.7, 0.5 and -0.7 GiB beside one request, known to 0.6") {
    MemoryLedger ledger{.reported = 80 * gibibyte,
                        .usable = 72 * gibibyte,
                        .weights = 60 * gibibyte,
                        .working = 8 * gibibyte,
                        .other = 1 * gibibyte,
                        .need = 2.3 * gibibyte,
                        .spread = 0.6 * gibibyte};
    CHECK(gib(ledger.reserve()) == 9);
    CHECK(gib(ledger.room()) == 3);
    CHECK(ledger.starts() == Starts::yes);
    CHECK(ledger.granted() == ledger.room());
    ledger.need = 2.5 * gibibyte;
    CHECK(ledger.starts() == Starts::marginal);
    CHECK_THAT(gib(ledger.granted()), WithinAbs(2.5, 1e-12));  // one request, not 3 - 0.6
    ledger.need = 3.5 * gibibyte;
    CHECK(ledger.starts() == Starts::marginal);
    ledger.need = 3.7 * gibibyte;
    CHECK(ledger.starts() == Starts::no);
    CHECK_FALSE(ledger.fits());
    CHECK(ledger.can_fit());
    CHECK_THAT(gib(ledger.missing()), WithinAbs(0.7, 1e-12));
    ledger.need = 20.5 * gibibyte;
    CHECK_FALSE(ledger.can_fit());
}

TEST_CASE(
    "what starts may not hold all that is asked: 5 GiB of sequences in a room of 3 are 2 short") {
    const MemoryLedger ledger{.reported = 80 * gibibyte,
                              .usable = 72 * gibibyte,
                              .weights = 60 * gibibyte,
                              .working = 9 * gibibyte,
                              .need = 1 * gibibyte,
                              .cache = 5 * gibibyte};
    CHECK(ledger.starts() == Starts::yes);
    CHECK_FALSE(ledger.fits());
    CHECK_THAT(gib(ledger.missing()), WithinAbs(2, 1e-12));
    CHECK(gib(ledger.used()) == 74);
}

TEST_CASE(
    "70B in bf16 cannot fit one H100: 131.4 GiB of weights and 1.25 of 4,096 tokens against 79.1") {
    const MemoryLedger ledger =
        ledger_with("llama-3.1-70b@h100-sxm isl=4095 osl=1 context=4096", 79.11);
    CHECK_FALSE(ledger.fits());
    CHECK_FALSE(ledger.can_fit());
    CHECK_THAT(gib(ledger.weights), WithinAbs(131.42, 0.01));
    CHECK(gib(ledger.need) == 1.25);
}

TEST_CASE(
    "a cache has whole pages of 16 tokens: 17 take 32, and a room has places for whole ones") {
    const Prepared prepared = prepared_with("llama-3.1-8b@h100-sxm isl=16 osl=1 context=17");
    CHECK(paged(prepared.workload.cache, 17) == 32 * 131072.0 * byte);
    CHECK(paged(prepared.workload.cache, 32) == 32 * 131072.0 * byte);
    MemoryLedger ledger = memory_of(prepared);
    CHECK(ledger.cache == 32 * 131072.0 * byte);
    CHECK(ledger.need == ledger.cache);
    ledger.usable = ledger.weights + ledger.reserve() + 100 * 131072.0 * byte;
    CHECK(cache_tokens(prepared.workload, ledger) == 96);
    ledger.usable = ledger.weights;
    CHECK(cache_tokens(prepared.workload, ledger) == 0);
}

// 70 - 15 GiB hold 110 sequences of 4,096 tokens, half a GiB each.
TEST_CASE(
    "the largest batch is what the room holds, at most what the server was told, of each rank") {
    Prepared prepared = prepared_with("llama-3.1-8b@h100-sxm isl=4096 osl=256 context=4096");
    const auto most = [&] {
        return largest_batch(prepared.server, prepared.workload, {.tokens = 4096, .longest = 4352});
    };
    prepared.server = {.rule = MemoryRule::whole,
                       .reported = 70 * gibibyte,
                       .weights = 15 * gibibyte,
                       .sequences = 64};
    CHECK(most() == 110);
    prepared.server.sequences_given = true;
    CHECK(most() == 64);
    prepared.workload.layout.data = 2;
    CHECK(most() == 128);
    prepared.server.reported = 15 * gibibyte;
    CHECK(most() == 0);
}

// A logit of each sequence takes 100 MiB: 55 GiB hold 56,320 / (512 + 100) = 92.03.
TEST_CASE("a larger batch has more logits: 92 sequences of half a GiB beside 100 MiB in 55 GiB") {
    Prepared prepared = prepared_with("llama-3.1-8b@h100-sxm isl=4096 osl=256 context=4096");
    prepared.server = {.rule = MemoryRule::whole,
                       .reported = 70 * gibibyte,
                       .weights = 15 * gibibyte,
                       .sequences = 16,
                       .step_tokens = 8192,
                       .per_sampled = 100 * mebibyte};
    const Held held{.tokens = 4096, .longest = 4352};
    CHECK(largest_batch(prepared.server, prepared.workload, held) == 92);
}

// 1,000 tokens take 125 MiB, and 1 MiB each beside them: of 1 GiB, 1,024 / 1.125 = 910.2.
TEST_CASE("a longer request needs more working memory beside its cache: 896 tokens in a GiB") {
    Prepared prepared = prepared_with("llama-3.1-8b@h100-sxm");
    prepared.server = {.rule = MemoryRule::whole,
                       .reported = 16 * gibibyte,
                       .weights = 15 * gibibyte,
                       .per_context_token = mebibyte};
    const auto most = largest_context(prepared.server, prepared.workload, {.longest = 1}, 1e6);
    CHECK(most == 910);
}

TEST_CASE("what keeps nothing has no largest batch, and needs no room for a request") {
    const Prepared prepared = prepared_with("siglip-so400m-patch14-384@h100-sxm");
    const MemoryLedger ledger = memory_of(prepared);
    CHECK_FALSE(largest_batch(prepared.server, prepared.workload, held_of(prepared)));
    CHECK_FALSE(largest_context(prepared.server, prepared.workload, held_of(prepared), 729));
    CHECK_FALSE(cache_tokens(prepared.workload, ledger));
    CHECK(ledger.cache == Bytes());
    CHECK(ledger.fits());
}

}  // namespace memory_test
