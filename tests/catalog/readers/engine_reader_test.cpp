#include "catalog/readers/readers.hpp"
#include "catch.hpp"
#include "fault.hpp"

namespace engine_reader_test {

using namespace roofline;

namespace {

const std::string first = R"("name": "old", "first": "0.1",
    "first_month": {"value": "2024-01", "source": "s", "confidence": "memory"})";

EngineFile read(const std::string& eras, const std::string& more = "") {
    return read_engine_file(parse_json(
        {.name = "e.json",
         .text = R"({"schema": "roofline/engine/1", "engine": "vllm", "memory": "profiled",
                     "newest": "0.9", "sources": {"s": "a log"}, )" +
                 more + R"("eras": [)" + eras + "]}"},
        JsonDialect::strict));
}

std::string era(const std::string& terms) { return "{" + first + terms + "}"; }

Fault fault_in(const std::string& eras, const std::string& more = "") {
    return fault_of([&] { read(eras, more); });
}

Fault fault_of_file(const std::string& text) {
    return fault_of([&] {
        read_engine_file(parse_json({.name = "e.json", .text = text}, JsonDialect::strict));
    });
}

}  // namespace

TEST_CASE("a term is one value or rows of cards, with its source") {
    const EngineEra one = read(era(R"(, "share": {"value": 0.9, "source": "s",
        "confidence": "primary", "note": "a note"}, "other_gib": {"rows": [
        {"chip": "GA100", "vendor": "AMD", "below_gib": 70, "from_gpus": 2, "pcie": true,
         "value": 0.5}, {"value": 0.12}], "source": "s", "confidence": "memory"})"))
                              .eras.at(0);
    REQUIRE(one.share.rows.size() == 1);
    CHECK(one.share.rows[0].value == 0.9);
    CHECK(one.share.from.source == "a log");
    CHECK(one.share.from.note == "a note");
    REQUIRE(one.other_gib.rows.size() == 2);
    const CardRow& row = one.other_gib.rows[0];
    CHECK(row.chip == "GA100");
    CHECK(row.vendor == "AMD");
    CHECK(row.below == 70 * gibibyte);
    CHECK(row.from_gpus == 2);
    CHECK(row.pcie);
    CHECK(row.value == 0.5);
    CHECK(one.other_gib.rows[1].from_gpus == 1);
    CHECK(one.first_month == "2024-01");
    CHECK(one.spread_gib.rows.empty());
}

TEST_CASE("an era keeps what it does not name of the one before, and null takes a term away") {
    const auto value = [](double number) {
        return R"({"value": )" + std::to_string(number) +
               R"(, "source": "s", "confidence": "memory"})";
    };
    const EngineFile file =
        read(era(R"(, "share": )" + value(0.9) + R"(, "base_gib": )" + value(1)) +
             R"(, {"name": "new", "first": "0.5", "first_month": )" +
             R"({"value": "2025-01", "source": "s", "confidence": "memory"}, "base_gib": null, )" +
             R"("step_tokens": )" + value(8192) + "}");
    REQUIRE(file.eras.size() == 2);
    CHECK(file.eras[1].name == "new");
    CHECK(file.eras[1].share.rows.at(0).value == 0.9);
    CHECK(file.eras[1].base_gib.rows.empty());
    CHECK(file.eras[1].step_tokens.rows.at(0).value == 8192);
    CHECK(file.eras[0].step_tokens.rows.empty());
    CHECK(file.newest == "0.9");
    CHECK(file.rule == MemoryRule::profiled);
}

TEST_CASE("a backend replaces the terms that it has and keeps the rest") {
    const EngineFile file =
        read(era(R"(, "share": {"value": 0.9, "source": "s", "confidence": "memory"})"),
             R"("backends": [{"name": "slow", "text": "sorts", "sampler_copies":
                {"value": 9.6, "source": "s", "confidence": "memory"}}], )");
    REQUIRE(file.backends.size() == 1);
    CHECK(file.backends[0].name == "slow");
    CHECK(file.backends[0].text == "sorts");
    EngineEra changed = file.eras[0];
    overlay(file.backends[0].changes, changed);
    CHECK(changed.share.rows.at(0).value == 0.9);
    CHECK(changed.sampler_copies.rows.at(0).value == 9.6);
}

TEST_CASE("unknown keys are refused, in a file, an era, a term, a row and a backend") {
    CHECK(fault_in(era(""), R"("why": 1, )").message == "unknown key 'why'");
    const Fault in_era = fault_in(era(R"(, "shares": {"value": 1})"));
    CHECK(in_era.code == ErrorCode::bad_record);
    CHECK(in_era.message == "unknown key 'shares'");
    CHECK(in_era.where.pointer == "/eras/0/shares");
    CHECK(
        fault_in(era(R"(, "share": {"value": 1, "source": "s", "confidence": "memory", "of": 2})"))
            .message == "unknown key 'of'");
    CHECK(fault_in(era(R"(, "share": {"rows": [{"value": 1, "card": "x"}], "source": "s",
                          "confidence": "memory"})"))
              .message == "unknown key 'card'");
    CHECK(fault_in(era(""), R"("backends": [{"name": "a", "text": "b", "c": 1}], )").message ==
          "unknown key 'c'");
}

TEST_CASE("a value names a source of the file's, and every source is named") {
    CHECK(fault_in(era(R"(, "share": {"value": 1, "confidence": "memory"})")).message ==
          "'source' is missing");
    CHECK(fault_in(era(R"(, "share": {"value": 1, "source": "t", "confidence": "memory"})")).code ==
          ErrorCode::bad_record);
    const Fault unused = fault_of_file(R"({"schema": "roofline/engine/1", "engine": "vllm",
        "memory": "profiled", "newest": "1", "sources": {"s": "a log", "t": "a rumour"}, "eras": [)" +
                                       era("") + "]}");
    CHECK(unused.where.pointer == "/sources/t");
}

TEST_CASE("an engine that is none, a rule that is none, and no era at all are refused") {
    const std::string head = R"({"schema": "roofline/engine/1", "sources": {"s": "a"}, )";
    CHECK(
        fault_of_file(head + R"("engine": "tgi", "memory": "profiled", "newest": "1"})").message ==
        "unknown engine 'tgi'");
    CHECK(fault_of_file(head + R"("engine": "vllm", "memory": "none", "newest": "1"})").code ==
          ErrorCode::bad_record);
    CHECK(fault_in("").message == "an engine has at least one era");
    CHECK(fault_in(R"({"name": "old", "first": "0.1"})").message == "'first_month' is missing");
    CHECK(fault_in(era(R"(, "share": {"value": 0, "source": "s", "confidence": "memory"})")).code ==
          ErrorCode::bad_record);
}

}  // namespace engine_reader_test
