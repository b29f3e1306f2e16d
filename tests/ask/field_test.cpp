#include "ask/field.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace field_test {

using namespace roofline;

namespace {

struct Reader {
    Catalog catalog;
    std::vector<WarningNote> notes;
    Deployment deployment;

    void set(std::string_view field, std::string_view text) {
        set_field(deployment, *find_field(field), text, {catalog, notes});
    }
};

}  // namespace

TEST_CASE("messages call a model MODEL, and other fields by their name in backquotes") {
    CHECK(label_of(*find_field("model")) == "MODEL");
    CHECK(label_of(*find_field("hw")) == "`hw`");
    CHECK(label_of(*find_field("kv-dtype")) == "`kv-dtype`");
}

TEST_CASE("a field is set from its text, and a fault names it") {
    Reader reader;
    reader.set("isl", "4k");
    reader.set("quant", "fp8");
    reader.set("hw", "l40sx2");
    CHECK(reader.deployment.isl == 4096.0);
    CHECK(reader.deployment.weights == WeightFormat::fp8);
    CHECK(reader.deployment.device->id == "l40s");
    CHECK(reader.deployment.gpus == 2.0);
    CHECK(reader.notes.empty());
    const Fault fault = fault_of([&] { reader.set("batch", "0"); });
    CHECK(fault.code == ErrorCode::bad_count);
    CHECK(fault.message == "`batch` must be a whole number from 1 up, got 0");
    CHECK(reader.deployment.isl == 4096.0);
}

TEST_CASE("h100 is short for three devices: which one is meant, and what the others have") {
    Reader reader;
    reader.set("hw", "h100x8");
    REQUIRE(reader.notes.size() == 1);
    CHECK(reader.notes[0].code == "N201");
    CHECK(reader.notes[0].severity == Severity::note);
    CHECK(reader.notes[0].message ==
          "'h100' means h100-sxm here; others: h100-nvl (94.0 GB, 3.94 TB/s), "
          "h100-pcie (80.0 GB, 2.00 TB/s)");
}

TEST_CASE("a whole id, in any spelling, means nothing else") {
    Reader reader;
    reader.set("hw", "h100-sxm");
    reader.set("hw", "H100_SXM");
    reader.set("hw", "h100-pciex2");
    reader.set("hw", "mi300x");
    CHECK(reader.notes.empty());
    CHECK(reader.deployment.device->id == "mi300x");
}

}  // namespace field_test
