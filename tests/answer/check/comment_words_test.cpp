#include "answer/check/comment_words.hpp"

#include "catch.hpp"
#include "gate/judged_change.hpp"

namespace comment_words_test {

using namespace roofline;

namespace {

Check check_of(CheckStatus status, double ratio = 0.5) {
    return {.target = "chat",
            .metric = "tpot",
            .op = "max",
            .status = status,
            .value = Measure(ratio * 30 * millisecond),
            .limit = Measure(30 * millisecond),
            .ratio = ratio};
}

Check unjudged() {
    return {.target = "big",
            .status = CheckStatus::error,
            .why = "does not fit",
            .error = ErrorCode::does_not_fit};
}

std::string verdict(const std::vector<Check>& checks) { return comment_verdict(checks); }

}  // namespace

TEST_CASE("a verdict counts, and names what is broken by most") {
    CHECK(verdict({check_of(CheckStatus::pass), check_of(CheckStatus::pass)}) ==
          "✅ roofline: 2 of 2 limits kept");
    CHECK(verdict({check_of(CheckStatus::pass), check_of(CheckStatus::warn)}) ==
          "⚠️ roofline: 2 of 2 limits kept");
    CHECK(verdict({check_of(CheckStatus::fail, 1.1), check_of(CheckStatus::fail, 1.3),
                   check_of(CheckStatus::skip)}) ==
          "❌ roofline: 2 of 3 limits broken, 1 skipped — chat time per token 39.0 ms, allowed "
          "30.0 ms");
    CHECK(verdict({unjudged()}) == "❌ roofline: 1 of 1 limit cannot be judged — big does not fit");
    CHECK(verdict({unjudged(), check_of(CheckStatus::fail, 1.1)}) ==
          "❌ roofline: 1 of 2 limits broken, 1 cannot be judged — chat time per token 33.0 ms, "
          "allowed 30.0 ms");
    CHECK(verdict({check_of(CheckStatus::skip)}) == "❌ roofline: nothing was judged, 1 skipped");
    Check least = check_of(CheckStatus::fail, 0.9);
    least.upper = false;
    CHECK(verdict({least}).ends_with("27.0 ms, at least 30.0 ms"));
}

TEST_CASE("a change says which way is worse; rounding is none") {
    const Metric* slower = &the_metric("tpot");
    const Metric* rate = &the_metric("tokens_per_s");
    CHECK(change_text({slower, 0.02, 0.03}) == "+50.0 % worse");
    CHECK(change_text({rate, 100, 150}) == "+50.0 % better");
    CHECK(change_text({rate, 100, 50}) == "-50.0 % worse");
    CHECK(change_text({rate, 100, 100.01}) == "same");
    CHECK(change_text({rate, std::nullopt, 50}) == "new");
    CHECK(change_text({rate, 100, std::nullopt}) == "no figure");
}

TEST_CASE("what keeps the limits: a load, a change with its figures, or both") {
    const JudgedChange change(chat_at("concurrency=32"), chat_at("concurrency=48"),
                              {limit_on("tpot", 0.03)});
    const Field& load = the_field("concurrency");
    const Evaluation with = evaluated(chat_at("concurrency=32"));
    CHECK(keeping_words(change.judged(),
                        {{.load = &load, .value = 33},
                         {.change = "`hw h100-sxmx8` `tp 8`", .evaluation = with},
                         {.change = "`kv-dtype fp8`", .load = &load, .value = 36}}) ==
          "concurrency ≤ 33 · hw h100-sxmx8 tp 8 (29.3 ms, $4.47) · kv-dtype fp8 with concurrency "
          "≤ 36");
    CHECK(keeping_words(change.judged(), {{.load = &load, .value = 20, .least = true}}) ==
          "concurrency ≥ 20");
    CHECK(keeping_words(change.judged(), {}).empty());
}

TEST_CASE("figures without a limit are told where they changed, and the month's bill always") {
    const JudgedChange change(chat_at("concurrency=32"), chat_at("concurrency=48"),
                              {limit_on("tpot", 0.03)});
    const std::string words = other_changes(change.judged());
    CHECK(words.find("throughput 1,229 tokens/s, +15.2 % better") != std::string::npos);
    CHECK(words.find("cost of a month $12,526.80, same") != std::string::npos);
    CHECK(words.find("time per token") == std::string::npos);
    CHECK(words.find("gpus") == std::string::npos);
    const JudgedChange none("llama-3.1-8b@h100-sxm", "llama-3.1-8b@h100-sxm", {});
    CHECK(other_changes(none.judged()).empty());
}

}  // namespace comment_words_test
