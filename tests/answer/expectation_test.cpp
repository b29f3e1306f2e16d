#include "answer/expectation.hpp"

#include "catch.hpp"
#include "deployed.hpp"
#include "page.hpp"

namespace expectation_test {

using namespace roofline;

namespace {

std::string words(const char* scenario) { return expectation_words(evaluated(scenario)); }

}  // namespace

TEST_CASE("what was measured has its band, of a step and of a load; what was not says so") {
    for (const char* measured : {"llama-3.1-8b@h100-sxm", "llama-3.1-8b@h100-sxm concurrency=8",
                                 "llama-3.1-8b@b300-sxm concurrency=8"}) {
        INFO(measured);
        CHECK(words(measured).starts_with("each token 0."));
        CHECK(words(measured).ends_with(", in eight of ten measured runs"));
    }
    for (const char* guessed : {"llama-3.1-8b@a100-sxm-80gb", "llama-3.1-8b@rtx-4090 concurrency=8",
                                "llama-3.1-8b@h100-sxm concurrency=8 prefix-hit=50%"}) {
        INFO(guessed);
        CHECK(words(guessed).starts_with("not measured: each token 0."));
        CHECK(words(guessed).ends_with(", the widest band there is"));
    }
}

TEST_CASE("a known bias of such answers is said with them") {
    CHECK(words("llama-3.1-8b@mi300x")
              .find("; vLLM delivered a third less than expected on "
                    "MI300X") != std::string::npos);
    CHECK(words("llama-3.1-8b@a100-sxm-80gb engine=llama.cpp quant=q4_k_m")
              .find("; llama.cpp took about twice as long") != std::string::npos);
}

TEST_CASE("mixtures of experts on devices without rows have the band of what was seen of them") {
    const BandRow here = evaluated("qwen3-30b-a3b@rtx-5090 quant=int4").band();
    const BandRow dense = evaluated("llama-3.1-8b@rtx-5090").band();
    CHECK(here.time_per_token.low < dense.time_per_token.low);
    CHECK(here.time_per_token.high > dense.time_per_token.high);
    CHECK(evaluated("qwen3-30b-a3b@h200").band().time_per_token.high < dense.time_per_token.high);
}

TEST_CASE("the record of an expectation: whether it was measured, and factors on each figure") {
    const Record record = expectation_record(evaluated("llama-3.1-8b@mi300x concurrency=8"));
    CHECK(raw_at(record, "measured") == "false");
    CHECK(std::stod(raw_at(record, "tpot.low")) < 1);
    CHECK(std::stod(raw_at(record, "ttft.high")) > 1);
    CHECK(std::stod(raw_at(record, "tokens_per_s.high")) > 1);
    CHECK(json_text(record).find("delivered a third less") != std::string::npos);
}

}  // namespace expectation_test
