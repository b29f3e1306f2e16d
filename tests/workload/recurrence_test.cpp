#include "workload/recurrence.hpp"

#include "roofline/workload/parameters.hpp"

#include "catch.hpp"

namespace recurrence_test {

using namespace roofline;

namespace {

double weights(const Mixer& mixer, double hidden) {
    double sum = 0;
    for (const Matrix& matrix : matrices_of({.mixers = {mixer}}, hidden))
        sum += matrix.parameters();
    return sum;
}

double kept(const Mixer& mixer, double hidden) { return state_bytes(mixer, hidden, 1).in(byte); }

}  // namespace

TEST_CASE("Mamba: 2hd + dk + d(r + 2N) + rd + dN + dh; 4dN bytes and 3 columns in 16 bits") {
    const SelectiveState mamba{
        .channels = 20, .state_dim = 4, .step_rank = 3, .steps = 20, .conv_kernel = 4};
    CHECK(weights(mamba, 10) == 2 * 10 * 20 + 20 * 4 + 20 * (3 + 8) + 3 * 20 + 20 * 4 + 20 * 10);
    CHECK(kept(mamba, 10) == 4 * 20 * 4 + 3 * 20 * 2);
}

TEST_CASE("a state space per head projects one step a head, and one decay") {
    const SelectiveState plamo{
        .channels = 20, .state_dim = 4, .step_rank = 3, .steps = 5, .conv_kernel = 4};
    CHECK(weights(plamo, 10) == 2 * 10 * 20 + 20 * 4 + 20 * (3 + 8) + 3 * 5 + 5 + 20 * 10);
}

TEST_CASE("Mamba-2: h(2d + 2GN + H) + (d + 2GN)k + dh; the convolution keeps d + 2GN columns") {
    const StateSpace mamba{
        .heads = 4, .head_dim = 5, .groups = 2, .state_dim = 3, .conv_kernel = 4};
    CHECK(weights(mamba, 10) == 10 * (40 + 12 + 4) + (20 + 12) * 4 + 20 * 10);
    CHECK(kept(mamba, 10) == 4 * 20 * 3 + 2 * 32 * 3);
    StateSpace narrow = mamba;
    narrow.state_bytes = 2;
    CHECK(kept(narrow, 10) == 2 * 20 * 3 + 2 * 32 * 3);
}

TEST_CASE("linear attention: gated delta net, Kimi's by channel, lightning without decay") {
    LinearAttention net{
        .key_heads = 2, .key_dim = 3, .value_heads = 4, .value_dim = 5, .conv_kernel = 4};
    CHECK(weights(net, 10) == 10 * (2 * 6 + 2 * 20 + 2 * 4) + (2 * 6 + 20) * 4 + 20 * 10);
    CHECK(kept(net, 10) == 4 * 4 * 5 * 3 + 2 * 32 * 3);
    // X = 2 x 3: q, k, v, o 4hX; 3Xk; decay h x 3 + 3X; beta h x 2; gate h x 3 + 3X.
    const LinearAttention kimi{.key_heads = 2,
                               .key_dim = 3,
                               .value_heads = 2,
                               .value_dim = 3,
                               .conv_kernel = 4,
                               .decay = Decay::channel,
                               .gate_rank = 3};
    CHECK(weights(kimi, 10) == 4 * 60 + 3 * 6 * 4 + (30 + 18) + 20 + (30 + 18));
    const LinearAttention lightning{
        .key_heads = 2, .key_dim = 3, .value_heads = 2, .value_dim = 3, .decay = Decay::constant};
    CHECK(weights(lightning, 10) == 5 * 60);
    CHECK(kept(lightning, 10) == 4 * 2 * 3 * 3);
    CHECK(recurrence_of(lightning, 10).flops == 4 * 2 * 3 * 3);
}

TEST_CASE("RG-LRU: 3hw + wk + 2(w^2/H + w) + w; one number a channel") {
    const GatedRecurrence unit{.channels = 12, .blocks = 3, .conv_kernel = 4};
    CHECK(weights(unit, 10) == 3 * 120 + 12 * 4 + 2 * (144.0 / 3 + 12) + 12);
    CHECK(kept(unit, 10) == 4 * 12 + 2 * 12 * 3);
}

TEST_CASE("a short convolution: 4hh + hk, and two columns") {
    const ShortConvolution conv{.channels = 10, .conv_kernel = 3};
    CHECK(weights(conv, 10) == 4 * 100 + 30);
    CHECK(kept(conv, 10) == 2 * 10 * 2);
}

TEST_CASE("RWKV-7: 4hh and narrow pairs; a matrix a head and the token before, twice") {
    const WeightedKeyValue mixer{.heads = 2, .head_dim = 5, .projections = 4, .low_ranks = 7};
    CHECK(weights(mixer, 10) == 4 * 100 + 2 * 10 * 7);
    CHECK(kept(mixer, 10) == 4 * 2 * 25 + 4 * 10);
}

}  // namespace recurrence_test
