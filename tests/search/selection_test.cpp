#include "roofline/search/selection.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace selection_test {

using namespace roofline;

namespace {

const Metric& tpot = the_metric("tpot");
const Metric& output = the_metric("tokens_per_s");
const Metric& memory = the_metric("memory");

KeptPoint point(std::uint64_t number, double time, double tokens) {
    KeptPoint one{.point = number, .answer = {}};
    one.answer.set(tpot, time);
    one.answer.set(output, tokens);
    return one;
}

KeptPoint refused(std::uint64_t number) {
    KeptPoint one = point(number, 0, 1e9);
    one.answer.reason = "does not fit";
    return one;
}

using Points = std::vector<std::uint64_t>;

Points numbers(const std::vector<KeptPoint>& points) {
    Points result;
    for (const KeptPoint& one : points) result.push_back(one.point);
    return result;
}

bool holds(std::string_view condition, const PointAnswer& answer) {
    return parse_conditions(condition, "--where").at(0).holds(answer);
}

Fault fault_in(std::string_view conditions) {
    return fault_of([&] { parse_conditions(conditions, "--where"); });
}

}  // namespace

TEST_CASE("a condition: below, above, and with the limit itself or without") {
    PointAnswer answer;
    answer.set(output, 100);
    CHECK(holds("tokens_per_s<101", answer));
    CHECK_FALSE(holds("tokens_per_s<100", answer));
    CHECK(holds("tokens_per_s <= 100", answer));
    CHECK(holds("tokens_per_s>99", answer));
    CHECK_FALSE(holds("tokens_per_s>100", answer));
    CHECK(holds("tokens_per_s>=100", answer));
    CHECK_FALSE(holds("tokens_per_s>=101", answer));
    CHECK_FALSE(holds("tpot<1s", answer));  // has none
    answer.reason = "cannot keep up";
    CHECK_FALSE(holds("tokens_per_s<101", answer));
}

TEST_CASE("90 % of 80 GB usable are 72 GB; a percentage is a share of memory alone") {
    PointAnswer answer{.usable = 80 * gigabyte};
    answer.set(memory, 72e9);
    CHECK(holds("memory<=90%", answer));
    CHECK_FALSE(holds("memory<90%", answer));
    CHECK(holds("memory<73GB", answer));
    CHECK(fault_in("tokens_per_s<90%").code == ErrorCode::bad_number);
    const auto both = parse_conditions("tpot<10ms, memory<=50%", "--where");
    REQUIRE(both.size() == 2);
    CHECK(both[0].metric == &tpot);
    CHECK_FALSE(both[0].is_share);
    CHECK(both[1].is_share);
    CHECK(both[1].value == 0.5);
}

TEST_CASE("what is no condition is said, with what one looks like") {
    const Fault fault = fault_in("tpot");
    CHECK(fault.code == ErrorCode::bad_count);
    CHECK(fault.message == "--where: 'tpot' is no condition");
    CHECK(fault.hint ==
          "write FIGURE<LIMIT, with < <= > or >=: 'ttft<500ms,usd_per_1m_output<=0.5'");
    CHECK(fault_in("tpot=10ms").message == "--where: 'tpot=10ms' is no condition");
    CHECK(fault_in("<10ms").message == "--where: '<10ms' is no condition");
    CHECK(fault_in("tpott<10ms").message == "--where: 'tpott' is no figure");
    CHECK(fault_in("tpot<10").code == ErrorCode::missing_unit);
    CHECK(fault_in("tpot<10").message.starts_with("--where tpot"));
}

TEST_CASE("figures by name, each once") {
    const auto chosen = parse_metrics("tpot, memory", "--pareto");
    CHECK(chosen == std::vector<const Metric*>{&tpot, &memory});
    const Fault twice = fault_of([] { parse_metrics("tpot,memory,tpot", "--pareto"); });
    CHECK(twice.code == ErrorCode::bad_count);
    CHECK(twice.message == "--pareto: tpot is named twice");
    CHECK(twice.hint == "name it once");
    CHECK(fault_of([] { parse_metrics("speed", "--pareto"); }).code == ErrorCode::bad_choice);
}

TEST_CASE("a front: less time or more tokens, what is beaten in both goes, equals stay") {
    ParetoFront front({&tpot, &output});
    front.add(point(0, 5, 100));
    front.add(point(1, 4, 200));  // beats the first
    front.add(point(2, 3, 150));
    front.add(point(3, 4, 200));
    front.add(point(4, 4, 199));  // beaten
    front.add(refused(5));
    KeptPoint without{.point = 6, .answer = {}};
    without.answer.set(tpot, 1);
    front.add(without);
    CHECK(numbers(front.points()) == Points{1, 2, 3});
}

TEST_CASE("better stands first, in its own direction; of equals the earlier; the unknown last") {
    CHECK(ranks_before(tpot, point(9, 1, 0), point(1, 2, 0)));
    CHECK_FALSE(ranks_before(output, point(1, 0, 1), point(9, 0, 2)));
    CHECK(ranks_before(output, point(9, 0, 2), point(1, 0, 1)));
    CHECK(ranks_before(tpot, point(1, 2, 0), point(2, 2, 0)));
    CHECK(ranks_before(tpot, point(9, 100, 0), refused(1)));
    CHECK_FALSE(ranks_before(tpot, refused(1), point(9, 100, 0)));
    CHECK(ranks_before(memory, point(1, 9, 9), point(2, 0, 0)));
}

TEST_CASE("the best 3 of 6, and all of them, in order") {
    const auto ranked = [](std::uint64_t most) {
        Ranking ranking(tpot, most);
        for (const KeptPoint& one : {point(0, 5, 0), refused(1), point(2, 1, 0), point(3, 4, 0),
                                     point(4, 1, 0), point(5, 2, 0)})
            ranking.add(one);
        return numbers(std::move(ranking).sorted());
    };
    CHECK(ranked(3) == Points{2, 4, 5});
    CHECK(ranked(9) == Points{2, 4, 5, 3, 0, 1});
}

}  // namespace selection_test
