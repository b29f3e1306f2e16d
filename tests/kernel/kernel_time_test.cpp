#include "kernel/kernel_time.hpp"

#include "roofline/catalog/catalog.hpp"

#include "catch.hpp"

#include <cmath>

namespace kernel_time_test {

using namespace roofline;

TEST_CASE("a square product on an H100: 4.6 us + root of (137.4 G / (989.4 T x share))2 + moved2") {
    Catalog catalog;
    const auto device = catalog.device("h100");
    const GemmEfficiency efficiency{
        .roof = {.compute = 0.5, .memory = 0.5, .fixed = 4.6 * microsecond}};
    const double compute = 2 * 4096.0 * 4096 * 4096 / (989.4e12 * 0.5);
    const double memory = 3 * 2 * 4096.0 * 4096 / (3.35e12 * 0.5);
    CHECK_THAT(gemm_time({4096, 4096, 4096}, efficiency, *device)->in(second),
               WithinRel(4.6e-6 + std::hypot(compute, memory), 1e-12));
}

TEST_CASE("of a device that was measured its own row is taken, of others the usual one") {
    Catalog catalog;
    const GemmEfficiencies& all = gemm_efficiencies();
    const GemmEfficiency* own =
        all.of(*catalog.device("h100"), WeightFormat::bf16, ServingEngine::vllm);
    CHECK(own->evidence.device == "h100-sxm");
    CHECK(own->evidence.engine == ServingEngine::vllm);
    CHECK(all.of(*catalog.device("l4"), WeightFormat::bf16, {})->evidence.device.empty());
    CHECK(all.of(*catalog.device("l4"), WeightFormat::int3, {}) == nullptr);
}

TEST_CASE(
    "a prompt of 100 tokens is padded to one tile of 128: 4 x 64 x 128 x 256 / 2 FLOP a head") {
    Catalog catalog;
    const auto device = catalog.device("h100");
    const PrefillAttentionEfficiency efficiency{.roof = {.compute = 0.5, .memory = 1e9}};
    const AttentionShape shape = grouped_query_shape(
        1, 100, {.heads = 8, .kv_heads = 8, .head_dim = 64, .bytes_per_element = 2});
    const double compute = 8 * 4 * 64 * 128.0 * 256 / 2 / (989.4e12 * 0.5);
    CHECK_THAT(prefill_attention_time(shape, efficiency, *device)->in(second),
               WithinRel(compute, 1e-6));
}

TEST_CASE("a decoding token reads 2 x 8 x 128 x 2 B for each of 1,000 before it") {
    Catalog catalog;
    const auto device = catalog.device("h100");
    const DecodeAttentionEfficiency efficiency{
        .roof = {.compute = 0, .memory = 0.5, .fixed = 9 * microsecond},
        .per_1k_heads = 2 * microsecond};
    const AttentionShape shape = grouped_query_shape(
        4, 1000, {.heads = 32, .kv_heads = 8, .head_dim = 128, .bytes_per_element = 2});
    CHECK_THAT(
        decode_attention_time(shape, efficiency, *device)->in(second),
        WithinRel(9e-6 + 4 * 1000.0 * 2 * 8 * 128 * 2 / (3.35e12 * 0.5) + 4 * 32 / 1e3 * 2e-6,
                  1e-12));
}

TEST_CASE("64 tokens with 8 of 256 experts on 8 ranks: 64 rows on 32 experts, at random fewer") {
    const ExpertsShape shape{.tokens = 64,
                             .hidden = 7168,
                             .width = 2048,
                             .active = 8,
                             .experts = 256,
                             .expert_parallel = 8};
    CHECK(shape.rows() == 64);
    CHECK(shape.touched_evenly() == 32);
    CHECK_THAT(shape.touched_at_random(), WithinRel(32 * (1 - std::pow(1 - 8.0 / 256, 64)), 1e-12));
    Catalog catalog;
    const auto device = catalog.device("h200");
    const ExpertsEfficiency efficiency{.format = WeightFormat::fp8,
                                       .arithmetic = Precision::fp8,
                                       .roof = {.compute = 1e9, .memory = 0.5}};
    CHECK_THAT(experts_time(shape, 32, efficiency, *device)->in(second),
               WithinRel(32 * 3 * 7168.0 * 2048 / (4.8e12 * 0.5), 1e-9));
}

TEST_CASE("8 devices send 2 x 7/8 of 16 MB for an all-reduce: 28 MB over 450 GB/s = 62.2 us") {
    const Bytes buffer = 16e6 * byte;
    CHECK_THAT(sent_bytes(Collective::all_reduce, buffer, 8).in(byte), WithinRel(28e6, 1e-12));
    CHECK_THAT(sent_bytes(Collective::all_gather, buffer, 8).in(byte), WithinRel(14e6, 1e-12));
    const BytesPerSecond link = 450 * gigabyte / second;
    const CollectiveEfficiency nccl{
        .link_share = 0.5, .fixed = 5 * microsecond, .per_device = 1 * microsecond, .per_root = 2};
    const double ideal = 28e6 / 450e9 * 1e6;
    CHECK_THAT(collective_time(Collective::all_reduce, buffer, 8, nccl, link).in(microsecond),
               WithinRel(5 + 8 + 2 * std::sqrt(ideal) + ideal / 0.5, 1e-12));
}

TEST_CASE("a small buffer goes to everyone at once: 7 x 8 kB at half the link, 0.25 us") {
    const CustomAllReduceEfficiency custom{
        .one_shot_share = 0.5, .two_shot_share = 1, .per_root = 10};
    CHECK_THAT(
        custom_all_reduce_time(8e3 * byte, 8, custom, 450 * gigabyte / second).in(microsecond),
        WithinRel(7 * 8e3 / (450e9 * 0.5) * 1e6, 1e-12));
}

}  // namespace kernel_time_test
