#include "roofline/workload/parameters.hpp"
#include "roofline/workload/workload.hpp"

#include "catch.hpp"

namespace matrices_test {

using namespace roofline;

namespace {

double weights(const Layer& layer, double hidden = 10) {
    double sum = 0;
    for (const Matrix& matrix : matrices_of(layer, hidden)) sum += matrix.parameters();
    return sum;
}

constexpr GroupedQuery attention{.heads = 4, .kv_heads = 2, .head_dim = 5, .value_dim = 5};

}  // namespace

TEST_CASE("attention: 10 x (20 + 10 + 10) in, 20 x 10 out, and what families add or leave out") {
    const double plain = 10 * (20 + 10 + 10) + 20 * 10;
    CHECK(weights({.mixers = {attention}}) == plain);
    GroupedQuery other = attention;
    other.keys = Keys::earlier;
    CHECK(weights({.mixers = {other}}) == plain - 10 * 20);
    CHECK(cache_bytes(other, Precision::bf16, 1) == Bytes());
    other = attention;
    other.head_gate = true;
    CHECK(weights({.mixers = {other}}) == plain + 10 * 4);
    other = attention;
    other.query_rank = 3;
    CHECK(weights({.mixers = {other}}) == plain - 10 * 20 + 10 * 3 + 3 * 20);
    other = attention;
    other.inputs = 20;
    CHECK(weights({.mixers = {other}}) == 20 * 40 + 20 * 10);
}

TEST_CASE("compressed attention: hq + qHD + hD + HDr + grh, with a compressor 2hD + bD") {
    CompressedAttention a{.heads = 4,
                          .head_dim = 5,
                          .query_rank = 3,
                          .output_rank = 2,
                          .output_groups = 2,
                          .window = 8};
    const double plain = 10 * 3 + 3 * 20 + 10 * 5 + 20 * 2 + 2 * 2 * 10;
    CHECK(weights({.mixers = {a}}) == plain);
    a.ratio = 16;
    CHECK(weights({.mixers = {a}}) == plain + (2 * 10 + 16) * 5);
    a.ratio = 4;
    a.indexer = SparseIndexer{.heads = 2, .head_dim = 3, .top_k = 8, .keys = std::nullopt};
    CHECK(weights({.mixers = {a}}) ==
          plain + 2 * (2 * 10 + 4) * 5 + 2 * (2 * 10 + 4) * 3 + 10 * 2 + 3 * 2 * 3);
    // 5 elements of a token in the window; for every 4 tokens one entry of 5 and a key of 3.
    CHECK(cache_bytes(a, Precision::bf16, 1).in(byte) == 2 * 5 + 2 * (5 + 3) / 4.0);
    const Model model{.hidden = 10, .layers = {{.mixers = {a}}}};
    CHECK(cache_on_one_gpu(model, Precision::bf16, {}).held(100).in(byte) ==
          8 * 2 * 5 + 100 * 4 + 8 * 4 * 5 * 2);
}

TEST_CASE("mixers side by side, projections beside them, and weights that layers share") {
    const ShortConvolution conv{.channels = 10, .conv_kernel = 3};
    CHECK(weights({.mixers = {attention, conv}}) ==
          weights({.mixers = {attention}}) + weights({.mixers = {conv}}));
    CHECK(weights({.projections = {{10, 3}, {7, 2}}}) == 44);
    Model model{.hidden = 10, .layers = {{.count = 6, .mixers = {attention}, .stored = 2}}};
    const double norms = 2 * 10 + 10;
    CHECK(parameters(model).total() == 2 * 600 + norms);
    CHECK(active_parameters(model) == 6 * 600);
}

TEST_CASE("idle experts have a column of the router, and those of images are stored alone") {
    const MixtureOfExperts block{.experts = 4, .active = 3, .width = 5, .idle = 2, .unused = 100};
    CHECK(weights({.feed_forward = block}) == 10 * 6 + 4 * 10 * 15 + 100);
    const Model model{.hidden = 10, .layers = {{.feed_forward = block}}};
    CHECK(active_parameters(model) == 10 * 6 + 2 * 10 * 15);
}

}  // namespace matrices_test
