#include "catalog/readers/figure_reader.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace figure_reader_test {

using namespace roofline;

namespace {

JsonDocument document(std::string members) {
    return parse_json({.name = "d.json",
                       .text = R"({"sources": {"sheet": "a data sheet", "mail": "a letter"}, )" +
                               std::move(members) + "}"},
                      JsonDialect::strict);
}

// What reading "power" from these members says.
Fault fault_in(const std::string& members) {
    const JsonDocument text = document(members);
    return fault_of([&] {
        JsonObject record(text);
        FigureReader(record).optional(record, "power", watt);
    });
}

}  // namespace

TEST_CASE("a figure has its unit, and what its source is called for") {
    const JsonDocument text = document(
        R"("power": {"value": 700, "source": "sheet", "confidence": "secondary", "note": "peak"},
           "chip": {"value": "9.0", "source": "mail", "confidence": "memory"}, "none": null)");
    JsonObject record(text);
    FigureReader figures(record);
    const auto power = figures.optional(record, "power", watt);
    REQUIRE(power);
    CHECK(power->value == 700 * watt);
    CHECK(power->from.source == "a data sheet");
    CHECK(power->from.confidence == Confidence::secondary);
    CHECK(power->from.note == "peak");
    const auto chip = figures.optional_text(record, "chip");
    REQUIRE(chip);
    CHECK(chip->value == "9.0");
    CHECK(chip->from.source == "a letter");
    CHECK(chip->from.note.empty());
    CHECK_FALSE(figures.optional_text(record, "none"));
    CHECK_FALSE(figures.optional(record, "missing", watt));
    CHECK_NOTHROW(figures.done());
}

TEST_CASE("a figure that must be there is missed") {
    const JsonDocument text = document(R"("other": 1)");
    JsonObject record(text);
    FigureReader figures(record);
    const Fault fault = fault_of([&] { figures.required(record, "power", watt); });
    CHECK(fault.code == ErrorCode::bad_record);
    CHECK(fault.message.find("power") != std::string::npos);
}

TEST_CASE("a source that is not named is refused, with the nearest that is") {
    const Fault fault =
        fault_in(R"("power": {"value": 7, "source": "sheets", "confidence": "memory"})");
    CHECK(fault.code == ErrorCode::bad_record);
    CHECK(fault.message == "source 'sheets' is not named under /sources");
    CHECK(fault.hint == "did you mean sheet?");
    CHECK(fault.where.pointer == "/power/source");
    CHECK(fault_in(R"("power": {"value": 7})").message.find("source") != std::string::npos);
    CHECK(fault_in(R"("power": {"value": 7, "source": "mail"})").message.find("confidence") !=
          std::string::npos);
}

TEST_CASE("other keys of a figure are refused, of a group they are its members") {
    CHECK(
        fault_in(R"("power": {"value": 7, "source": "mail", "confidence": "memory", "unit": "W"})")
            .message == "unknown key 'unit'");
    const JsonDocument text =
        document(R"("shape": {"hidden": 64, "source": "mail", "confidence": "primary"})");
    JsonObject record(text);
    FigureReader figures(record);
    JsonObject shape = record.object("shape");
    CHECK(figures.provenance_of_members(shape).source == "a letter");
    CHECK(shape.whole("hidden") == 64);
}

TEST_CASE("a source that no figure names is refused in the end") {
    const JsonDocument text =
        document(R"("power": {"value": 7, "source": "mail", "confidence": "memory"})");
    JsonObject record(text);
    FigureReader figures(record);
    figures.optional(record, "power", watt);
    const Fault fault = fault_of([&] { figures.done(); });
    CHECK(fault.message == "unknown key 'sheet'");
    CHECK(fault.where.pointer == "/sources/sheet");
}

}  // namespace figure_reader_test
