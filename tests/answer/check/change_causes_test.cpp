#include "answer/check/change_causes.hpp"

#include "catch.hpp"
#include "gate/judged_change.hpp"

namespace change_causes_test {

using namespace roofline;

namespace {

std::string cause(const JudgedTarget& judged) {
    Catalog catalog;
    return cause_words(judged, Knowledge(), catalog).value_or("");
}

std::string cause(const std::string& main, const std::string& now, const Limit& limit) {
    const JudgedChange change(main, now, {limit});
    return cause(change.judged());
}

const std::string at32 = chat_at("concurrency=32");

}  // namespace

TEST_CASE("a time per token: the input behind it, what it adds, and which parts of the step grew") {
    const std::string words = cause(at32, chat_at("concurrency=48"), limit_on("tpot", 0.03));
    CHECK(words.starts_with("time per token: concurrency 32 → 48 adds 9.04 ms (feed-forward +"));
    CHECK(words.find("communication +") != std::string::npos);
}

TEST_CASE("several inputs are told by what setting each back undoes") {
    const std::string words =
        cause(at32,
              "llama-3.1-70b@h100-sxmx4 isl=4k osl=512 price=lambda concurrency=32 "
              "prefix-hit=20%",
              limit_on("tpot", 0.03));
    CHECK(words.find("quant fp8 → unset adds ") != std::string::npos);
    CHECK(words.find("prefix-hit unset → 20 % takes off ") != std::string::npos);
}

TEST_CASE("a broken figure is explained before one that turned worse by more") {
    const std::string words =
        cause(at32, "llama-3.1-70b@h100-sxmx8 quant=fp8 isl=4k osl=512 price=lambda concurrency=32",
              limit_on("usd_per_1m_output", 4));
    CHECK(words.starts_with("cost of 1M output tokens: hw h100-sxmx4 → h100-sxmx8 adds $"));
}

TEST_CASE("no cause without a baseline, and where nothing is worse") {
    CHECK(cause(at32, at32, limit_on("tpot", 0.01)).empty());
    const JudgedChange more(at32, chat_at("concurrency=48"), {});
    JudgedTarget alone = more.judged();
    alone.baseline = nullptr;
    CHECK(cause(alone).empty());
}

TEST_CASE("what roofline itself changed since is no change of the deployment") {
    const JudgedChange same(at32, at32, {limit_on("tpot", 0.03)});
    JudgedTarget judged = same.judged();
    auto faster = std::make_shared<Baseline>(*judged.baseline);
    faster->targets["chat"].figures["tpot"] /= 2;
    judged.baseline = faster;
    CHECK(cause(judged) ==
          "time per token: roofline or its catalog changed since the baseline was written: what it "
          "was of has 29.3 ms now; nothing else changed");
    auto bare = std::make_shared<Baseline>(*faster);
    bare->targets["chat"].asked.clear();
    judged.baseline = bare;
    CHECK(cause(judged) == "time per token: the baseline does not keep what was deployed");
}

}  // namespace change_causes_test
