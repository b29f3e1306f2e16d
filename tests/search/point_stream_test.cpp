#include "roofline/search/point_stream.hpp"

#include "catch.hpp"

#include <utility>
#include <vector>

namespace point_stream_test {

using namespace roofline;

namespace {

using Points = std::vector<std::uint64_t>;

// Steps of 1, 2, 3 … sequences of a small model.
struct Steps {
    Steps() {
        Catalog catalog;
        sweep.space.base.model = catalog.model("llama-3.1-8b");
        sweep.space.base.device = catalog.device("h100-sxm");
        sweep.space.axes.emplace_back(*find_field("batch"), "1..5000:+1", "batch", catalog);
        sweep.prices = PriceTable(sweep.space, catalog);
    }
    Sweep sweep;
};

std::pair<Points, std::vector<double>> answered(PointStream& stream) {
    Points points;
    std::vector<double> memory;
    std::uint64_t point = 0;
    PointAnswer answer;
    while (stream.next(point, answer)) {
        points.push_back(point);
        memory.push_back(answer.figure(the_metric("memory")).value_or(0));
    }
    return {points, memory};
}

std::pair<std::uint64_t, std::uint64_t> ends(const PointRange& range) {
    return {range.first, range.last};
}

using Ends = std::pair<std::uint64_t, std::uint64_t>;

}  // namespace

TEST_CASE("10 points in 3 parts: 0 to 2, 3 to 5 and the 4 from 6 on") {
    CHECK(ends(shard(10, 1, 3)) == Ends{0, 3});
    CHECK(ends(shard(10, 2, 3)) == Ends{3, 6});
    CHECK(ends(shard(10, 3, 3)) == Ends{6, 10});
    CHECK(ends(shard(10, 1, 1)) == Ends{0, 10});
}

TEST_CASE("more parts than points: 2 of 4 are empty, and no point is lost") {
    CHECK(ends(shard(2, 1, 4)) == Ends{0, 0});
    CHECK(ends(shard(2, 2, 4)) == Ends{0, 1});
    CHECK(ends(shard(2, 3, 4)) == Ends{1, 1});
    CHECK(ends(shard(2, 4, 4)) == Ends{1, 2});
}

TEST_CASE("9e18 points times a million parts do not overflow") {
    CHECK(ends(shard(9'000'000'000'000'000'000, 500'000, 1'000'000)) ==
          Ends{4'499'991'000'000'000'000, 4'500'000'000'000'000'000});
}

TEST_CASE("a range in the middle has its points in order, whoever works them out") {
    const Steps steps;
    PointStream one(steps.sweep, {.first = 10, .last = 13}, 1);
    const auto alone = answered(one);
    CHECK(alone.first == Points{10, 11, 12});
    CHECK(alone.second[0] < alone.second[1]);
    CHECK(alone.second[1] < alone.second[2]);
    PointStream many(steps.sweep, {.first = 10, .last = 13}, 16);
    CHECK(answered(many) == alone);
}

TEST_CASE("two threads over more blocks than their ring holds: each point once, in order") {
    const Steps steps;
    constexpr std::uint64_t last = 5 + 9 * 256 + 1;  // 10 blocks, a ring of 8
    PointStream alone(steps.sweep, {.first = 5, .last = last}, 1);
    PointStream both(steps.sweep, {.first = 5, .last = last}, 2);
    const auto together = answered(both);
    REQUIRE(together.first.size() == 9 * 256 + 1);
    CHECK(together.first.front() == 5);
    CHECK(together.first.back() == last - 1);
    CHECK(together == answered(alone));
}

TEST_CASE("an empty range has no point, with one thread or with several") {
    const Steps steps;
    std::uint64_t point = 7;
    PointAnswer answer;
    for (const unsigned threads : {1U, 4U}) {
        PointStream stream(steps.sweep, {.first = 3, .last = 3}, threads);
        CHECK_FALSE(stream.next(point, answer));
    }
    CHECK(point == 7);
}

}  // namespace point_stream_test
