#include "roofline/workload/operator.hpp"

#include "catch.hpp"

namespace operator_test {

using namespace roofline;

namespace {

double touched(double all, double active, double tokens) {
    const Operator op{
        .kind = OperatorKind::experts,
        .precision = Precision::bf16,
        .form = ExpertProduct{.all = all, .here = all, .active = active, .weights = byte}};
    return work_of(op, {.sequences = tokens}, 1).traffic.weights.in(byte);
}

}  // namespace

TEST_CASE("a causal prompt of 4 tokens has 1 + 2 + 3 + 4 pairs, an encoder 16") {
    CHECK(keys_seen({}, true, 0, 4) == 10);
    CHECK(keys_seen({}, false, 0, 4) == 16);
}

TEST_CASE("tokens after a prefix see it whole: 3 after 5 see 6 + 7 + 8") {
    CHECK(keys_seen({}, true, 5, 3) == 21);
}

TEST_CASE("a window of 3 lets 6 tokens see 1 + 2 + 3 + 3 + 3 + 3") {
    const Window window{.reach = Reach::sliding, .tokens = 3};
    CHECK(keys_seen(window, true, 0, 6) == 15);
    CHECK(keys_seen(window, true, 10, 1) == 3);
    CHECK(keys_seen(window, true, 1, 1) == 2);
}

TEST_CASE("chunks of 4 let 10 tokens see 10 + 10 + 3") {
    const Window chunks{.reach = Reach::chunked, .tokens = 4};
    CHECK(keys_seen(chunks, true, 0, 10) == 23);
}

TEST_CASE("DeepSeek-V3 touches 8 of 256 experts for one token, 102.0 for 16, 251.6 for 128") {
    CHECK_THAT(touched(256, 8, 1), WithinAbs(8.0, 1e-9));
    CHECK_THAT(touched(256, 8, 8), WithinAbs(57.4, 0.05));
    CHECK_THAT(touched(256, 8, 16), WithinAbs(102.0, 0.05));
    CHECK_THAT(touched(256, 8, 32), WithinAbs(163.3, 0.05));
    CHECK_THAT(touched(256, 8, 64), WithinAbs(222.4, 0.05));
    CHECK_THAT(touched(256, 8, 128), WithinAbs(251.6, 0.05));
}

TEST_CASE("Mixtral touches 2 of 8 experts for one token, 7.2 for 8, 7.9 for 16") {
    CHECK_THAT(touched(8, 2, 1), WithinAbs(2.0, 1e-9));
    CHECK_THAT(touched(8, 2, 8), WithinAbs(7.2, 0.05));
    CHECK_THAT(touched(8, 2, 16), WithinAbs(7.9, 0.05));
}

TEST_CASE("a decode step reads its cache once and writes one token") {
    const Operator op{.kind = OperatorKind::attention,
                      .precision = Precision::bf16,
                      .form = TokenAttention{.per_pair = 4 * flop,
                                             .read_per_key = 2 * byte,
                                             .written_per_token = 2 * byte,
                                             .reads_own_keys = true}};
    const Work work = work_of(op, {.sequences = 3, .tokens = 1, .before = 9}, 1);
    CHECK(work.flops.in(flop) == 3 * 10 * 4);
    CHECK(work.traffic.cache_read.in(byte) == 3 * 10 * 2);
    CHECK(work.traffic.cache_written.in(byte) == 3 * 2);
}

TEST_CASE("data-parallel ranks share sequences; fewer sequences than ranks leave some idle") {
    CHECK(sequences_per_rank(64, 8) == 8);
    CHECK(sequences_per_rank(4, 8) == 1);
    CHECK(sequences_per_rank(10, 4) == 3);
}

TEST_CASE("a chunk of 100: token 250 multiplies and reads the 50 of its own chunk") {
    const Window chunk{.reach = Reach::chunked, .tokens = 100};
    CHECK(keys_seen(chunk, true, 249, 1) == 50);
    CHECK(tokens_read(chunk, 250) == 50);
    CHECK(tokens_read(chunk, 300) == 100);
    CHECK(tokens_read(chunk, 301) == 1);
    CHECK(tokens_kept(chunk, 301) == 100);
}

}  // namespace operator_test
