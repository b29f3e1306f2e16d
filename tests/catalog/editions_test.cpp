// Quantised editions that were published: what their makers left in 16 bits.
#include "roofline/workload/parameters.hpp"
#include "roofline/workload/workload.hpp"

#include "answer/deployment/deployment_assumptions.hpp"
#include "catch.hpp"
#include "deployed.hpp"
#include "page.hpp"

#include <algorithm>

namespace editions_test {

using namespace roofline;

namespace {

// Llama-3.1-405B: 126 layers of 16,384, 53,248 wide, 128 heads of which 8 of keys and values.
constexpr double feed_forward = 3 * 16384.0 * 53248;
constexpr double attention = 2 * 16384.0 * 16384 + 2 * 16384.0 * 1024;
constexpr double tables = 2 * 128256.0 * 16384;
constexpr double norms = (2 * 126 + 1) * 16384.0;

const AssumptionNote* note_of(const std::vector<AssumptionNote>& notes, std::string_view id) {
    const auto found = std::ranges::find(notes, id, &AssumptionNote::id);
    return found == notes.end() ? nullptr : &*found;
}

std::vector<AssumptionNote> notes_of(const std::string& scenario) {
    return bound_assumptions(prepare(deployed(scenario)));
}

double stored(const std::string& scenario) {
    const Deployment d = complete(deployed(scenario));
    return stored_bytes(*d.model, weight_plan_of(d)).in(byte);
}

}  // namespace

TEST_CASE(
    "405B in fp8: 124 x 2,617,245,696 + 2 x (126 attention + 2 feed-forwards) + 4 V h: 487.2 GB") {
    CHECK(feed_forward == 2'617'245'696);
    CHECK(attention == 570'425'344);
    const double whole = stored("llama-3.1-405b@h100x8 quant=fp8");
    CHECK_THAT(whole, WithinRel(124 * feed_forward + 126 * attention * 2 + 2 * feed_forward * 2 +
                                    2 * tables + 2 * norms,
                                1e-9));
    CHECK_THAT(whole, WithinRel(487.2e9, 1e-4));
    // As published it is 2 bytes of each: 811.7 GB.
    CHECK_THAT(stored("llama-3.1-405b@h100x8"), WithinRel(811.7e9, 1e-3));
}

TEST_CASE("on each of 8 an eighth of 487.2 GB, and norms whole: 56.72 GiB") {
    const Workload workload = lower(complete(deployed("llama-3.1-405b@h100x8 quant=fp8")));
    CHECK_THAT(workload.weights.in(gibibyte), WithinAbs(56.72, 0.005));
    const double eighth = (487.168311296e9 - 2 * norms) / 8 + 2 * norms;
    CHECK_THAT(workload.weights.in(byte), WithinRel(eighth, 1e-6));
}

TEST_CASE("the assumption names the edition, and what of it is narrow") {
    const auto notes = notes_of("llama-3.1-405b@h100x8 quant=fp8");
    const AssumptionNote* note = note_of(notes, "edition");
    REQUIRE(note != nullptr);
    CHECK(note->text == "fp8 as in Meta-Llama-3.1-405B-Instruct-FP8, of");
    CHECK(raw_text(note->value).ends_with(" of all layers but 2"));
    CHECK(note->source == "the rest stays in 16 bits");
}

TEST_CASE("no edition is named of the weights as published, of other formats, or other models") {
    CHECK(note_of(notes_of("llama-3.1-405b@h100x16 tp=8 pp=2"), "edition") == nullptr);
    CHECK(note_of(notes_of("llama-3.1-405b@h100x8 quant=int4"), "edition") == nullptr);
    CHECK(note_of(notes_of("llama-3.1-8b@h100 quant=fp8"), "edition") == nullptr);
}

TEST_CASE("every edition in the catalog is narrower than the weights as published") {
    Catalog catalog;
    int editions = 0;
    for (const std::string& id : catalog.model_ids()) {
        const auto model = catalog.model(id);
        for (const Coverage& coverage : model->coverage) {
            if (coverage.edition.empty()) continue;
            ++editions;
            INFO(id << ": " << coverage.edition);
            CHECK(stored_bytes(*model, weight_plan(*model, coverage.storage.format)) <
                  stored_bytes(*model, model->published));
            CHECK_FALSE(coverage.covers.empty());
        }
    }
    CHECK(editions > 0);
}

}  // namespace editions_test
