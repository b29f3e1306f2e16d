#include "answer/sweep/sweep_lines.hpp"

#include "catch.hpp"
#include "page.hpp"

#include <filesystem>
#include <fstream>
#include <utility>

namespace sweep_lines_test {

using namespace roofline;

namespace {

using Fields = std::vector<std::pair<const char*, const char*>>;

// Lines made by hand, numbered from 2 on as under a header; a field "!" is a fault of the line.
class Lines : public ScenarioLines {
  public:
    explicit Lines(std::vector<Fields> lines) : lines_(std::move(lines)) {}
    const std::vector<GivenColumn>& columns() const override { return columns_; }
    bool next(std::vector<GivenField>& given) override {
        if (at_ == lines_.size()) return false;
        for (const auto& [name, text] : lines_[at_++]) {
            if (name == std::string("!"))
                throw UserError({.code = ErrorCode::bad_table,
                                 .message = text,
                                 .where = {.file = "elsewhere", .line = 9, .column = 5}});
            given.push_back({find_field(name), text, std::string(text)});
        }
        return true;
    }
    int line() const override { return static_cast<int>(at_) + 1; }

  private:
    std::vector<Fields> lines_;
    std::vector<GivenColumn> columns_{{find_field("hw"), "hw"},
                                      {find_field("kv-dtype"), "kv_dtype"}};
    std::size_t at_ = 0;
};

struct Asked {
    Catalog catalog = {};
    std::vector<WarningNote> notes = {};
    bool stopped = false;
    bool with_model = true;

    Streamed of(std::vector<Fields> lines, const Calibration& calibration = {}) {
        Deployment base;
        if (with_model) base.model = catalog.model("llama-3.1-8b");
        return sweep_lines({.lines = std::make_unique<Lines>(std::move(lines)),
                            .file = "mine.csv",
                            .base = base,
                            .knowledge = {},
                            .basis = Basis::bound,
                            .asking = {catalog, notes},
                            .interrupted = [this] { return stopped; }},
                           calibration);
    }
};

}  // namespace

TEST_CASE("the answer to lines names their file and the basis, and rests on a profile") {
    Asked asked;
    const Report report = asked.of({}, {.file = "profile.json"}).report;
    CHECK(report.command == "sweep");
    CHECK(report.verdict == "the scenarios of mine.csv (bound figures)");
    CHECK(json_text(report.inputs) == R"({
  "scenarios": "mine.csv",
  "basis": "bound"
}
)");
    REQUIRE(report.assumptions.size() == 1);
    CHECK(report.assumptions[0].id == "calibration");
    CHECK(std::get<Table>(report.blocks.at(0)).list == "points");
    CHECK(asked.of({}).report.assumptions.empty());
}

TEST_CASE("a row has the line's number, its fields under the lines' own names, and the answer") {
    Asked asked;
    const Streamed lines =
        asked.of({{{"hw", "h100-sxm"}, {"kv-dtype", "fp8"}}, {{"hw", "l40s"}, {"tp", "3"}}});
    const std::string text = text_of(lines.report, "csv");
    CHECK(text.starts_with("line,hw,kv_dtype,fits,ttft_s,tpot_s,"));
    CHECK(text.find("\n2,h100-sxm,fp8,true,0.0") != std::string::npos);
    CHECK(text.find("\n3,l40s,,,,,,,,,,,,,") != std::string::npos);
    CHECK(lines.ending().status == Exit::input);
}

TEST_CASE("a bad line is a row with its reason, and a fault of the run at its place in the file") {
    Asked asked;
    const Streamed lines = asked.of({{{"!", "it says `kv-dtype fp2`"}}, {{"batch", "2"}}});
    const std::string text = text_of(lines.report, "csv");
    CHECK(text.ends_with(
        "\n2,,,,,,,,,,,,,,,,,,,it says 'kv_dtype' fp2\n3,,,,,,,,,,,,,,,,,,,no hw is named\n"));
    const Ending ending = lines.ending();
    CHECK(ending.status == Exit::input);
    REQUIRE(ending.faults.size() == 2);
    CHECK(ending.faults[0].code == ErrorCode::bad_table);
    CHECK(place_text(ending.faults[0].where) == "mine.csv:2:5");
    CHECK(ending.faults[1].code == ErrorCode::bad_record);
    CHECK(ending.faults[1].message == "no hw is named");
    CHECK(ending.faults[1].hint == "add \"model\" and \"hw\"");
    CHECK(place_text(ending.faults[1].where) == "mine.csv:3");
    CHECK(ending.more.empty());
}

TEST_CASE("a line without a model, where none was given for all lines, says so") {
    Asked asked;
    asked.with_model = false;
    const Streamed lines = asked.of({{{"hw", "l40s"}}});
    CHECK(text_of(lines.report, "csv").ends_with("\n2,l40s,,,,,,,,,,,,,,,,,,no model is named\n"));
}

TEST_CASE("what would be a misuse of the command line is a bad record in a file") {
    Asked asked;
    const Streamed lines = asked.of({{{"hw", "l40s"}, {"concurrency", "8"}, {"batch", "2"}}});
    text_of(lines.report, "csv");
    REQUIRE(lines.ending().faults.size() == 1);
    CHECK(lines.ending().faults[0].code == ErrorCode::bad_record);
}

TEST_CASE("20 faults are told, the rest counted") {
    const auto more = [](std::size_t lines) {
        Asked asked;
        const Streamed bad = asked.of(std::vector<Fields>(lines, {{"batch", "2"}}));
        text_of(bad.report, "csv");
        CHECK(bad.ending().faults.size() == 20);
        return bad.ending().more;
    };
    CHECK(more(20).empty());
    CHECK(more(21) == "… and 1 more line like these");
    CHECK(more(23) == "… and 3 more lines like these");
}

TEST_CASE("a note of many lines is said once, and not again where it was said before") {
    Asked asked;
    const Streamed lines = asked.of({{{"hw", "h100"}}, {{"hw", "h100"}}, {{"hw", "h200"}}});
    text_of(lines.report, "csv");
    const Ending ending = lines.ending();
    CHECK(ending.status == Exit::ok);
    REQUIRE(ending.notes.size() == 2);
    CHECK(ending.notes[0].message.starts_with("'h100' means h100-sxm here"));
    CHECK(ending.notes[1].message.starts_with("'h200' means h200-sxm here"));
    Asked again;
    again.notes = {ending.notes[0]};
    const Streamed others = again.of({{{"hw", "h100"}}});
    text_of(others.report, "csv");
    CHECK(others.ending().notes.empty());
}

TEST_CASE("what lines use of the user's own files is named at the end") {
    const auto path = std::filesystem::temp_directory_path() / "roofline_sweep_lines.json";
    std::ofstream(path) << R"({"schema": "roofline/prices/1", "collected": "2026-11",
"sources": {"me": "my own"}, "rental": [{"provider": "House", "device": "l40s",
"mode": "on-demand", "usd_per_device_hour": 1, "date": "2026-11-01", "source": "me",
"confidence": "primary"}], "purchase": [], "api": []})";
    Asked asked;
    asked.catalog.add_price_file(path.string());
    std::filesystem::remove(path);
    const Streamed lines = asked.of({{{"hw", "l40s"}, {"price", "house"}}});
    CHECK(lines.ending().notes.empty());
    text_of(lines.report, "csv");
    REQUIRE(lines.ending().notes.size() == 1);
    const WarningNote note = lines.ending().notes[0];
    CHECK(note.code == "N202");
    CHECK(note.severity == Severity::note);
    CHECK(note.message ==
          "instead of the built-in catalog: house price of l40s from " + path.string());
}

TEST_CASE("an interrupt ends the rows") {
    Asked asked;
    asked.stopped = true;
    CHECK(text_of(asked.of({{{"hw", "h100-sxm"}}}).report, "csv").ends_with(",reason\n"));
}

}  // namespace sweep_lines_test
