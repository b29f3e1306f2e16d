#include "import/hugging_face/quantized_modules.hpp"

#include "catch.hpp"

namespace quantized_modules_test {

using namespace roofline;
using namespace roofline::hugging_face;

namespace {

using Parts = std::set<Component>;

// Two dense layers and four with experts, each with attention.
Model mixed() {
    return {.layers = {{.count = 2, .mixer = GroupedQuery{}, .feed_forward = DenseFeedForward{}},
                       {.count = 4, .mixer = GroupedQuery{}, .feed_forward = MixtureOfExperts{}}}};
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

TEST_CASE("a name without a layer leaves its part out everywhere") {
    CHECK(excluded_parts({"lm_head", "re:.*self_attn.*", "model.layers.*.mlp.gate"}, mixed()) ==
          Parts{Component::attention, Component::router, Component::lm_head});
    CHECK(excluded_parts({"visual", "something"}, mixed()).empty());
}

TEST_CASE("names with layers leave a part out from half of the layers that have it on") {
    const std::string attention = ".self_attn.o_proj";
    std::vector<std::string> modules{"model.layers.0" + attention, "model.layers.5" + attention,
                                     "model.layers.5" + attention};
    CHECK(excluded_parts(modules, mixed()).empty());  // 2 of 6
    modules.push_back("model.layers.12" + attention);
    CHECK(excluded_parts(modules, mixed()) == Parts{Component::attention});
    CHECK(excluded_parts({"layers.0.mlp.up_proj"}, mixed()) == Parts{Component::dense});  // 1 of 2
    CHECK(excluded_parts({"layers.2.mlp.experts.0.w1"}, mixed()).empty());                // 1 of 4
    CHECK(excluded_parts({"layers.2.mlp.experts.0.w1", "layers.3.mlp.experts.1.w1"}, mixed()) ==
          Parts{Component::experts});
}

}  // namespace quantized_modules_test
