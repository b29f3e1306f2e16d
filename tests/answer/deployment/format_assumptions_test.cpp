#include "answer/deployment/format_assumptions.hpp"

#include "roofline/catalog/catalog.hpp"

#include "catch.hpp"

namespace format_assumptions_test {

using namespace roofline;

namespace {

std::string ids(const Model& model, WeightFormat weights) {
    Catalog catalog;
    std::vector<AssumptionNote> notes;
    add_format_assumptions({.model = std::make_shared<const Model>(model),
                            .device = catalog.device("h100-sxm"),
                            .weights = weights},
                           notes);
    std::string text;
    for (const AssumptionNote& note : notes) text += note.id + " ";
    return text;
}

}  // namespace

TEST_CASE("formats that nobody asked for, and those that a file says otherwise, are named") {
    Model model = *Catalog().model("llama-3.1-8b");
    CHECK(ids(model, WeightFormat::bf16).empty());
    CHECK(ids(model, WeightFormat::fp8) == "coverage ");
    CHECK(ids(model, WeightFormat::nvfp4) == "coverage computed_in ");
    model.unread_format = "'quip' is a way to quantise new to roofline";
    CHECK(ids(model, WeightFormat::fp8) == "file_format coverage ");
    model.unread_format.clear();
    model.published.name = WeightFormat::int4;
    CHECK(ids(model, WeightFormat::fp8) == "file_format coverage ");
    CHECK(ids(model, WeightFormat::int4).empty());
}

}  // namespace format_assumptions_test
