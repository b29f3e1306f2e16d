#include "roofline/evaluate/crossover.hpp"

#include "roofline/catalog/catalog.hpp"

#include "catch.hpp"

namespace crossover_test {

using namespace roofline;

namespace {

Prepared llama_on_h100(Catalog& catalog) {
    return prepare({.model = catalog.model("llama-3.1-8b"), .device = catalog.device("h100-sxm")});
}

}  // namespace

// Whole pages of 16: 7,658 of one sequence, or 239 of each of 32, are no more than the weights.
TEST_CASE(
    "16,060.5 MB of weights are 122,532 tokens of 131,072 bytes: KV outweighs from the next page") {
    Catalog catalog;
    const Prepared prepared = llama_on_h100(catalog);
    CHECK(std::floor(prepared.workload.weights.in(byte) / 131072) == 122532);
    CHECK(context_beyond_weights(prepared, 1) == 7658 * 16 + 1);
    CHECK(context_beyond_weights(prepared, 32) == 239 * 16 + 1);
}

TEST_CASE("a model whose context ends before has no such crossover") {
    Catalog catalog;
    const Prepared prepared =
        prepare({.model = catalog.model("llama-2-7b"), .device = catalog.device("h100-sxm")});
    CHECK_FALSE(context_beyond_weights(prepared, 1));
}

TEST_CASE("one batch less and decoding is still held up by memory") {
    Catalog catalog;
    Deployment d{.model = catalog.model("llama-3.1-8b"), .device = catalog.device("h100-sxm")};
    d.isl = 16;
    d.osl = 2;
    const Prepared prepared = prepare(d);
    const double batch = *batch_beyond_memory(prepared);
    const auto bound_at = [&](double sequences) {
        const Step step{
            .sequences = sequences, .tokens = 1, .before = point_of(prepared).context - 1};
        return time_of(*prepared.workload.phase(Pass::next_token), step, prepared.workload.layout,
                       prepared.machine)
            .bound();
    };
    CHECK(batch > 100);
    CHECK(bound_at(batch) == Bound::compute);
    CHECK(bound_at(batch - 1) == Bound::memory);
}

}  // namespace crossover_test
