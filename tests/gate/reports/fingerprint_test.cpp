#include "gate/reports/fingerprint.hpp"

#include "catch.hpp"

namespace fingerprint_test {

using namespace roofline;
using gate::fingerprint_of;

namespace {

Check check_of(std::string target, std::string metric, std::string file = "b.json") {
    return {.file = std::move(file),
            .target = std::move(target),
            .metric = std::move(metric),
            .op = "max"};
}

}  // namespace

// By another program: of the bytes, with a zero byte after each part.
TEST_CASE("a fingerprint is 64-bit FNV-1a of file, target, metric and side, in hexadecimal") {
    CHECK(fingerprint_of(check_of("chat", "tpot")) == "bce575cfebe25c54");
    CHECK(fingerprint_of(check_of("chat", "tpot", "ü.json")) == "344ca10945dfbf27");
    CHECK(fingerprint_of(Check()) == "4d25767f9dce13f5");
}

TEST_CASE("a small fingerprint has its leading zero") {
    CHECK(fingerprint_of(check_of("t73", "tpot")) == "07550918819391aa");
}

TEST_CASE("parts that read the same side by side are told apart") {
    CHECK(fingerprint_of(check_of("ab", "c")) == "7054aa73c78be003");
    CHECK(fingerprint_of(check_of("a", "bc")) == "9ca0a12a6a9ba0ff");
}

TEST_CASE("status, severity, value, words and place do not count") {
    Check check = check_of("chat", "tpot");
    check.status = CheckStatus::skip;
    check.severity = LimitSeverity::info;
    check.value = Measure(1, dimension::second);
    check.limit = Measure(2, dimension::second);
    check.message = check.why = check.hidden = "words";
    check.where = {.file = "b.json", .line = 9, .column = 9};
    check.error = ErrorCode::does_not_fit;
    CHECK(fingerprint_of(check) == "bce575cfebe25c54");
}

}  // namespace fingerprint_test
