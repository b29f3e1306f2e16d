#include "catch.hpp"
#include "fault.hpp"
#include "import/hugging_face/keys.hpp"
#include "import/hugging_face/traits.hpp"

namespace mixers_test {

using namespace roofline;
using namespace roofline::hugging_face;

namespace {

struct Read {
    std::vector<std::vector<Mixer>> mixers;
    std::vector<UnreadKey> unread;
};

// Of a model of hidden width 64.
Read read(const std::string& members, std::size_t layers = 1) {
    const JsonDocument document =
        parse_json({.name = "c.json", .text = "{" + members + "}"}, JsonDialect::strict);
    Config config(document);
    Read result{.mixers = read_mixers(config, {.layers = layers, .hidden = 64}), .unread = {}};
    config.refuse_missing();
    result.unread = unread_keys(config, {});
    return result;
}

template <typename Kind>
Kind first(const std::string& members) {
    return std::get<Kind>(read(members).mixers.at(0).at(0));
}

const std::string latent =
    R"("num_attention_heads": 8, "kv_lora_rank": 16, "qk_nope_head_dim": 12,
       "qk_rope_head_dim": 4, "v_head_dim": 10, "num_key_value_heads": 8, "head_dim": 3)";

}  // namespace

TEST_CASE("8 heads of a hidden width of 64: 8 numbers each, keys and values of their own") {
    CHECK(first<GroupedQuery>(R"("num_attention_heads": 8)") ==
          GroupedQuery{.heads = 8, .kv_heads = 8, .head_dim = 8, .value_dim = 8});
    CHECK(first<GroupedQuery>(R"("n_head": 4, "multi_query": true)").kv_heads == 1);
    CHECK(first<GroupedQuery>(R"("n_heads": 4, "n_kv_heads": 2)").kv_heads == 2);
    CHECK(first<GroupedQuery>(R"("n_heads": 4, "num_kv_heads": 2, "head_dim": 5,
                                 "v_head_dim": 6, "attn_output_gate": true)") ==
          GroupedQuery{
              .heads = 4, .kv_heads = 2, .head_dim = 5, .value_dim = 6, .output_gate = true});
    CHECK(first<GroupedQuery>(R"("n_heads": 4, "kv_channels": 9)").value_dim == 9);
    CHECK(first<GroupedQuery>(R"("n_heads": 4, "attention_head_dim": 7)").head_dim == 7);
    CHECK(fault_of([] {
              read("");
          }).message.find("num_attention_heads (also tried n_head, n_heads, num_query_heads") !=
          std::string::npos);
}

TEST_CASE("layers with a window may have heads of their own, and know how far they reach") {
    const std::string shape = R"("num_attention_heads": 8, "num_key_value_heads": 4)";
    CHECK(first<GroupedQuery>(shape + R"(, "sliding_window": 128, "swa_num_attention_heads": 16,
        "swa_num_key_value_heads": 2, "swa_head_dim": 4, "swa_v_head_dim": 3)") ==
          GroupedQuery{.heads = 16,
                       .kv_heads = 2,
                       .head_dim = 4,
                       .value_dim = 3,
                       .window = {.reach = Reach::sliding, .tokens = 128}});
    CHECK(first<GroupedQuery>(shape + R"(, "attention_chunk_size": 512)").window ==
          Window{.reach = Reach::chunked, .tokens = 512});
    CHECK(fault_of([&] {
              read(shape + R"(, "layer_types": ["sliding_attention"])");
          }).message.find("sliding_window (also tried sliding_window_size") != std::string::npos);
}

TEST_CASE("full layers may have a global shape, which windowed ones do not take") {
    const auto mixers = read(R"("num_attention_heads": 8, "num_key_value_heads": 4,
        "num_global_key_value_heads": 2, "global_head_dim": 16, "attention_k_eq_v": true,
        "sliding_window": 128, "layer_types": ["full_attention", "sliding_attention"])",
                             2)
                            .mixers;
    CHECK(
        mixers.at(0).at(0) ==
        Mixer{GroupedQuery{
            .heads = 8, .kv_heads = 2, .head_dim = 16, .value_dim = 16, .keys_are_values = true}});
    CHECK(mixers.at(1).at(0) ==
          Mixer{GroupedQuery{.heads = 8,
                             .kv_heads = 4,
                             .head_dim = 8,
                             .value_dim = 8,
                             .window = {.reach = Reach::sliding, .tokens = 128}}});
}

TEST_CASE("latent attention, with and without a rank of queries, a gate and an indexer") {
    CHECK(
        first<LatentAttention>(latent + R"(, "q_lora_rank": null)") ==
        LatentAttention{.heads = 8, .kv_rank = 16, .nope_dim = 12, .rope_dim = 4, .value_dim = 10});
    const auto full = first<LatentAttention>(latent + R"(, "q_lora_rank": 24,
        "mla_use_output_gate": true, "index_topk": 2048, "index_n_heads": 2, "index_head_dim": 6)");
    CHECK(full.query_rank == 24);
    CHECK(full.output_gate);
    CHECK(full.indexer == SparseIndexer{.heads = 2, .head_dim = 6, .top_k = 2048});
    const auto shared = read(latent + R"(, "index_topk": 8, "index_n_heads": 2,
        "index_head_dim": 6, "indexer_types": ["full", "shared"])",
                             3);
    const auto heads = [&](std::size_t layer) {
        return std::get<LatentAttention>(shared.mixers.at(layer).at(0)).indexer->heads;
    };
    CHECK(heads(0) == 2);
    CHECK(heads(1) == 0);
    CHECK(heads(2) == 2);
    CHECK(shared.unread.empty());
}

TEST_CASE("linear attention by keys of its own, or by a section") {
    CHECK(first<LinearAttention>(R"("layer_types": ["linear_attention"],
        "linear_num_key_heads": 2, "linear_key_head_dim": 3, "linear_num_value_heads": 4,
        "linear_value_head_dim": 5, "linear_conv_kernel_dim": 6)") ==
          LinearAttention{
              .key_heads = 2, .key_dim = 3, .value_heads = 4, .value_dim = 5, .conv_kernel = 6});
    CHECK(
        first<LinearAttention>(
            R"("linear_attn_config": {"num_heads": 2, "head_dim": 3, "short_conv_kernel_size": 4})") ==
        LinearAttention{.key_heads = 2,
                        .key_dim = 3,
                        .value_heads = 2,
                        .value_dim = 3,
                        .conv_kernel = 4,
                        .decay = Decay::channel,
                        .gate_rank = 3});
    CHECK(fault_of([] { read(R"("linear_attn_config": {"num_heads": 2})"); }).message ==
          "'linear_attn_config' has no heads or head_dim");
}

TEST_CASE("state space, and layers that mix nothing") {
    const auto read_all = read(R"("hybrid_override_pattern": "M-", "mamba_num_heads": 2,
        "mamba_head_dim": 3, "n_groups": 4, "ssm_state_size": 5, "conv_kernel": 6, "expand": 2)",
                               2);
    CHECK(read_all.mixers.at(0).at(0) ==
          Mixer{StateSpace{
              .heads = 2, .head_dim = 3, .groups = 4, .state_dim = 5, .conv_kernel = 6}});
    CHECK(read_all.mixers.at(1).empty());
    CHECK(read_all.unread.empty());
}

}  // namespace mixers_test
