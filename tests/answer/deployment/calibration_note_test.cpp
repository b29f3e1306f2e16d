#include "answer/deployment/calibration_note.hpp"

#include "catch.hpp"
#include "deployed.hpp"
#include "report/format.hpp"

namespace calibration_note_test {

using namespace roofline;

namespace {

Calibration profile() {
    return {.scales = {.decode_step = 1.25, .interference = 0.5, .first_token = 2.125},
            .device = "h100-sxm",
            .model = "llama-3.1-8b",
            .engine = "vllm",
            .rows = 3,
            .file = "mine.json"};
}

std::string warning_of(const std::string& scenario) {
    const auto warning = calibration_warning(profile(), deployed(scenario));
    return warning ? warning->code + ": " + warning->message : "none";
}

}  // namespace

TEST_CASE("an answer with a profile says its scales and the runs behind them") {
    const auto note = calibration_note(profile());
    REQUIRE(note);
    CHECK(note->id == "calibration");
    CHECK(note->text == "expected times are scaled");
    CHECK(raw_text(note->value) ==
          "decode step x 1.250, interference x 0.500, first token x 2.125");
    CHECK(note->source == "mine.json, 3 rows of llama-3.1-8b on h100-sxm with vllm");
}

TEST_CASE("a profile of another model, device or engine is W303; no engine is vllm") {
    CHECK(warning_of("llama-3.1-8b@h100-sxm") == "none");
    CHECK(warning_of("llama-3.1-8b@h100-sxm engine=vllm concurrency=4") == "none");
    const std::string made =
        "W303: mine.json was made from llama-3.1-8b on h100-sxm with vllm, this is ";
    CHECK(warning_of("llama-3.1-70b@h100-sxm") == made + "llama-3.1-70b on h100-sxm with vllm");
    CHECK(warning_of("llama-3.1-8b@l4") == made + "llama-3.1-8b on l4 with vllm");
    CHECK(warning_of("llama-3.1-8b@h100-sxm engine=sglang concurrency=4") ==
          made + "llama-3.1-8b on h100-sxm with sglang");
}

TEST_CASE("several devices or models are not compared with a profile") {
    Deployment open = deployed("llama-3.1-70b@l4");
    open.device = nullptr;
    CHECK_FALSE(calibration_warning(profile(), open));
    open = deployed("llama-3.1-70b@l4");
    open.model = nullptr;
    CHECK_FALSE(calibration_warning(profile(), open));
}

TEST_CASE("a report gets note and warning, and neither without a profile") {
    Report report;
    name_calibration({}, deployed("llama-3.1-70b@l4"), report);
    CHECK(report.assumptions.empty());
    CHECK(report.warnings.empty());
    name_calibration(profile(), deployed("llama-3.1-70b@l4"), report);
    REQUIRE(report.assumptions.size() == 1);
    CHECK(report.assumptions[0].id == "calibration");
    REQUIRE(report.warnings.size() == 1);
    CHECK(report.warnings[0].code == "W303");
}

}  // namespace calibration_note_test
