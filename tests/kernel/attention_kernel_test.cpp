#include "kernel/attention_kernel.hpp"

#include "roofline/catalog/catalog.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace attention_kernel_test {

using namespace roofline;

namespace {

// Of 4 sequences with 32 heads over 8 of keys, each of 128 numbers.
AttentionRequest grouped(double queries, double keys) {
    return {
        .batch = 4, .queries = queries, .keys = keys, .heads = 32, .kv_heads = 8, .head_dim = 128};
}

AttentionRequest latent(double queries, double keys) {
    return {.batch = 2, .queries = queries, .keys = keys, .heads = 128, .latent = true};
}

Expectation expected(const AttentionRequest& request, std::string_view name,
                     MemoryLevel level = MemoryLevel::dram) {
    Catalog catalog;
    const auto device = catalog.device(name);
    const PlacedKernel placed{flash_kernel(request), *ridge_of(*device, Precision::bf16, level)};
    return expected_attention(request, placed, *device, {});
}

}  // namespace

TEST_CASE("a token of each sequence sees 1000 keys: 512 FLOP a pair, 4 x 1000 x 4096 B, and rows") {
    const Kernel kernel = flash_kernel(grouped(1, 1000));
    CHECK(kernel.name == "FlashAttention");
    CHECK(kernel.flops.in(flop) == 4 * 32 * 1000 * 512.);
    // 2 B of 128 x 8 keys and as many values; queries in and results out, 4 x 32 x 128 each.
    CHECK(kernel.bytes.in(byte) == 4 * 1000 * 4096 + 2 * 16384 * 2.);
    AttentionRequest narrow = grouped(1, 1000);
    narrow.stored = Precision::fp8;
    CHECK(flash_kernel(narrow).bytes.in(byte) == 4 * 1000 * 2048 + 2 * 16384 * 2.);
}

TEST_CASE("100 causal tokens make 5050 pairs of 10,000, with a window of 10 only 955") {
    AttentionRequest request = grouped(100, 100);
    CHECK(flash_kernel(request).flops.in(flop) == 4 * 32 * 5050 * 512.);
    request.window = {.reach = Reach::sliding, .tokens = 10};
    CHECK(flash_kernel(request).flops.in(flop) == 4 * 32 * 955 * 512.);
    request.window = {};
    request.causal = false;
    CHECK(flash_kernel(request).flops.in(flop) == 4 * 32 * 10000 * 512.);
    // A token with a window of 10 looks at 10 keys, 5 of them at 14.
    AttentionRequest windowed = grouped(1, 1000);
    windowed.window = {.reach = Reach::sliding, .tokens = 10};
    CHECK(flash_kernel(windowed).bytes.in(byte) == 4 * 10 * 4096 + 65536.);
    windowed.queries = 5;
    CHECK(flash_kernel(windowed).bytes.in(byte) == 4 * 14 * 4096 + 5 * 65536.);
}

TEST_CASE("naive attention works on all pairs, and moves their scores four times") {
    AttentionRequest request = grouped(100, 100);
    request.window = {.reach = Reach::sliding, .tokens = 10};
    const Kernel kernel = naive_kernel(request);
    CHECK(kernel.name == "naive");
    CHECK(kernel.flops.in(flop) == 4 * 32 * 10000 * 512.);
    // All keys and values, queries and results, and 4 x 1.28 M scores of 2 B.
    CHECK(kernel.bytes.in(byte) == 4 * 100 * 4096 + 100 * 65536. + 4 * 1280000 * 2.);
}

TEST_CASE("latents: a prompt head by head, a token in 576 numbers a key") {
    // 2 (192 + 128) FLOP a pair; 4 B of as many numbers a token and head.
    const Kernel prompt = flash_kernel(latent(10, 10));
    CHECK(prompt.name == "latent attention");
    CHECK(prompt.flops.in(flop) == 2 * 128 * 55 * 640.);
    CHECK(prompt.bytes.in(byte) == 2 * 10 * 128 * 320 * 4.);
    // 2 (2 x 512 + 64) FLOP a pair.
    const Kernel token = flash_kernel(latent(1, 1000));
    CHECK(token.flops.in(flop) == 2 * 128 * 1000 * 2176.);
    CHECK(token.bytes.in(byte) == 2 * 1000 * 576 * 2.);
}

TEST_CASE("lengths, heads and latents that do not fit together are refused") {
    check(grouped(1, 1));
    check(latent(1, 100));
    AttentionRequest heads = grouped(1, 1);
    heads.kv_heads = 5;
    const Fault uneven = fault_of([&] { check(heads); });
    CHECK(uneven.code == ErrorCode::does_not_divide);
    CHECK(uneven.message == "`kv-heads 5` does not divide `heads 32`");
    const Fault part = fault_of([] { check(latent(5, 100)); });
    CHECK(part.code == ErrorCode::conflicting_arguments);
    CHECK(part.message ==
          "`latent` knows whole prompts and single tokens: `q-len` is 1 or `kv-len`");
    AttentionRequest windowed = latent(1, 100);
    windowed.window = {.reach = Reach::sliding, .tokens = 10};
    const Fault window = fault_of([&] { check(windowed); });
    CHECK(window.code == ErrorCode::conflicting_arguments);
    CHECK(window.message == "`latent` attention has no `window`");
    const Fault longer = fault_of([] { check(grouped(8, 4)); });
    CHECK(longer.code == ErrorCode::conflicting_arguments);
    CHECK(longer.message ==
          "`q-len 8` is more than `kv-len 4`, which counts the queries' own keys");
}

TEST_CASE("a token and a whole prompt are expected from measured ones, latents from latents") {
    const Expectation token = expected(grouped(1, 4096), "h100");
    REQUIRE(token.kernel);
    CHECK(token.kernel->what == "decode attentions");
    CHECK(token.kernel->evidence.device == "h100-sxm");
    CHECK(token.kernel->source == attention_efficiencies().source);
    CHECK(token.kernel->time > 20 * microsecond);  // 67 MB at 3.35 TB/s
    AttentionRequest half = grouped(2048, 2048);
    half.arithmetic = half.stored = Precision::fp16;
    const Expectation prompt = expected(half, "h100");
    REQUIRE(prompt.kernel);
    CHECK(prompt.kernel->what == "prefill attentions");
    CHECK(std::get<RoofShares>(prompt.kernel->losses).compute < 1);
    CHECK(expected(latent(1, 4096), "h100").kernel->what == "decode attentions");
    CHECK(expected(latent(2048, 2048), "h100").kernel->what == "prefill attentions");
}

TEST_CASE("what was not measured says so: parts of prompts, windows, caches, heads") {
    const std::string shapes =
        "measured were whole causal prompts and single tokens, without a window, from DRAM";
    CHECK(expected(grouped(5, 100), "h100").why_not == shapes);
    CHECK(expected(grouped(1, 100), "h100", MemoryLevel::l2).why_not == shapes);
    AttentionRequest request = grouped(100, 100);
    request.causal = false;
    CHECK(expected(request, "h100").why_not == shapes);
    request = grouped(1, 100);
    request.window = {.reach = Reach::sliding, .tokens = 10};
    CHECK(expected(request, "h100").why_not == shapes);
    request = grouped(1, 100);
    request.stored = Precision::int8;
    CHECK(expected(request, "h100").why_not == "no int8 cache was measured");
    request = grouped(1, 100);
    request.head_dim = 96;
    const Expectation odd = expected(request, "h100");
    CHECK(odd.why_not == "no such attention was measured: heads of this size, or these formats");
    CHECK_FALSE(odd.kernel);
}

}  // namespace attention_kernel_test
