#include "roofline/engine/memory.hpp"

#include "catch.hpp"
#include "engine/ledgers.hpp"
#include "fault.hpp"

namespace server_memory_test {

using namespace roofline;

namespace {

// What is loaded beyond the model's own weights.
double loaded_beyond(const std::string& scenario) {
    const Prepared prepared = prepared_with(scenario);
    return (prepared.server.weights - prepared.workload.weights).in(byte);
}

double share_of(const std::string& scenario, double gib) {
    return prepared_with(scenario, gib).server.share;
}

double step_tokens(const std::string& scenario) { return ledger_with(scenario).step_tokens; }
double graphs_gib(const std::string& scenario) { return ledger_with(scenario).graphs.in(gibibyte); }

}  // namespace

// 36 layers x 128 experts x 3 matrices of 2,880 x 2,880 in 4.25 bits are 60,914,073,600 bytes.
TEST_CASE("mxfp4 experts on Hopper: 2,880 is 3,072, x 1.0667 with Triton, x 1.0904 with Marlin") {
    constexpr double experts = 60914073600;
    CHECK_THAT(loaded_beyond("gpt-oss-120b@h100-sxm engine=vllm@0.11"),
               WithinRel(experts * (3072.0 / 2880 - 1), 1e-9));
    CHECK_THAT(loaded_beyond("gpt-oss-120b@h100-sxm engine=vllm@0.10.1"),
               WithinRel(experts * (3072.0 / 2880 * 2944 / 2880 - 1), 1e-9));
    // Half of each expert is 1,440 wide, 1,536 with Marlin; of whole experts half are on each GPU.
    CHECK_THAT(loaded_beyond("gpt-oss-120b@h100-sxmx2 tp=2 engine=vllm@0.10.1"),
               WithinRel(experts / 2 * (3072.0 / 2880 * 1536 / 1440 - 1), 1e-9));
    CHECK_THAT(loaded_beyond("gpt-oss-120b@h100-sxmx2 tp=2 ep=2 engine=vllm@0.10.1"),
               WithinRel(experts / 2 * (3072.0 / 2880 * 2944 / 2880 - 1), 1e-9));
    CHECK_THAT(ledger_with("gpt-oss-120b@h100-sxm engine=vllm@0.11").weights.in(gibibyte),
               WithinAbs(64.5, 0.05));
}

TEST_CASE("nothing is padded on other cards, in other formats, or by other engines") {
    CHECK(loaded_beyond("gpt-oss-120b@b200-sxm engine=vllm@0.11") == 0);
    CHECK(loaded_beyond("gpt-oss-120b@h100-sxmx4 tp=4 quant=bf16 engine=vllm@0.11") == 0);
    CHECK(loaded_beyond("gpt-oss-120b@h100-sxm engine=sglang") == 0);
    CHECK(loaded_beyond("qwen3-30b-a3b@h100-sxm engine=vllm@0.11") == 0);
}

TEST_CASE("sglang keeps 512 + 1.5 x 16,384 + 2 x 512 + 128 MiB of an MI355X: a share of 0.911") {
    const std::string model = "llama-3.1-8b@";
    CHECK_THAT(share_of(model + "mi355x engine=sglang", 287.98),
               WithinRel(1 - 26240 / (287.98 * 1024), 1e-12));
    CHECK_THAT(share_of(model + "mi355x engine=sglang", 287.98), WithinAbs(0.911, 0.0005));
    // A card of 22 GiB: 512 + 1.5 x 2,048 + 2 x 24 + 128; four of 79: 512 more graphs and GPUs.
    CHECK_THAT(share_of(model + "l4 engine=sglang", 22.06),
               WithinRel(1 - 3760 / (22.06 * 1024), 1e-12));
    CHECK_THAT(share_of(model + "h100-sxmx4 tp=4 engine=sglang", 79.19),
               WithinRel(1 - 14336 / (79.19 * 1024), 1e-12));
    // Chunks of 2,048 would keep 4,224; a card beyond 60 GiB keeps 10,240 at least.
    CHECK_THAT(share_of(model + "h100-sxm engine=sglang prefill-chunk=2048", 79.19),
               WithinRel(1 - 10240 / (79.19 * 1024), 1e-12));
    CHECK(share_of(model + "h100-sxm engine=sglang mem-share=0.7", 79.19) == 0.7);
    CHECK(share_of(model + "h100-sxm engine=sglang@0.4", 79.19) == 0.88);
}

// 152,064 words x 3,584 in 8.5 bits.
TEST_CASE("llama.cpp leaves the untied embedding, 579,059,712 B, on the host, and no tied one") {
    CHECK_THAT(loaded_beyond("qwen2.5-7b@rtx-3090 quant=q8_0 engine=llama.cpp"),
               WithinRel(-152064 * 3584 * 8.5 / 8, 1e-12));
    CHECK(loaded_beyond("qwen2.5-0.5b@rtx-3090 quant=q8_0 engine=llama.cpp") == 0);
    CHECK(loaded_beyond("qwen2.5-7b@rtx-3090 quant=q8_0 engine=generic") == 0);
}

// Heads x context x 512 scores in 4 bytes: 28 x 4,096; and 8 hidden states of 512 x 3,584.
TEST_CASE("llama.cpp before b6325 writes scores, 224 + 56 MiB; after it masks of long contexts") {
    const auto working = [](const std::string& scenario) {
        return ledger_with(scenario).working.in(mebibyte);
    };
    CHECK(working("qwen2.5-7b@rtx-3090 quant=q8_0 engine=llama.cpp@b6000 max-model-len=4096") ==
          280);
    const std::string long_one = "llama-3.1-8b@h100-sxm engine=llama.cpp max-model-len=";
    CHECK(working(long_one + "32768") == 258.5);  // 512 x 4 x (128,256 + 4,096)
    CHECK(working(long_one + "65536") == 258.5 + 64);
    CHECK_THAT(working("llama-3.1-8b@h100-sxmx2 pp=2 engine=llama.cpp"),
               WithinRel(1.3 * 258.5, 1e-12));
}

TEST_CASE(
    "a step of vllm 0.7 holds the longest request, from 2,048 to 32,768 tokens, or what is said") {
    const std::string v0 = "llama-3.1-8b@h100-sxm engine=vllm@0.7 max-model-len=";
    CHECK(step_tokens(v0 + "1500") == 2048);
    CHECK(step_tokens(v0 + "10000") == 10000);
    CHECK(step_tokens(v0 + "32768") == 32768);
    CHECK(step_tokens(v0 + "40000") == 2048);
    CHECK(step_tokens(v0 + "10000 prefill-chunk=4096") == 4096);
    CHECK(step_tokens("llama-3.1-8b@h100-sxm engine=vllm@0.11 max-model-len=10000") == 8192);
    CHECK(step_tokens("llama-3.1-8b@a100-sxm-80gb engine=vllm@0.11 max-model-len=10000") == 2048);
}

TEST_CASE("graphs count from 0.21: 0.2 + 0.025 x 32 layers, a quarter of that at 64 sequences") {
    const std::string model = "llama-3.1-8b@h100-sxm";
    CHECK(graphs_gib(model + " engine=vllm@0.20") == 0);
    CHECK_THAT(graphs_gib(model + " engine=vllm@0.21"), WithinAbs(1.0, 1e-12));
    CHECK_THAT(graphs_gib(model + " engine=vllm@0.21 max-num-seqs=64"), WithinAbs(0.4, 1e-12));
    CHECK_THAT(graphs_gib(model + "x2 pp=2 engine=vllm@0.21"), WithinAbs(0.6, 1e-12));
    CHECK(graphs_gib(model + " engine=vllm@0.21 eager=true") == 0);
}

TEST_CASE(
    "a batch beyond the default is let in, and the sampler grows; one beyond a limit is not") {
    const std::string model = "llama-3.1-8b@h100-sxm batch=2000 isl=16 osl=16 engine=vllm@0.11";
    CHECK(ledger_with(model).sequences == 2000);
    CHECK(ledger_with(model).sampler > ledger_with("llama-3.1-8b@h100-sxm batch=1000 isl=16 osl=16 "
                                                   "engine=vllm@0.11 max-num-seqs=1024")
                                           .sampler);
    CHECK(fault_of([&] { ledger_with(model + " max-num-seqs=1024"); }).message ==
          "`batch 2000` is more than `max-num-seqs 1024`");
    CHECK_FALSE(ledger_with("llama-3.1-8b@h100-sxm engine=sglang").sequences);
}

TEST_CASE("an encoder samples nothing: only the driver is beside its weights") {
    const MemoryLedger ledger = ledger_with("siglip-so400m-patch14-384@h100-sxm engine=vllm@0.11");
    CHECK(ledger.working == Bytes());
    CHECK_THAT(ledger.other.in(gibibyte), WithinAbs(0.12, 1e-12));
}

TEST_CASE("GPUs that share every layer count: 0.55 of two, 1.7 of four, 0.30 without a link") {
    const auto other = [](const std::string& hardware) {
        return ledger_with("llama-3.1-8b@" + hardware + " engine=vllm@0.11").other.in(gibibyte);
    };
    CHECK_THAT(other("h100-sxmx2 tp=2"), WithinAbs(0.55, 1e-12));
    CHECK_THAT(other("h100-sxmx4 tp=4"), WithinAbs(1.7, 1e-12));
    CHECK_THAT(other("l40sx2 tp=2"), WithinAbs(0.30, 1e-12));
    CHECK_THAT(other("h100-sxmx2 pp=2"), WithinAbs(0.12, 1e-12));
    CHECK_THAT(other("mi300x"), WithinAbs(0.5, 1e-12));
}

}  // namespace server_memory_test
