#include "roofline/gate/reports.hpp"

#include "catch.hpp"
#include "gate/reports/report_kinds.hpp"

namespace reports_test {

using namespace roofline;

namespace {

std::string sentence(CheckStatus status, const std::string& message) {
    return sentence_of({.file = "b.json",
                        .target = "chat-8b",
                        .metric = "tpot",
                        .op = "max",
                        .status = status,
                        .message = message,
                        .why = "so it is"});
}

}  // namespace

TEST_CASE("a check that is broken says the user's own words after what happened") {
    CHECK(sentence(CheckStatus::fail, "Agreed with finance") ==
          "chat-8b tpot: so it is. Agreed with finance");
    CHECK(sentence(CheckStatus::warn, "Agreed with finance") ==
          "chat-8b tpot: so it is. Agreed with finance");
    CHECK(sentence(CheckStatus::fail, "") == "chat-8b tpot: so it is");
}

TEST_CASE("a check that is kept, skipped or not judged says what happened alone") {
    CHECK(sentence(CheckStatus::pass, "Agreed") == "chat-8b tpot: so it is");
    CHECK(sentence(CheckStatus::skip, "Agreed") == "chat-8b tpot: so it is");
    CHECK(sentence(CheckStatus::error, "Agreed") == "chat-8b tpot: so it is");
}

TEST_CASE("each kind of report is written by its own function, Markdown by none") {
    REQUIRE(report_kinds.size() == 4);
    CHECK(report_kinds[0].name == "junit");
    CHECK(report_kinds[0].text({}, {}).find("<testsuites ") != std::string::npos);
    CHECK(report_kinds[1].name == "sarif");
    CHECK(report_kinds[1].text({}, {}).find("\"runs\"") != std::string::npos);
    CHECK(report_kinds[2].name == "codequality");
    CHECK(report_kinds[2].text({}, {}) == "[]\n");
    CHECK(report_kinds[3].name == "md");
    CHECK(report_kinds[3].text == nullptr);
}

}  // namespace reports_test
