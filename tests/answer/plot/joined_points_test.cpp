#include "answer/plot/joined_points.hpp"

#include "catch.hpp"

namespace joined_points_test {

using namespace roofline;

namespace {

RoofPoint op(std::string name, double teraflops, double gigabytes, double seconds, double share) {
    return {.name = std::move(name),
            .flops = teraflops * teraflop,
            .bytes = gigabytes * gigabyte,
            .time = seconds * second,
            .bound = Bound::memory,
            .basis = Basis::expected,
            .fastest = Precision::bf16,
            .share = share};
}

std::string names_of(const std::vector<RoofPoint>& points) {
    std::string text;
    for (const JoinedPoint& joint : joined_points(points)) {
        text += joint.point.name + ":";
        for (const std::string& name : joint.names) text += " " + name;
        text += "; ";
    }
    return text;
}

}  // namespace

TEST_CASE("operators on one spot are one point with all their work and time") {
    const auto joined = joined_points(
        {op("a", 4, 100, 0.2, 0.4), op("b", 0.4, 4, 0.1, 0.2), op("c", 2, 50, 0.1, 0.2)});
    REQUIRE(joined.size() == 2);
    CHECK(joined[0].point.name == "2 operators");
    CHECK(joined[0].names == std::vector<std::string>{"a", "c"});
    CHECK(joined[0].point.flops == 6 * teraflop);
    CHECK(joined[0].point.bytes == 150 * gigabyte);
    CHECK_THAT(joined[0].point.time.in(second), WithinRel(0.3));
    CHECK_THAT(*joined[0].point.share, WithinRel(0.6));
    CHECK(joined[1].point.name == "b");
    CHECK(joined[1].names == std::vector<std::string>{"b"});
}

TEST_CASE("those below 3 % are one point wherever they are, 3 % by itself is one of its own") {
    CHECK(names_of({op("a", 1, 1, 1, 0.9), op("b", 1, 100, 1, 0.02), op("c", 1, 1e4, 1, 0.029),
                    op("d", 9, 1e5, 1, 0.03)}) == "a: a; 2 operators: b c; d: d; ");
}

TEST_CASE("phases stay, and so do operators of another roof, resource or basis") {
    RoofPoint phase = op("decode", 4, 100, 0.2, 0);
    phase.share.reset();
    RoofPoint narrow = op("b", 4, 100, 0.2, 0.1);
    narrow.fastest = Precision::fp8;
    RoofPoint computing = op("c", 4, 100, 0.2, 0.1);
    computing.bound = Bound::compute;
    RoofPoint bound = op("d", 4, 100, 0.2, 0.1);
    bound.basis = Basis::bound;
    CHECK(names_of({phase, phase, op("a", 4, 100, 0.2, 0.1), narrow, computing, bound}) ==
          "decode: decode; decode: decode; a: a; b: b; c: c; d: d; ");
}

}  // namespace joined_points_test
