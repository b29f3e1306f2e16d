#include "import/hugging_face/quantization/quantized_modules.hpp"

#include "catch.hpp"

namespace quantized_modules_test {

using namespace roofline;
using namespace roofline::hugging_face;

namespace {

// Two dense layers and four with experts, each with attention.
Model mixed() {
    const GroupedQuery attention{.heads = 1, .kv_heads = 1, .head_dim = 2, .value_dim = 2};
    const Layer dense{.mixers = {attention}, .feed_forward = DenseFeedForward{.width = 8}};
    const Layer sparse{.mixers = {attention},
                       .feed_forward = MixtureOfExperts{.experts = 2, .active = 1, .width = 8}};
    return {.hidden = 4, .layers = {dense, dense, sparse, sparse, sparse, sparse}};
}

double share(const std::vector<std::string>& modules, Component component) {
    return named_shares(modules, mixed())[static_cast<std::size_t>(component)];
}

}  // namespace

TEST_CASE("a module's name says which part of a model it is") {
    CHECK(component_of("lm_head") == Component::lm_head);
    CHECK(component_of("head") == Component::lm_head);
    CHECK(component_of("model.embed_tokens") == Component::embedding);
    CHECK(component_of("re:.*self_attn.*") == Component::attention);
    CHECK(component_of("model.layers.3.mixer.in_proj") == Component::attention);
    CHECK(component_of("model.layers.3.mixer.out_proj") == Component::attention);
    CHECK(component_of("model.layers.3.mixer.q_proj") == Component::attention);
    CHECK(component_of("model.layers.3.mixer.k_proj") == Component::attention);
    CHECK(component_of("model.layers.3.mixer.o_proj") == Component::attention);
    CHECK(component_of("model.layers.3.mlp.down_proj") == Component::dense);
    CHECK(component_of("model.layers.3.up_proj") == Component::dense);
    CHECK(component_of("layers.3.down_proj") == Component::dense);
    CHECK(component_of("layers.3.ffn.w1") == Component::dense);
    CHECK_FALSE(component_of("model.layers.3"));
}

TEST_CASE("experts, those that all tokens pass, and the router that chooses") {
    CHECK(component_of("model.layers.3.mlp.experts.17.down_proj") == Component::experts);
    CHECK(component_of("model.layers.3.mlp.shared_experts.up_proj") == Component::shared_experts);
    CHECK(component_of("model.layers.3.mlp.shared_expert.up_proj") == Component::shared_experts);
    CHECK(component_of("model.layers.3.mlp.shared_expert_gate") == Component::router);
    CHECK(component_of("model.layers.3.mlp.gate") == Component::router);
    CHECK(component_of("block_sparse_moe.router.layer") == Component::router);
    CHECK(component_of("mlp.gate.e_score_correction_bias") == Component::router);
    CHECK(component_of("model.layers.3.mlp.gate_proj") == Component::dense);
}

TEST_CASE("towers, norms, indexers and layers that guess ahead are no part of it") {
    CHECK_FALSE(component_of("vision_tower.layers.0.mlp"));
    CHECK_FALSE(component_of("visual.blocks.0.attn"));
    CHECK_FALSE(component_of("mtp.layers.0.self_attn"));
    CHECK_FALSE(component_of("model.layers.0.self_attn.q_norm"));
    CHECK_FALSE(component_of("model.layers.0.self_attn.indexer.wk"));
}

TEST_CASE("a name without a layer is of its part everywhere") {
    CHECK(share({"lm_head", "re:.*self_attn.*", "model.layers.*.mlp.gate"}, Component::attention) ==
          1);
    CHECK(share({"re:.*self_attn.*"}, Component::dense) == 0);
    CHECK(share({"visual", "something"}, Component::attention) == 0);
}

TEST_CASE("names with layers are of those: 2 of 6, 1 of 2, 1 of 4") {
    const std::string attention = ".self_attn";
    CHECK_THAT(share({"model.layers.0" + attention, "model.layers.5" + attention,
                      "model.layers.5" + attention, "model.layers.12" + attention},
                     Component::attention),
               WithinRel(2.0 / 6, 1e-12));
    CHECK(share({"layers.0.mlp"}, Component::dense) == 0.5);
    CHECK(share({"layers.2.mlp.experts.0.w1"}, Component::experts) == 0.25);
    CHECK(share({"model.layers.1*"}, Component::dense) == 0.5);  // layers 1 and 10 to 19
    CHECK(share({"model.layers.0*"}, Component::dense) == 0.5);
    CHECK(share({"model.layers.99999999999999999999.mlp"}, Component::dense) == 0);
    CHECK(share({"model.layers.1.*"}, Component::attention) * 6 == 1);
}

TEST_CASE("matrices of a part are a share of it: of 8 + 16 + 8 weights of attention 8 go out") {
    CHECK(share({"re:.*o_proj"}, Component::attention) == 0.25);
    CHECK(share({"re:.*.q_proj", "re:.*.k_proj", "re:.*.v_proj"}, Component::attention) == 0.75);
    CHECK_THAT(share({"layers.0.mlp.up_proj", "layers.0.mlp.up_proj"}, Component::dense),
               WithinRel(1.0 / 6, 1e-12));
    CHECK(share({"layers.0.mlp.gate_proj", "layers.0.mlp.up_proj", "layers.0.mlp.down_proj"},
                Component::dense) == 0.5);
}

}  // namespace quantized_modules_test
