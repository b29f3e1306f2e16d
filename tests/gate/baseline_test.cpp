#include "roofline/gate/baseline.hpp"

#include "catch.hpp"
#include "fault.hpp"
#include "gate/sources.hpp"

#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace baseline_test {

using namespace roofline;

TEST_CASE("a baseline reads back what it wrote, to the last digit") {
    Baseline baseline{.file = "b.json"};
    baseline.targets["chat \"a\""] = {.basis = Basis::pessimistic,
                                      .load = {{"batch", 32.0},
                                               {"prefix_hit", 0.0},
                                               {"lengths", "equal"},
                                               {"calibration", "h200.json"}},
                                      .figures = {{"tpot", 0.1 / 3}, {"gpus", 2}},
                                      .asked = {{"model", "llama-3.1-8b"}, {"tp", 2.0}}};
    const Baseline read = read_baseline({.name = "b.json", .text = baseline_text(baseline)});
    REQUIRE(read.targets.size() == 1);
    CHECK(read.targets.at("chat \"a\"").basis == Basis::pessimistic);
    CHECK(read.targets.at("chat \"a\"").load == baseline.targets.at("chat \"a\"").load);
    CHECK(read.targets.at("chat \"a\"").asked == baseline.targets.at("chat \"a\"").asked);
    CHECK(read.targets.at("chat \"a\"").figures == baseline.targets.at("chat \"a\"").figures);
}

TEST_CASE("a baseline with anything that it would not write itself is refused") {
    const std::string good = baseline_text(
        {.file = {}, .targets = {{"a", {.basis = Basis::bound, .figures = {{"tpot", 0.5}}}}}});
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string text = good;
        text.replace(text.find(from), from.size(), to);
        return fault_of([&] { read_baseline({.name = "b.json", .text = text}); }).code;
    };
    CHECK(with("baseline/1", "baseline/2") == ErrorCode::bad_baseline);
    CHECK(with("bound", "bond") == ErrorCode::bad_baseline);
    CHECK(with("0.5", "null") == ErrorCode::bad_baseline);
    CHECK(with("0.5", "-0.5") == ErrorCode::bad_baseline);
    CHECK(with("tpot_s", "tpot") == ErrorCode::bad_baseline);
    CHECK(with("\"load\"", "\"loads\"") == ErrorCode::bad_baseline);
    CHECK(with("\"load\": {", "\"load\": { \"batches\": 1") == ErrorCode::bad_baseline);
    CHECK(with("\"load\": {", "\"load\": { \"prefix_hit\": 1.5") == ErrorCode::bad_baseline);
    CHECK(with("\"load\": {", "\"load\": { \"lengths\": 2") == ErrorCode::bad_baseline);
    CHECK(with("\"figures\"", "\"figure\"") == ErrorCode::bad_baseline);
    CHECK(with("0.5", "NaN") == ErrorCode::malformed_json);
}

TEST_CASE("a baseline takes the place of a baseline, or of nothing") {
    const auto may_replace = [](const std::string& text) {
        const auto path = std::filesystem::temp_directory_path() /
                          ("roofline_baseline_" + std::to_string(getpid()));
        std::ofstream(path) << text;
        const bool may = may_hold_baseline(path.string());
        std::filesystem::remove(path);
        return may;
    };
    CHECK(may_replace(baseline_text({})));
    CHECK(may_replace(R"({"schema": "roofline/baseline/2", "more": 1})"));
    CHECK_FALSE(may_replace("my notes\n"));
    CHECK_FALSE(may_replace(R"({"schema": "roofline/prices/1"})"));
    CHECK_FALSE(may_replace(R"({"version": 1})"));
    CHECK_FALSE(may_replace("[]"));
    CHECK_FALSE(may_replace(""));
    CHECK(may_hold_baseline("/no/such/folder/b.json"));
    CHECK(may_hold_baseline("/dev/null"));
}

}  // namespace baseline_test
