#include "catch.hpp"
#include "fault.hpp"
#include "import/hugging_face/traits.hpp"

namespace feed_forwards_test {

using namespace roofline;
using namespace roofline::hugging_face;

namespace {

// Of a model of hidden width 64.
std::vector<FeedForward> read(const std::string& members, std::size_t layers = 1,
                              const Family& family = {}) {
    const JsonDocument document =
        parse_json({.name = "c.json", .text = "{" + members + "}"}, JsonDialect::strict);
    Config config(document);
    auto blocks = read_feed_forwards(config, {.layers = layers, .hidden = 64, .family = family});
    config.refuse_missing();
    return blocks;
}

DenseFeedForward dense(const std::string& members, const Family& family = {}) {
    return std::get<DenseFeedForward>(read(members, 1, family).at(0));
}

const std::string experts =
    R"("num_experts": 8, "num_experts_per_tok": 2, "moe_intermediate_size": 32,
       "intermediate_size": 100)";

MixtureOfExperts sparse(const std::string& members, const Family& family = {}) {
    return std::get<MixtureOfExperts>(read(members, 1, family).at(0));
}

// "d" for a dense layer, "e" for one with experts, "-" for neither.
std::string kinds(const std::string& members, std::size_t layers) {
    std::string letters;
    for (const FeedForward& block : read(experts + members, layers))
        letters += "-de"[block.index()];
    return letters;
}

}  // namespace

TEST_CASE("a dense width by any of its names; without a gate 4 x 64 where none is given") {
    CHECK(dense(R"("intermediate_size": 128)") == DenseFeedForward{.width = 128, .matrices = 3});
    CHECK(dense(R"("n_inner": 5)").width == 5);
    CHECK(dense(R"("ffn_dim": 6)").width == 6);
    CHECK(dense(R"("hidden_dim": 7)").width == 7);
    CHECK(dense(R"("intermediate_size": 1, "intermediate_size_mlp": 8)").width == 8);
    CHECK(dense(R"("n_inner": null)", {.matrices = 2}) ==
          DenseFeedForward{.width = 256, .matrices = 2});
    CHECK(dense(R"("intermediate_size": 128)", {.width_counts_both = true}).width == 64);
    CHECK(fault_of([] {
              read("");
          }).message.ends_with("intermediate_size (also tried ffn_hidden_size, n_inner)"));
}

TEST_CASE("8 experts of width 32, of which a token passes 2") {
    CHECK(sparse(experts) == MixtureOfExperts{.experts = 8, .active = 2, .width = 32});
    CHECK(sparse(R"("num_local_experts": 4, "experts_per_token": 1, "intermediate_size": 9)") ==
          MixtureOfExperts{.experts = 4, .active = 1, .width = 9});
    CHECK(sparse(R"("n_routed_experts": 4, "moe_topk": 3, "expert_intermediate_size": 9)").active ==
          3);
    CHECK(
        sparse(R"("num_experts": 4, "num_experts_per_token": 3, "intermediate_size": 9)").active ==
        3);
    CHECK(sparse(R"("num_experts": 4, "top_k_experts": 3, "intermediate_size": 9)").active == 3);
    CHECK(sparse(experts + R"(, "moe_latent_size": 16)").latent == 16);
    CHECK(sparse(experts + R"(, "routed_expert_hidden_size": 17)").latent == 17);
    CHECK(sparse(experts, {.matrices = 2}).matrices == 2);
    CHECK(std::holds_alternative<DenseFeedForward>(
        read(R"("num_experts": 0, "intermediate_size": 9)").at(0)));
}

TEST_CASE("what every token passes beside them: a width, so many experts, or a dense block") {
    const auto shared = [](const std::string& members, const Family& family = {}) {
        return sparse(experts + members, family).shared_width;
    };
    CHECK(shared("") == 0);
    CHECK(shared(R"(, "n_shared_experts": 2)") == 64);
    CHECK(shared(R"(, "num_shared_experts": 3)") == 96);
    CHECK(shared(R"(, "n_shared_experts": 2, "shared_expert_intermediate_size": 50)") == 50);
    CHECK(shared(R"(, "moe_shared_expert_intermediate_size": 51)") == 51);
    CHECK(shared(R"(, "share_expert_dim": 52)") == 52);
    CHECK(shared(R"(, "shared_intermediate_size": 53)") == 53);
    CHECK(shared(R"(, "enable_moe_block": true)") == 100);
    CHECK(shared(R"(, "enable_moe_block": false)") == 0);
    CHECK(shared("", {.one_shared_expert = true}) == 32);
}

TEST_CASE("which layers have experts: all, or as one of seven keys says") {
    CHECK(kinds("", 3) == "eee");
    CHECK(kinds(R"(, "first_k_dense_replace": 2)", 4) == "ddee");
    CHECK(kinds(R"(, "mlp_only_layers": [0, 2])", 4) == "dede");
    CHECK(kinds(R"(, "mlp_layer_types": ["dense", "sparse", "moe"])", 3) == "dee");
    CHECK(kinds(R"(, "moe_layer_freq": [0, 1, 1, 0])", 4) == "deed");
    CHECK(kinds(R"(, "moe_layer_freq": 2)", 4) == "eded");
    CHECK(kinds(R"(, "moe_layer_freq": 2, "first_k_dense_replace": 1)", 5) == "ddede");
    CHECK(kinds(R"(, "decoder_sparse_step": 2)", 4) == "dede");
    CHECK(kinds(R"(, "interleave_moe_layer_step": 3)", 6) == "ddedde");
    CHECK(kinds(R"(, "expert_layer_period": 2, "expert_layer_offset": 1)", 4) == "dede");
    CHECK(kinds(R"(, "expert_layer_period": 3)", 4) == "edde");
    CHECK(kinds(R"(, "decoder_sparse_step": 0)", 2) == "ee");
}

TEST_CASE("in a hybrid, letters say it: E experts, - dense, M and * neither") {
    CHECK(kinds(R"(, "hybrid_override_pattern": "ME*-")", 4) == "-e-d");
    CHECK(kinds(R"(, "layers_block_type": ["mamba", "moe", "attention", "mlp"])", 4) == "-e-d");
}

TEST_CASE("widths by factors: 2/3 of 192 up to 64s, 1.3 x 64 to 32s, 5.25 x 2/3 x 64 up to 256s") {
    CHECK(dense(R"("conv_L_cache": 3, "block_ff_dim": 192, "block_multiple_of": 64)").width == 128);
    CHECK(dense(R"("conv_L_cache": 3, "block_ff_dim": 192, "block_auto_adjust_ff_dim": false)")
              .width == 192);
    CHECK(dense(R"("ffn_multipliers": [1.3], "ffn_dim_divisor": 32, "ffn_with_glu": true)").width ==
          96);
    CHECK(dense(R"("expansion_ratio": 3)", {.matrices = 2}).width == 192);
    CHECK(dense(R"("block_configs": [{"attention": {}, "ffn": {"ffn_mult": 5.25}}])").width == 256);
}

TEST_CASE("experts by other names, and those of images, which text never uses") {
    CHECK(sparse(R"("moe_num_experts": 8, "moe_k": 2, "moe_intermediate_size": 32,
                    "moe_num_shared_experts": 2)") ==
          MixtureOfExperts{.experts = 8, .active = 2, .width = 32, .shared_width = 64});
    // 4 experts of 3 x 64 x 16 and as many columns of a router.
    const auto paired = sparse(R"("moe_num_experts": [8, 4], "moe_k": 2,
                                  "moe_intermediate_size": [32, 16])");
    CHECK(paired.experts == 8);
    CHECK(paired.width == 32);
    CHECK(paired.unused == 4 * (3 * 64 * 16 + 64));
    const auto idle = sparse(R"("n_routed_experts": 8, "zero_expert_num": 4, "moe_topk": 3,
                                "moe_intermediate_size": 32)");
    CHECK(idle.idle == 4);
    CHECK(idle.working() == 2);
}

}  // namespace feed_forwards_test
