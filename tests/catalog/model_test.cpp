#include "roofline/catalog/model.hpp"

#include "catch.hpp"

namespace model_test {

using namespace roofline;

namespace {

Model with(std::vector<Mixer> mixers, FeedForward feed_forward = {}) {
    return {.hidden = 64,
            .vocabulary = 100,
            .layers = {{.mixers = std::move(mixers), .feed_forward = std::move(feed_forward)}}};
}

Model dense() { return with({}, DenseFeedForward{.width = 128}); }
Model sparse() { return with({}, MixtureOfExperts{.experts = 8, .active = 2, .width = 32}); }

WeightFormat stored(const WeightPlan& plan, Component component) {
    return plan.of(component).format;
}

}  // namespace

TEST_CASE("every kind of layer says what it does") {
    CHECK_FALSE(is_recurrent(GroupedQuery{}));
    CHECK_FALSE(is_recurrent(LatentAttention{}));
    CHECK_FALSE(is_recurrent(CompressedAttention{}));
    CHECK(is_recurrent(LinearAttention{}));
    CHECK(is_recurrent(StateSpace{}));
    CHECK(is_recurrent(SelectiveState{}));
    CHECK(is_recurrent(GatedRecurrence{}));
    CHECK(is_recurrent(ShortConvolution{}));
    CHECK(is_recurrent(WeightedKeyValue{}));
    CHECK(kv_heads(GroupedQuery{.kv_heads = 4}) == 4);
    CHECK(kv_heads(LatentAttention{.heads = 16}) == 1);
    CHECK(kv_heads(CompressedAttention{.heads = 16}) == 1);
    CHECK(kv_heads(StateSpace{.heads = 16}) == 1);
    CHECK_FALSE(widens(FeedForward{}));
    CHECK(widens(DenseFeedForward{}));
    CHECK(widens(MixtureOfExperts{}));
    CHECK(routed_experts(DenseFeedForward{}) == nullptr);
    const FeedForward experts = MixtureOfExperts{.experts = 8};
    REQUIRE(routed_experts(experts) != nullptr);
    CHECK(routed_experts(experts)->experts == 8);
}

TEST_CASE("2 + 30 layers are 32, and one with experts makes a model one of them") {
    Model model = dense();
    model.layers[0].count = 2;
    CHECK_FALSE(model.has_experts());
    model.layers.push_back({.count = 30, .mixers = {}, .feed_forward = MixtureOfExperts{}});
    CHECK(model.layer_count() == 32);
    CHECK(model.has_experts());
}

TEST_CASE("parts have names, and are found by them") {
    CHECK(name_of(Component::embedding) == "embedding");
    CHECK(name_of(Component::shared_experts) == "shared_experts");
    CHECK(name_of(Component::lm_head) == "lm_head");
    CHECK(find_component("attention") == Component::attention);
    CHECK(find_component("dense") == Component::dense);
    CHECK(find_component("experts") == Component::experts);
    CHECK(find_component("router") == Component::router);
    CHECK(find_component("norms") == Component::norms);
    CHECK_FALSE(find_component("heads"));
}

TEST_CASE("what cannot be so is said") {
    CHECK(contradiction_in(dense()).empty());
    CHECK(contradiction_in(sparse()).empty());
    Model half = dense();
    half.hidden = 64.5;
    CHECK(contradiction_in(half) == "hidden is 64.5, no whole number");
    const auto of_heads = [](double heads, double kv_heads) {
        return contradiction_in(with(
            {GroupedQuery{.heads = heads, .kv_heads = kv_heads, .head_dim = 8, .value_dim = 8}}));
    };
    CHECK(of_heads(8, 2).empty());
    CHECK(of_heads(8, 3) == "3 key-value heads do not divide 8 heads");
    CHECK(contradiction_in(with({GroupedQuery{.heads = 8, .kv_heads = 8, .head_dim = 0.5}})) ==
          "head_dim is 0.5, no whole number");
    CHECK(contradiction_in(with({LatentAttention{.heads = 8, .kv_rank = 1.5}})) ==
          "kv_rank is 1.5, no whole number");
    CHECK(contradiction_in(with({LinearAttention{.key_heads = 3, .value_heads = 8}})) ==
          "3 key heads do not divide 8 value heads");
    CHECK(contradiction_in(with({StateSpace{.heads = 10, .groups = 4}})) ==
          "4 groups do not divide 10 heads");
    CHECK(contradiction_in(with({}, DenseFeedForward{.width = 0.5})) ==
          "width is 0.5, no whole number");
    CHECK(contradiction_in(with({}, MixtureOfExperts{.experts = 4, .active = 8})) ==
          "8 experts of 4 are active");
    CHECK(contradiction_in(with({}, MixtureOfExperts{.experts = 4, .active = 1.5})) ==
          "active is 1.5, no whole number");
}

TEST_CASE("16 bits are everywhere; narrower formats leave embedding, router, norms and lm_head") {
    const WeightPlan wide = weight_plan(dense(), WeightFormat::fp16);
    CHECK(wide.name == WeightFormat::fp16);
    CHECK(stored(wide, Component::norms) == WeightFormat::fp16);
    const WeightPlan fp8 = weight_plan(sparse(), WeightFormat::fp8);
    CHECK(stored(fp8, Component::attention) == WeightFormat::fp8);
    CHECK(stored(fp8, Component::dense) == WeightFormat::fp8);
    CHECK(stored(fp8, Component::experts) == WeightFormat::fp8);
    CHECK(stored(fp8, Component::shared_experts) == WeightFormat::fp8);
    CHECK(stored(fp8, Component::embedding) == WeightFormat::bf16);
    CHECK(stored(fp8, Component::router) == WeightFormat::bf16);
    CHECK(stored(fp8, Component::norms) == WeightFormat::bf16);
    CHECK(stored(fp8, Component::lm_head) == WeightFormat::bf16);
}

TEST_CASE("4 bits of a mixture of experts are its experts', unless its own coverage says more") {
    CHECK(stored(weight_plan(dense(), WeightFormat::int4), Component::attention) ==
          WeightFormat::int4);
    Model model = sparse();
    const WeightPlan usual = weight_plan(model, WeightFormat::nvfp4);
    CHECK(stored(usual, Component::experts) == WeightFormat::nvfp4);
    CHECK(stored(usual, Component::attention) == WeightFormat::bf16);
    model.coverage = {{.storage = {.format = WeightFormat::nvfp4, .group = 32},
                       .covers = {Component::attention}}};
    const WeightPlan own = weight_plan(model, WeightFormat::nvfp4);
    CHECK(own.of(Component::attention) == Storage{.format = WeightFormat::nvfp4, .group = 32});
    CHECK(stored(own, Component::experts) == WeightFormat::bf16);
}

TEST_CASE("llama.cpp stores all matrices but the router's, lm_head of 4-bit files in q6_k") {
    const WeightPlan plan = weight_plan(sparse(), WeightFormat::q4_k_m);
    CHECK(stored(plan, Component::attention) == WeightFormat::q4_k_m);
    CHECK(stored(plan, Component::experts) == WeightFormat::q4_k_m);
    CHECK(stored(plan, Component::embedding) == WeightFormat::q4_0);
    CHECK(stored(plan, Component::lm_head) == WeightFormat::q6_k);
    CHECK(stored(plan, Component::router) == WeightFormat::bf16);
    CHECK(stored(plan, Component::norms) == WeightFormat::bf16);
    Model tied = dense();
    tied.tied_embeddings = true;
    CHECK(stored(weight_plan(tied, WeightFormat::q4_0), Component::embedding) ==
          WeightFormat::q6_k);
    CHECK(stored(weight_plan(dense(), WeightFormat::q4_0), Component::embedding) ==
          WeightFormat::q4_0);
    CHECK(stored(weight_plan(dense(), WeightFormat::q8_0), Component::lm_head) ==
          WeightFormat::q8_0);
    const WeightPlan experts = weight_plan(sparse(), WeightFormat::mxfp4_moe);
    CHECK(experts.name == WeightFormat::mxfp4_moe);
    CHECK(stored(experts, Component::experts) == WeightFormat::mxfp4);
    CHECK(stored(experts, Component::dense) == WeightFormat::q8_0);
}

}  // namespace model_test
