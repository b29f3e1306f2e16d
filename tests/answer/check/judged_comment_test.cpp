#include "answer/check/judged_comment.hpp"

#include "catch.hpp"
#include "gate/judged_change.hpp"
#include "page.hpp"

namespace judged_comment_test {

using namespace roofline;

namespace {

std::string comment(const JudgedTarget& judged, std::size_t times = 1) {
    std::vector<EvidencedTarget> targets(times, {.judged = judged, .calibration = {}});
    Catalog catalog;
    return text_of(judged_comment({"b.json"}, targets, {.today = Day()}, catalog), "md");
}

std::size_t count(const std::string& text, std::string_view part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

}  // namespace

TEST_CASE("a broken limit is explained, and what keeps it is tried") {
    const JudgedChange change(chat_at("concurrency=32"), chat_at("concurrency=48"),
                              {limit_on("tpot", 0.03)});
    const std::string text = comment(change.judged());
    CHECK(count(text, "\nWhy: time per token: concurrency 32 → 48 adds 9.04 ms") == 1);
    CHECK(count(text, "\nKeeps every limit: concurrency ≤ 33 · ") == 1);
    CHECK(count(comment(change.judged(), 30), "\nKeeps every limit") == 20);
}

TEST_CASE("what does not fit is told how it would") {
    const std::string large = "llama-3.1-70b@h100-sxm batch=1 quant=bf16";
    const JudgedChange change("llama-3.1-70b@h100-sxmx4 batch=1 quant=bf16", large,
                              {limit_on("tpot", 0.03)});
    CHECK(count(comment(change.judged()), "\nchat fits with ") == 1);
}

}  // namespace judged_comment_test
