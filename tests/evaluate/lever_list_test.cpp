#include "evaluate/lever_list.hpp"

#include "catch.hpp"
#include "engine/ledgers.hpp"

namespace lever_list_test {

using namespace roofline;

namespace {

using Words = std::vector<std::string>;

/// What is kept of what `attempt` tries.
template <typename Attempt>
Words tried(const std::string& scenario, Attempt attempt) {
    const Prepared prepared = prepared_with(scenario);
    LeverList list(prepared);
    attempt(list);
    Words words;
    for (const Lever& lever : list.take()) words.push_back(lever.change);
    return words;
}

}  // namespace

TEST_CASE("a change is kept where it fits and starts, and it says so") {
    const Words words = tried("llama-3.1-8b@h100 batch=8 isl=4096", [](LeverList& list) {
        CHECK(list.try_change("`batch 16`", [](Deployment& d) { d.batch = 16; }));
        CHECK_FALSE(list.try_change("`batch 1000000`", [](Deployment& d) { d.batch = 1e6; }));
        // What does not go together is no change either.
        CHECK_FALSE(list.try_change("`tp 7`", [](Deployment& d) { d.tensor_parallel = 7; }));
    });
    CHECK(words == Words{"`batch 16`"});
}

// 8 GPUs are joined by one switch; two such hosts have 16.
TEST_CASE("GPUs are split over no more than a switch joins, others are further stages") {
    const Words words = tried("deepseek-r1@h100-sxm", [](LeverList& list) {
        CHECK_FALSE(list.try_gpus(16, 1));
        CHECK_FALSE(list.try_gpus(8, 1));  // 671 GB in 640
        CHECK(list.try_gpus(8, 2));
    });
    REQUIRE(words.size() == 1);
    CHECK(words[0].starts_with("`hw h100-sxmx16` `tp 8` `pp 2`"));
}

TEST_CASE("cards that nothing joins are not two in a host") {
    tried("llama-3.1-8b@jetson-agx-orin-64gb",
          [](LeverList& list) { CHECK_FALSE(list.try_gpus(2, 1)); });
}

TEST_CASE("hardware is named with how it is shared, unless the engine splits by layers") {
    tried("llama-3.1-8b@h100-sxm", [](LeverList& list) {
        const auto held = deployed("llama-3.1-8b@h100-sxm").device;
        const Device& device = *held;
        CHECK(list.words_of(device, {}) == "`hw h100-sxm`");
        CHECK(list.words_of(device, {.tensor = 4}) == "`hw h100-sxmx4` `tp 4`");
        CHECK(list.words_of(device, {.tensor = 8, .pipeline = 2}) ==
              "`hw h100-sxmx16` `tp 8` `pp 2`");
        CHECK_FALSE(list.by_layers());
    });
    tried("llama-3.1-8b@rtx-4090 engine=llama.cpp", [](LeverList& list) {
        const auto held = deployed("llama-3.1-8b@rtx-4090").device;
        const Device& device = *held;
        CHECK(list.by_layers());
        CHECK(list.words_of(device, {.pipeline = 2}) == "`hw rtx-4090x2`");
    });
}

TEST_CASE("formats are tried below those that weights have, four bits as the device has them") {
    const auto formats = [](LeverList& list) { list.try_formats(); };
    CHECK(tried("llama-3.1-8b@h100", formats) == Words{"`quant fp8`", "`quant int4`"});
    CHECK(tried("llama-3.1-8b@b200", formats) == Words{"`quant fp8`", "`quant nvfp4`"});
    CHECK(tried("llama-3.1-8b@h100 quant=fp8", formats) == Words{"`quant int4`"});
    CHECK(tried("llama-3.1-8b@h100 quant=int4", formats).empty());
    CHECK(tried("llama-3.1-8b@rtx-4090 engine=llama.cpp", formats) ==
          Words{"`quant q8_0`", "`quant q4_k_m`"});
}

TEST_CASE("a cache of eight bits is tried where it has more, and a batch where it is smaller") {
    const auto cache = [](LeverList& list) { list.try_cache(); };
    CHECK(tried("llama-3.1-8b@h100", cache) == Words{"`kv-dtype fp8`"});
    CHECK(tried("llama-3.1-8b@h100 kv-dtype=fp8", cache).empty());
    const auto batch = [](double most) {
        return [most](LeverList& list) { list.try_batch(most); };
    };
    CHECK(tried("llama-3.1-8b@h100 batch=8", batch(4)) == Words{"`batch 4`"});
    CHECK(tried("llama-3.1-8b@h100 batch=8", batch(8)).empty());
    CHECK(tried("llama-3.1-8b@h100 batch=8", batch(0)).empty());
}

}  // namespace lever_list_test
