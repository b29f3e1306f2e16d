#include "search/point_choice.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace point_choice_test {

using namespace roofline;

namespace {

const Metric& tpot = the_metric("tpot");
const Metric& memory = the_metric("memory");
const Metric& money = the_metric("usd_per_1m_output");

Space with_axis(std::string_view field, std::string_view text) {
    Catalog catalog;
    Space space;
    space.axes.emplace_back(*find_field(field), text, field, catalog);
    return space;
}

// Steps of 1, 3, 2 and a thousand million sequences: the last one does not fit.
struct Steps {
    Steps() {
        Catalog catalog;
        sweep.space = with_axis("batch", "1,3,2,1000000000");
        sweep.space.base.model = catalog.model("llama-3.1-8b");
        sweep.space.base.device = catalog.device("h100-sxm");
        sweep.prices = PriceTable(sweep.space, catalog);
    }
    std::vector<std::uint64_t> chosen(const PointChoice& choice) const {
        PointStream stream(sweep, {.last = 4}, 1);
        std::vector<std::uint64_t> points;
        for (const KeptPoint& kept : chosen_points(stream, choice, [](std::uint64_t) {}))
            points.push_back(kept.point);
        return points;
    }
    Sweep sweep;
};

using Points = std::vector<std::uint64_t>;

}  // namespace

TEST_CASE("a choice keeps what all its conditions hold for, and all without any") {
    PointChoice choice;
    PointAnswer answer;
    answer.set(tpot, 0.02);
    answer.set(memory, 5e9);
    CHECK(choice.keeps(answer));
    choice.where = {{.metric = &tpot, .value = 0.03}, {.metric = &memory, .value = 6e9}};
    CHECK(choice.keeps(answer));
    choice.where[1].value = 4e9;
    CHECK_FALSE(choice.keeps(answer));
}

TEST_CASE("only a front and an order have to see all points first") {
    CHECK_FALSE(PointChoice{.top = 3}.needs_all());
    CHECK(PointChoice{.sort = &tpot}.needs_all());
    CHECK(PointChoice{.pareto = {&tpot}}.needs_all());
}

TEST_CASE("money needs a price, of all points or along an axis") {
    const auto refused = [](const PointChoice& choice) {
        return fault_of([&] { refuse_unpriced(choice, Space()); });
    };
    const Fault fault = refused({.pareto = {&tpot, &money}});
    CHECK(fault.code == ErrorCode::missing_price);
    CHECK(fault.message == "usd_per_1m_output needs a price");
    CHECK(fault.hint == "add `price '$2.50/h'`, or a provider:");
    CHECK(fault.next == "prices list");
    CHECK(refused({.sort = &money}).code == ErrorCode::missing_price);
    CHECK(refused({.where = {{.metric = &money}}}).code == ErrorCode::missing_price);
    CHECK_NOTHROW(refuse_unpriced({.sort = &tpot}, Space()));
    for (const auto& [field, text] : {std::pair{"price", "$2/h,$3/h"}, {"purchase", "$1,$2"}})
        CHECK_NOTHROW(refuse_unpriced({.sort = &money}, with_axis(field, text)));
    CHECK_FALSE(is_priced(with_axis("batch", "1,2")));
    Space owned;
    owned.base.purchase.emplace();
    CHECK(is_priced(owned));
}

TEST_CASE("the second of three parts of 10 points is 3, 4 and 5") {
    const Part part = parse_part("2/3", "--shard", 10);
    CHECK(part.range.first == 3);
    CHECK(part.range.last == 6);
    CHECK_FALSE(part.first);
    CHECK(parse_part("1/3", "--shard", 10).first);
    CHECK(parse_part("3/3", "--shard", 10).range.last == 10);
}

TEST_CASE("a part that is none says which there are") {
    const auto fault = [](std::string_view text) {
        return fault_of([&] { parse_part(text, "--shard", 10); });
    };
    CHECK(fault("2").code == ErrorCode::bad_count);
    CHECK(fault("2").message == "--shard: '2' is no part");
    CHECK(fault("2").hint == "write --shard 1/3 for the first of three");
    CHECK(fault("4/3").message == "--shard: there is no part 4 of 3");
    CHECK(fault("4/3").hint == "parts are 1 to 3");
    CHECK(fault("1/2000000").hint == "parts are 1 to 1000000");
    CHECK(fault("0/3").code == ErrorCode::bad_count);
}

TEST_CASE("in the order asked for: more sequences take more memory and write more tokens") {
    const Steps steps;
    CHECK(steps.chosen({.sort = &memory}) == Points{0, 2, 1, 3});
    CHECK(steps.chosen({.sort = &memory, .top = 2}) == Points{0, 2});
    CHECK(steps.chosen({.sort = &the_metric("tokens_per_s"), .top = 1}) == Points{1});
}

TEST_CASE("a front in the order of its points, or in that asked for; a condition before both") {
    const Steps steps;
    const Metric& output = the_metric("tokens_per_s");
    CHECK(steps.chosen({.pareto = {&memory, &output}}) == Points{0, 1, 2});
    CHECK(steps.chosen({.pareto = {&memory, &output}, .sort = &output}) == Points{1, 2, 0});
    CHECK(steps.chosen({.pareto = {&memory}}) == Points{0});
    const PointChoice one{.where = {{.metric = &memory, .value = 1}}, .sort = &memory};
    CHECK(steps.chosen(one).empty());
}

TEST_CASE("every point is told on its way, and who is told may end the run") {
    const Steps steps;
    PointStream stream(steps.sweep, {.first = 1, .last = 4}, 1);
    Points told;
    chosen_points(stream, {}, [&](std::uint64_t point) { told.push_back(point); });
    CHECK(told == Points{1, 2, 3});
    PointStream again(steps.sweep, {.last = 4}, 1);
    CHECK_THROWS_AS(chosen_points(again, {}, [](std::uint64_t) { throw 1; }), int);
}

}  // namespace point_choice_test
