#include "roofline/workload/parameters.hpp"

#include "roofline/catalog/catalog.hpp"

#include "catch.hpp"

namespace parameters_test {

using namespace roofline;

namespace {

double billions(std::string_view name) { return parameters(*Catalog().model(name)).total() / 1e9; }
double active_billions(std::string_view name) {
    return active_parameters(*Catalog().model(name)) / 1e9;
}

}  // namespace

TEST_CASE("Llama-3.1-8B has exactly 8,030,261,248 parameters") {
    // 2 x 128256 x 4096 + 32 x (2 x 4096 x 4096 + 2 x 4096 x 1024 + 3 x 4096 x 14336 + 2 x 4096) +
    // 4096
    CHECK(parameters(*Catalog().model("llama-3.1-8b")).total() == 8'030'261'248.0);
}

TEST_CASE("totals of published models, in billions") {
    CHECK_THAT(billions("llama-3.1-70b"), WithinRel(70.55, 0.005));
    CHECK_THAT(billions("llama-3.1-405b"), WithinRel(405.85, 0.005));
    CHECK_THAT(billions("qwen3-235b-a22b"), WithinRel(235.1, 0.005));
    CHECK_THAT(billions("gpt-oss-120b"), WithinRel(116.8, 0.005));
    CHECK_THAT(billions("deepseek-v3"), WithinRel(671.0, 0.005));
    CHECK_THAT(billions("mixtral-8x7b"), WithinRel(46.7, 0.005));
    CHECK_THAT(billions("nemotron-h-56b"), WithinRel(56.3, 0.005));
    CHECK_THAT(billions("gemma-2-27b"), WithinRel(27.2, 0.005));
}

TEST_CASE("active parameters: routed experts in use and lm_head, not the input embedding") {
    CHECK_THAT(active_billions("qwen3-235b-a22b"), WithinRel(21.6, 0.005));
    CHECK_THAT(active_billions("gpt-oss-120b"), WithinRel(5.13, 0.005));
    CHECK_THAT(active_billions("deepseek-v3"), WithinRel(36.6, 0.005));
    CHECK(active_parameters(*Catalog().model("llama-3.1-8b")) ==
          8'030'261'248.0 - 128256.0 * 4096 - 65.0 * 4096);  // without embedding and norms
}

TEST_CASE("cache per token: 2 x 8 heads x 128 x 2 bytes x 32 layers are 131,072 bytes") {
    Catalog catalog;
    const auto reserved = [&](std::string_view name) {
        return cache_per_token(*catalog.model(name), Precision::bf16).reserved.in(byte);
    };
    CHECK(reserved("llama-3.1-8b") == 131072);
    CHECK(reserved("llama-3.1-70b") == 327680);
    CHECK(reserved("gpt-oss-120b") == 73728);
    CHECK(reserved("deepseek-v3") == 70272);
    CHECK(reserved("gemma-4-31b") == 983040);
}

TEST_CASE("the least cache counts each layer's own size: gemma-4-31b 50 x 16384 + 10 x 8192") {
    const auto model = Catalog().model("gemma-4-31b");
    CHECK(cache_per_token(*model, Precision::bf16).least.in(byte) == 50 * 16384 + 10 * 8192);
}

TEST_CASE("tensor parallelism copies key-value heads beyond their number, and latents always") {
    const auto llama = Catalog().model("llama-3.1-8b")->layers[0].mixers.at(0);
    CHECK(cache_bytes(llama, Precision::bf16, 1).in(byte) == 4096);
    CHECK(cache_bytes(llama, Precision::bf16, 8).in(byte) == 512);
    CHECK(cache_bytes(llama, Precision::bf16, 16).in(byte) == 512);
    const auto latent = Catalog().model("deepseek-v3")->layers[0].mixers.at(0);
    CHECK(cache_bytes(latent, Precision::bf16, 8).in(byte) == 576 * 2);
}

TEST_CASE("stored bytes follow what a format covers") {
    Catalog catalog;
    const auto llama = catalog.model("llama-3.1-8b");
    CHECK(stored_bytes(*llama, llama->published).in(byte) == 2 * 8'030'261'248.0);
    // 116.8 B: experts at 4.25 bits, everything else at 16.
    const auto oss = catalog.model("gpt-oss-120b");
    const double experts = 36.0 * 128 * 3 * 2880 * 2880;
    const double others = parameters(*oss).total() - experts;
    CHECK_THAT(stored_bytes(*oss, oss->published).in(byte),
               WithinRel(experts * 4.25 / 8 + others * 2, 1e-12));
}

TEST_CASE("formats of llama.cpp come to the size of its published files") {
    Catalog catalog;
    const auto gib = [&](std::string_view name, WeightFormat format) {
        const auto model = catalog.model(name);
        return stored_bytes(*model, weight_plan(*model, format)).in(1024 * mebibyte);
    };
    constexpr double rounded = 0.002;
    CHECK_THAT(gib("llama-2-7b", WeightFormat::q4_0), WithinRel(3.56, rounded));
    CHECK_THAT(gib("llama-2-7b", WeightFormat::q8_0), WithinRel(6.67, rounded));
    CHECK_THAT(gib("llama-2-7b", WeightFormat::fp16), WithinRel(12.55, rounded));
    CHECK_THAT(gib("llama-3-8b", WeightFormat::q4_k_m), WithinRel(4.58, rounded));
    CHECK_THAT(gib("llama-3-70b", WeightFormat::q4_k_m), WithinRel(39.59, rounded));
    CHECK_THAT(gib("qwen2.5-7b", WeightFormat::q8_0), WithinRel(7.54, rounded));
    CHECK_THAT(gib("qwen3-coder-30b-a3b", WeightFormat::q8_0), WithinRel(30.25, rounded));
    CHECK_THAT(gib("gpt-oss-20b", WeightFormat::mxfp4_moe), WithinRel(11.27, 0.005));
    CHECK_THAT(gib("gpt-oss-120b", WeightFormat::mxfp4_moe), WithinRel(59.02, 0.005));
}

TEST_CASE("in a file of llama.cpp a table that is lm_head too is stored like lm_head") {
    Catalog catalog;
    const auto tied = weight_plan(*catalog.model("llama-3.2-3b"), WeightFormat::q4_0);
    const auto apart = weight_plan(*catalog.model("llama-3.1-8b"), WeightFormat::q4_0);
    CHECK(tied.of(Component::embedding).format == WeightFormat::q6_k);
    CHECK(apart.of(Component::embedding).format == WeightFormat::q4_0);
    CHECK(apart.of(Component::lm_head).format == WeightFormat::q6_k);
    CHECK(apart.of(Component::router).format == WeightFormat::bf16);
    const auto oss = weight_plan(*catalog.model("gpt-oss-20b"), WeightFormat::mxfp4_moe);
    CHECK(oss.of(Component::experts).format == WeightFormat::mxfp4);
    CHECK(oss.of(Component::attention).format == WeightFormat::q8_0);
}

TEST_CASE("an encoder has no cache and no active vocabulary") {
    const auto encoder = Catalog().model("siglip-so400m");
    CHECK(cache_per_token(*encoder, Precision::bf16).reserved == Bytes());
    CHECK_THAT(parameters(*encoder).total(), WithinRel(411e6, 0.005));
}

}  // namespace parameters_test
