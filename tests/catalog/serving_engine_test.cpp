#include "roofline/catalog/serving_engine.hpp"

#include "catch.hpp"

namespace serving_engine_test {

using namespace roofline;

TEST_CASE("engines by name, upper or lower case, TensorRT-LLM by both of its names") {
    CHECK(find_serving_engine("vllm") == ServingEngine::vllm);
    CHECK(find_serving_engine("vLLM") == ServingEngine::vllm);
    CHECK(find_serving_engine("SGLang") == ServingEngine::sglang);
    CHECK(find_serving_engine("trtllm") == ServingEngine::trtllm);
    CHECK(find_serving_engine("TensorRT-LLM") == ServingEngine::trtllm);
    CHECK(find_serving_engine("llama.cpp") == ServingEngine::llama_cpp);
    CHECK(find_serving_engine("generic") == ServingEngine::generic);
    CHECK_FALSE(find_serving_engine("tgi"));
    CHECK_FALSE(find_serving_engine(""));
}

TEST_CASE("the row of an engine is its own") {
    CHECK(name_of(ServingEngine::vllm) == "vllm");
    CHECK(name_of(ServingEngine::sglang) == "sglang");
    CHECK(name_of(ServingEngine::trtllm) == "trtllm");
    CHECK(name_of(ServingEngine::llama_cpp) == "llama.cpp");
    CHECK(name_of(ServingEngine::generic) == "generic");
    CHECK(default_engine == ServingEngine::vllm);
}

TEST_CASE("only SGLang prefills alone, and only llama.cpp pads no products of experts") {
    const auto prefills_alone = [](ServingEngine one) { return row_of(one).prefills_alone; };
    CHECK(prefills_alone(ServingEngine::sglang));
    CHECK_FALSE(prefills_alone(ServingEngine::vllm));
    CHECK_FALSE(prefills_alone(ServingEngine::trtllm));
    CHECK_FALSE(row_of(ServingEngine::llama_cpp).pads_experts);
    CHECK(row_of(ServingEngine::vllm).pads_experts);
    CHECK(row_of(ServingEngine::trtllm).reserves_ahead);
    CHECK_FALSE(row_of(ServingEngine::vllm).reserves_ahead);
}

}  // namespace serving_engine_test
