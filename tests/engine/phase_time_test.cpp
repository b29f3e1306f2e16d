// On a machine of 1 TB/s, 100 TFLOP/s in bf16, 200 in fp8, and links of 100 GB/s.
#include "roofline/engine/phase_time.hpp"

#include "catch.hpp"

namespace phase_time_test {

using namespace roofline;

namespace {

Machine machine() {
    Machine result{.memory = 1e12 * byte / second};
    result.peaks[static_cast<std::size_t>(Precision::bf16)] = 1e14 * flop / second;
    result.peaks[static_cast<std::size_t>(Precision::fp8)] = 2e14 * flop / second;
    result.links.fill(1e11 * byte / second);
    return result;
}

Operator product(OperatorKind kind, Bytes weights, double parameters) {
    return {.kind = kind,
            .precision = Precision::bf16,
            .form = MatrixProduct{.parameters = parameters, .weights = weights}};
}

Operator sum_of(Bytes each) {
    return {.kind = OperatorKind::all_reduce,
            .precision = Precision::bf16,
            .link = LinkUse::tensor_parallel,
            .form = Transfer{.bytes_per_token = each}};
}

std::vector<OperatorTime> times_of(std::vector<Operator> operators) {
    return operator_times({.name = "pass", .operators = std::move(operators)},
                          {.sequences = 10, .tokens = 1}, {}, machine());
}

double ms(Seconds time) { return time.in(millisecond); }

}  // namespace

TEST_CASE("an operator that comes 3 times does its work and takes its time 3 times") {
    Operator op = product(OperatorKind::lm_head, 1 * gigabyte, 1e9);
    op.count = 3;
    // 20 FLOP for each of 1e9 weights in 10 rows: 0.2 ms of the peak beside 1 ms of reading.
    const OperatorTime time = time_of(op, {.sequences = 10}, {}, machine());
    CHECK(time.kind == OperatorKind::lm_head);
    CHECK(time.count == 3);
    CHECK_THAT(time.work.flops.in(flop), WithinRel(60e9, 1e-12));
    CHECK_THAT(time.work.traffic.weights.in(byte), WithinRel(3e9, 1e-12));
    CHECK_THAT(ms(time.timing.memory), WithinRel(3, 1e-12));
    CHECK_THAT(ms(time.timing.compute), WithinRel(0.6, 1e-12));
    // Two ranks have 5 rows each.
    CHECK_THAT(ms(time_of(op, {.sequences = 10}, {.data = 2}, machine()).timing.compute),
               WithinRel(0.3, 1e-12));
}

TEST_CASE("a pass of 2 ms of reading, 4 ms of work and 1 ms of a link is held up by work") {
    // 2 x 10 rows x 20e9 weights are 400 GFLOP; 10 rows of 10 MB over 100 GB/s.
    const Phase phase{
        .name = "pass",
        .operators = {product(OperatorKind::qkv_projection, 2 * gigabyte, 1e9),
                      product(OperatorKind::lm_head, 1 * gigabyte, 20e9), sum_of(1e7 * byte)}};
    const PhaseTime time = time_of(phase, {.sequences = 10}, {}, machine());
    CHECK_THAT(ms(time.by_bound[0]), WithinRel(4, 1e-12));
    CHECK_THAT(ms(time.by_bound[1]), WithinRel(2, 1e-12));
    CHECK_THAT(ms(time.by_bound[2]), WithinRel(1, 1e-12));
    CHECK_THAT(ms(time.total()), WithinRel(7, 1e-12));
    CHECK(time.bound() == Bound::compute);
    CHECK_THAT(time.flops.in(flop), WithinRel(420e9, 1e-12));
    CHECK_THAT(time.traffic.total().in(byte), WithinRel(3e9, 1e-12));
    CHECK_THAT(time.network.in(byte), WithinRel(1e8, 1e-12));
    CHECK_THAT(time.intensity().in(flop / byte), WithinRel(140, 1e-12));
}

TEST_CASE("a pass adds up what is read from the cache, written to it, and passed on") {
    const TokenAttention attention{.per_pair = 4 * flop,
                                   .read_per_key = 100 * byte,
                                   .written_per_token = 200 * byte,
                                   .activation_elements = 50};
    const Operator op{.kind = OperatorKind::attention,
                      .precision = Precision::bf16,
                      .count = 2,
                      .form = attention};
    const PhaseTime time = time_of({.name = "pass", .operators = {op, op}},
                                   {.sequences = 10, .tokens = 1, .before = 7}, {}, machine());
    // 4 times: 10 sequences with 8 pairs, 7 keys before, a token and 50 elements of 2 B.
    CHECK(time.flops.in(flop) == 4 * 10 * 8 * 4);
    CHECK(time.traffic.cache_read.in(byte) == 4 * 10 * 7 * 100);
    CHECK(time.traffic.cache_written.in(byte) == 4 * 10 * 200);
    CHECK(time.traffic.activations.in(byte) == 4 * 10 * 50 * 2);
}

TEST_CASE("operators of one kind are one entry, longest first") {
    const auto times = times_of({product(OperatorKind::router, 1 * gigabyte, 1e6),
                                 product(OperatorKind::lm_head, 2 * gigabyte, 1e6),
                                 product(OperatorKind::router, 3 * gigabyte, 1e6)});
    REQUIRE(times.size() == 2);
    CHECK(times[0].kind == OperatorKind::router);
    CHECK(times[0].count == 2);
    CHECK_THAT(ms(times[0].timing.total()), WithinRel(4, 1e-12));
    CHECK_THAT(times[0].work.traffic.weights.in(byte), WithinRel(4e9, 1e-12));
    CHECK(times[1].kind == OperatorKind::lm_head);
    CHECK_THAT(ms(times[1].timing.total()), WithinRel(2, 1e-12));
}

TEST_CASE("of one kind with two bounds the longer one's is shown, with its arithmetic") {
    // 2 x 10 x 40e9 at 200 TFLOP/s in fp8 are 4 ms, after 1 ms of reading.
    Operator busy = product(OperatorKind::experts, 1 * byte, 40e9);
    busy.precision = Precision::fp8;
    const Operator idle = product(OperatorKind::experts, 1 * gigabyte, 1e6);
    for (const auto& times : {times_of({busy, idle}), times_of({idle, busy})}) {
        REQUIRE(times.size() == 1);
        CHECK(times[0].precision == Precision::fp8);
        CHECK(times[0].timing.bound() == Bound::compute);
        CHECK_THAT(ms(times[0].timing.total()), WithinRel(5, 1e-12));
    }
    const auto sums = times_of({sum_of(1e7 * byte), sum_of(2e7 * byte)});
    CHECK(sums[0].timing.bound() == Bound::network);
    CHECK(sums[0].link == LinkUse::tensor_parallel);
    CHECK_THAT(ms(sums[0].timing.total()), WithinRel(3, 1e-12));
}

}  // namespace phase_time_test
