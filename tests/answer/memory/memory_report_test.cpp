#include "answer/memory/memory_report.hpp"

#include "catch.hpp"
#include "deployed.hpp"
#include "page.hpp"

namespace memory_report_test {

using namespace roofline;

namespace {

MemoryLedger ledger(double usable) {
    return {.reported = 90 * gigabyte,
            .usable = usable * gigabyte,
            .weights = 16 * gigabyte,
            .working = 1.5 * gigabyte,
            .other = 0.4 * gigabyte,
            .graphs = 0.1 * gigabyte,
            .cache = 2 * gigabyte,
            .longest = 4096};
}

/// A server that keeps 2 GB beside 16 GB of weights, of so much.
Prepared served_with(Prepared prepared, double usable) {
    prepared.server = {.rule = MemoryRule::whole,
                       .reported = usable * gigabyte,
                       .weights = 16 * gigabyte,
                       .other = 0.4 * gigabyte,
                       .working = 1.5 * gigabyte,
                       .graphs_least = 0.1 * gigabyte};
    return prepared;
}

/// 131,072 bytes a token: 0.537 GB for each sequence of 4,096.
Prepared llama(const std::string& more) {
    return prepare(deployed("llama-3.1-8b@h100-sxm" + more));
}

}  // namespace

TEST_CASE("a model is its name, its layers and where they are known from") {
    const Deployment d = deployed("llama-3.1-8b@h100-sxm");
    const Record record = model_record(d);
    CHECK(raw_at(record, "id") == "llama-3.1-8b");
    CHECK(raw_at(record, "layers") == "32");
    CHECK(raw_at(record, "source") == d.model->from.source);
    CHECK(record.members().size() == 3);
}

// 40 - 16 - 2 = 22 GB of cache: 22 / 0.537 = 40.98 sequences, or 22e9 / 131,072 = 167,846 tokens,
// 5,245 of each of 32: in whole pages 167,840 and 5,232.
TEST_CASE("22 GB hold 40 sequences of 4,096 tokens, or 32 of 5,232") {
    CHECK(json_text(memory_record(served_with(llama(" batch=32 context=4k isl=4k"), 40),
                                  ledger(40))) == R"({
  "reported_bytes": 90000000000,
  "weights_bytes": 16000000000,
  "working_bytes": 1500000000,
  "other_bytes": 400000000,
  "graphs_bytes": 100000000,
  "room_bytes": 22000000000,
  "need_bytes": 0,
  "spread_bytes": 0,
  "starts": "yes",
  "cache_tokens": 167840,
  "kv_bytes": 2000000000,
  "reserve_bytes": 2000000000,
  "used_bytes": 20000000000,
  "usable_bytes": 40000000000,
  "fits": true,
  "short_bytes": 0,
  "max_batch": 40,
  "max_context_tokens": 5232
}
)");
}

TEST_CASE("what does not fit is 20 - 19 GB short; one GB holds one sequence") {
    const Record record = memory_record(served_with(llama(" context=4k isl=4k"), 19), ledger(19));
    CHECK(raw_at(record, "fits") == "false");
    CHECK(raw_at(record, "short_bytes") == "1000000000");
    CHECK(raw_at(record, "max_batch") == "1");
}

TEST_CASE("no context is longer than the model's; an encoder has neither batch nor context") {
    CHECK(raw_at(memory_record(llama(""), ledger(80)), "max_context_tokens") == "131072");
    const Record record =
        memory_record(prepare(deployed("siglip-so400m-patch14-384@h100-sxm")), ledger(40));
    CHECK(raw_at(record, "max_batch") == "null");
    CHECK(raw_at(record, "max_context_tokens") == "null");
}

TEST_CASE("the bar names its parts and how many sequences fit") {
    const auto holding = [](double usable) {
        return served_with(llama(" context=4k isl=4k"), usable);
    };
    CHECK(text_of_block(memory_bar(holding(40), ledger(40))) ==
          R"(

 Memory  ▕██████████████████████▌                      ▏ 20.0 GB of 40.0 GB (50 %)
   weights 16.0 GB · KV cache 2.00 GB · reserve 2.00 GB → batch ≤ 40
)");
    CHECK(memory_bar(holding(18.5), ledger(18.5)).note == "not one sequence fits");
    CHECK(memory_bar(holding(1000), ledger(1000)).note == "batch ≤ 1,829");
    CHECK(memory_bar(prepare(deployed("siglip-so400m-patch14-384@h100-sxm")), ledger(40)).note ==
          "");
}

TEST_CASE("of several GPUs, replicas too, the bar is that of one") {
    CHECK(memory_bar(llama("x2 tp=2"), ledger(40)).name == "Memory per GPU");
    CHECK(memory_bar(ledger(40), {.replicas = 2}, "a note").name == "Memory per GPU");
    CHECK(memory_bar(ledger(40), {}, "a note").name == "Memory");
    CHECK(memory_bar(ledger(40), {}, "a note").note == "a note");
}

}  // namespace memory_report_test
