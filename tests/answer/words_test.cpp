#include "answer/words.hpp"

#include "catch.hpp"

#include <memory>

namespace words_test {

using namespace roofline;

namespace {

Deployment toy(bool causal = true) {
    Model model{.id = "toy-1b", .causal = causal};
    return {.model = std::make_shared<const Model>(std::move(model)),
            .device = std::make_shared<const Device>(Device{.id = "tiny"}),
            .gpus = 2,
            .weights = WeightFormat::nvfp4,
            .kv_cache = Precision::fp8,
            .batch = 1000,
            .isl = 2048,
            .context = 3072};
}

}  // namespace

TEST_CASE("a deployment in words: model, formats, devices, degrees above one") {
    Deployment deployment = toy();
    CHECK(hardware_words(deployment) == "2 x tiny");
    CHECK(setup_words(deployment) == "toy-1b · nvfp4 weights · fp8 KV cache · 2 x tiny");
    deployment.tensor_parallel = 2;
    deployment.expert_parallel = 1;
    deployment.replicas = 4;
    CHECK(setup_words(deployment) ==
          "toy-1b · nvfp4 weights · fp8 KV cache · 2 x tiny · tp 2 · replicas 4");
}

TEST_CASE("the headline adds batch and lengths, numbers in groups of three") {
    CHECK(headline(toy()) ==
          "toy-1b · nvfp4 weights · fp8 KV cache · 2 x tiny · batch 1,000 · prompt 2,048 · "
          "context 3,072");
}

TEST_CASE("an encoder has no cache and no context in its headline") {
    CHECK(headline(toy(false)) == "toy-1b · nvfp4 weights · 2 x tiny · batch 1,000 · prompt 2,048");
}

TEST_CASE("a layout in words names each degree above one") {
    CHECK(layout_words({.tensor = 2, .pipeline = 3, .data = 4, .expert = 8, .replicas = 5}) ==
          "tp 2, pp 3, dp 4, ep 8, replicas 5");
    CHECK(layout_words({.pipeline = 2}) == "pp 2");
    CHECK(layout_words({}) == "one device");
}

TEST_CASE("a lever is what one would type, a bound has a colour of its own") {
    CHECK(lever_words({.change = "`hw h100-sxmx4` `tp 4`", .outcome = {}}) ==
          "--hw h100-sxmx4 --tp 4");
    CHECK(role_of(Bound::compute) == Role::compute);
    CHECK(role_of(Bound::memory) == Role::memory);
    CHECK(role_of(Bound::network) == Role::network);
}

}  // namespace words_test
