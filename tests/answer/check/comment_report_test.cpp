#include "answer/check/comment_report.hpp"

#include "catch.hpp"
#include "gate/judged_change.hpp"
#include "page.hpp"

namespace comment_report_test {

using namespace roofline;

namespace {

std::string comment(const JudgedTarget& judged) {
    return text_of(comment_report({"b.json"}, {{.judged = &judged}}), "md");
}

bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a comment: marker, heading, what is broken first and bold, then what is kept") {
    const JudgedChange change(
        chat_at("concurrency=32"), chat_at("concurrency=48"),
        {limit_on("ttft", 1), limit_on("tpot", 0.03), limit_on("usd_per_1m_output", 5)});
    const std::string text = comment(change.judged());
    CHECK(
        text.starts_with("<!-- roofline:check -->\n### ❌ roofline: 1 of 3 limits broken — chat "
                         "time per token 38.4 ms, allowed 30.0 ms\n\n"
                         "|  | deployment | figure | main | this PR | change | limit | used |\n"));
    CHECK(holds(text,
                "| **❌** | **chat (another load)** | **time per token** | **29.3 ms** | "
                "**38.4 ms** | **+30.8 % worse** | **≤ 30.0 ms** | **128 %** |\n"
                "| ✅ |  | time to the first token | 353 ms | 372 ms | +5.6 % worse | ≤ 1.00 s | "
                "37 % |\n"));
    CHECK(holds(text, "\nAnother load than main's: concurrency 32 then, 48 now.  \n"));
}

TEST_CASE("a regression at another load is not judged, and its figures are shown all the same") {
    const Limit limit{.metric = find_metric("tpot"),
                      .regression = Threshold{.value = 0.05, .is_share = true}};
    const JudgedChange change(chat_at("concurrency=32"), chat_at("concurrency=48"), {limit});
    const std::string text = comment(change.judged());
    CHECK(holds(text,
                "| **❌** | **chat (another load)** | **time per token against main** | "
                "**29.3 ms** | **38.4 ms** | **+30.8 % worse** | **–** | **–** |"));
    CHECK(holds(text, "error\\[E354] chat tpot: ") != holds(text, "error[E354] chat tpot: "));
}

TEST_CASE("without a baseline there is no column of it; two budgets are told apart") {
    const JudgedChange change(chat_at("concurrency=32"), chat_at("concurrency=32"),
                              {limit_on("tpot", 0.03)});
    JudgedTarget alone = change.judged();
    alone.baseline = nullptr;
    CHECK(text_of(comment_report({"a.json", "b.json"}, {{.judged = &alone}}), "md") ==
          "<!-- roofline:check -->\n### ✅ roofline: 1 of 1 limit kept\n\n"
          "|  | deployment | figure | now | limit | used |\n|---|---|---|---|---|---|\n"
          "| ✅ | b.json: chat | time per token | 29.3 ms | ≤ 30.0 ms | 98 % |\n");
}

TEST_CASE("reasons, remedies and words of owners stand under the table, by target") {
    Limit limit = limit_on("tpot", 0.03);
    limit.message = "Agreed with product";
    const JudgedChange change(chat_at("concurrency=32"), chat_at("concurrency=48"), {limit});
    const JudgedTarget judged = change.judged();
    const CommentedTarget one{.judged = &judged,
                              .cause = "it grew",
                              .keeping = {{.load = &the_field("concurrency"), .value = 33}},
                              .remedy = "chat fits"};
    const std::string text = text_of(comment_report({"b.json"}, {one, one}), "md");
    CHECK(holds(text, ". Agreed with product  \n"));
    CHECK(holds(text,
                "\nWhy (chat): it grew.  \nKeeps every limit (chat): concurrency ≤ 33.  \n"
                "chat fits  \n"));
}

TEST_CASE("a budget that cannot be read is one line with its code and place") {
    const Check check{.file = "b.json",
                      .status = CheckStatus::error,
                      .why = "it ends",
                      .where = {.file = "b.json", .line = 2},
                      .error = ErrorCode::malformed_json};
    CHECK(text_of(comment_report(check), "md") ==
          "<!-- roofline:check -->\n### ❌ roofline: b.json cannot be judged\n\n"
          "error[E301] b.json:2: it ends  \n");
}

}  // namespace comment_report_test
