#include "catalog/known_bias.hpp"

#include "roofline/catalog/catalog.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace known_bias_test {

using namespace roofline;

namespace {

std::string said(ServingEngine engine, const char* device) {
    std::string all;
    for (const std::string& text : known_biases(engine, *Catalog().device(device)))
        all += text + "\n";
    return all;
}

std::vector<KnownBias> read(const std::string& biases) {
    return read_biases(parse_json(
        {.name = "biases.json",
         .text = R"({"schema": "roofline/biases/1", "source": "s", "biases": [)" + biases + "]}"},
        JsonDialect::strict));
}

}  // namespace

TEST_CASE("a bias holds for the engine, maker, architecture and memory that it names") {
    CHECK(said(ServingEngine::llama_cpp, "h100-sxm").starts_with("llama.cpp took about twice"));
    CHECK(said(ServingEngine::vllm, "h100-sxm").empty());
    CHECK(said(ServingEngine::llama_cpp, "rtx-4090").empty());
    CHECK(said(ServingEngine::llama_cpp, "apple-m4-max").find("Apple's chips") !=
          std::string::npos);
    CHECK(said(ServingEngine::vllm, "mi300x").find("a third less") != std::string::npos);
    CHECK(said(ServingEngine::vllm, "mi250x").empty());
}

TEST_CASE("what is not named holds for all; an unknown engine or key is refused") {
    const std::vector<KnownBias> all = read(R"({"text": "slow"})");
    REQUIRE(all.size() == 1);
    CHECK_FALSE(all[0].engine);
    CHECK(all[0].vendor.empty());
    CHECK(all[0].text == "slow");
    CHECK(fault_of([] { read(R"({"text": "slow", "engine": "tgi"})"); }).message.find("tgi") !=
          std::string::npos);
    CHECK(fault_of([] { read(R"({"text": "slow", "chip": "x"})"); }).message.find("chip") !=
          std::string::npos);
}

}  // namespace known_bias_test
