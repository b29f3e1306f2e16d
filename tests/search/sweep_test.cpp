#include "roofline/search/point_stream.hpp"
#include "roofline/search/selection.hpp"

#include "catch.hpp"
#include "draw.hpp"
#include "fault.hpp"

#include <algorithm>
#include <memory>

namespace sweep_test {

using namespace roofline;

namespace {

struct Asked {
    Catalog catalog;
    Sweep sweep;

    void add(std::string_view field, std::string_view text) {
        sweep.space.axes.emplace_back(*find_field(field), text, field, catalog);
    }
    void look_up() { sweep.prices = PriceTable(sweep.space, catalog); }
    std::vector<KeptPoint> points(const PointRange& range, unsigned threads) const {
        PointStream stream(sweep, range, threads);
        std::vector<KeptPoint> all;
        KeptPoint kept;
        while (stream.next(kept.point, kept.answer)) all.push_back(kept);
        return all;
    }
    std::vector<KeptPoint> all() const { return points({.last = sweep.space.size()}, 1); }
};

// Steps that fit, steps that do not, and layouts that cannot be.
std::unique_ptr<Asked> mixed() {
    auto asked = std::make_unique<Asked>();
    asked->sweep.space.base.model = asked->catalog.model("llama-3.1-8b");
    asked->sweep.space.base.price = PriceRequest{.provider = {}, .amount = 3 * dollar / hour};
    asked->add("hw", "h100,l40s,a100-80gb-sxm");
    asked->add("tp", "1,3,4");
    asked->add("batch", "1..512");
    asked->add("quant", "bf16,fp8");
    asked->add("context", "1k..128k");
    asked->look_up();
    return asked;
}

bool same(const PointAnswer& one, const PointAnswer& other) {
    return one.fits == other.fits && one.figures == other.figures && one.reason == other.reason;
}

bool same(const std::vector<KeptPoint>& one, const std::vector<KeptPoint>& other) {
    return std::ranges::equal(one, other, [](const KeptPoint& a, const KeptPoint& b) {
        return a.point == b.point && same(a.answer, b.answer);
    });
}

Deployment deployment_at(const Asked& asked, std::uint64_t point, Catalog& catalog) {
    std::vector<std::uint64_t> places;
    places_of(asked.sweep.space, point, places);
    Deployment d = asked.sweep.space.base;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const Axis& axis = asked.sweep.space.axes[i];
        axis.field().set(d, axis.value(places[i]));
    }
    resolve_price(d, catalog);
    return d;
}

}  // namespace

TEST_CASE("the last axis is the fastest") {
    const auto asked = mixed();
    std::vector<std::uint64_t> places;
    places_of(asked->sweep.space, 1, places);
    CHECK(places == std::vector<std::uint64_t>{0, 0, 0, 0, 1});
    places_of(asked->sweep.space, asked->sweep.space.size() - 1, places);
    CHECK(places == std::vector<std::uint64_t>{2, 2, 9, 1, 7});
}

TEST_CASE("a sweep answers as the same deployments asked alone") {
    const auto asked = mixed();
    Catalog catalog;
    std::size_t refused = 0;
    for (const KeptPoint& kept : asked->all()) {
        const Deployment d = deployment_at(*asked, kept.point, catalog);
        PointAnswer alone;
        try {
            alone = answer_of(evaluate(d, asked->sweep.knowledge), asked->sweep.basis);
        } catch (const UserError& error) {
            alone = answer_of(error.fault());
            ++refused;
        }
        INFO(kept.point << " " << kept.answer.reason << " / " << alone.reason);
        REQUIRE(same(kept.answer, alone));
    }
    CHECK(refused > 0);
}

TEST_CASE("served deployments too, under a concurrency and under a rate") {
    for (const std::string_view load : {"concurrency", "rate"}) {
        Asked asked;
        asked.sweep.space.base.model = asked.catalog.model("llama-3.1-70b");
        asked.sweep.basis = Basis::pessimistic;
        asked.add("hw", "h100x8,b200x4");
        asked.add(load, "1..64");
        asked.add("engine", "vllm,trtllm");
        asked.add("isl", "512..8k");
        asked.look_up();
        Catalog catalog;
        for (const KeptPoint& kept : asked.all()) {
            const Evaluation alone =
                evaluate(deployment_at(asked, kept.point, catalog), asked.sweep.knowledge);
            INFO(load << " " << kept.point);
            REQUIRE(same(kept.answer, answer_of(alone, Basis::pessimistic)));
        }
    }
}

TEST_CASE("any number of threads gives the same rows") {
    const auto asked = mixed();
    const auto alone = asked->all();
    for (const unsigned threads : {2U, 3U, 8U})
        CHECK(same(asked->points({.last = asked->sweep.space.size()}, threads), alone));
}

TEST_CASE("a stream that is left early ends its threads") {
    const auto asked = mixed();
    PointStream stream(asked->sweep, {.last = asked->sweep.space.size()}, 4);
    std::uint64_t point = 0;
    PointAnswer answer;
    CHECK(stream.next(point, answer));
}

TEST_CASE("1, 3 and 7 shards put together are the whole") {
    const auto asked = mixed();
    const std::uint64_t size = asked->sweep.space.size();
    const auto alone = asked->all();
    for (const std::uint64_t parts : {1U, 3U, 7U}) {
        std::vector<KeptPoint> together;
        for (std::uint64_t part = 1; part <= parts; ++part)
            for (KeptPoint& kept : asked->points(shard(size, part, parts), 2))
                together.push_back(std::move(kept));
        CHECK(same(together, alone));
    }
    const PointRange last = shard(9'000'000'000'000'000'000, 1000, 1000);
    CHECK(last.last == 9'000'000'000'000'000'000);
    CHECK(last.last - last.first == 9'000'000'000'000'000);
}

TEST_CASE("a Pareto front is what brute force finds, ties included") {
    const auto asked = mixed();
    const auto metrics = parse_metrics("tpot,usd_per_1m_output", "--pareto");
    ParetoFront front(metrics);
    std::vector<KeptPoint> candidates;
    for (const KeptPoint& kept : asked->all()) {
        front.add(kept);
        if (kept.answer.reason.empty()) candidates.push_back(kept);
    }
    std::vector<std::uint64_t> expected;
    for (const KeptPoint& one : candidates) {
        const bool beaten = std::ranges::any_of(candidates, [&](const KeptPoint& other) {
            const double time = *other.answer.figure(*metrics[0]) - *one.answer.figure(*metrics[0]);
            const double cost = *other.answer.figure(*metrics[1]) - *one.answer.figure(*metrics[1]);
            return time <= 0 && cost <= 0 && (time < 0 || cost < 0);
        });
        if (!beaten) expected.push_back(one.point);
    }
    std::vector<std::uint64_t> found;
    for (const KeptPoint& kept : front.points()) found.push_back(kept.point);
    CHECK(found == expected);
    CHECK(found.size() > 2);
}

TEST_CASE("the best by a figure: in its better direction, those without it last") {
    const auto asked = mixed();
    const Metric& metric = *find_metric("tokens_per_s");
    Ranking all(metric, ~std::uint64_t{0});
    Ranking best(metric, 5);
    for (const KeptPoint& kept : asked->all()) {
        all.add(kept);
        best.add(kept);
    }
    auto sorted = std::move(all).sorted();
    CHECK(sorted.size() == asked->sweep.space.size());
    CHECK(sorted.front().answer.figure(metric) > sorted[20].answer.figure(metric));
    CHECK_FALSE(sorted.back().answer.reason.empty());
    sorted.resize(5);
    CHECK(same(std::move(best).sorted(), sorted));
}

TEST_CASE("conditions: all must hold, a share is of the usable memory") {
    const auto conditions = parse_conditions("tpot<10ms, memory<=50%,gpus>=1", "--where");
    REQUIRE(conditions.size() == 3);
    CHECK(conditions[0].value == 10 * 1e-3);
    PointAnswer answer{.fits = true, .usable = 80 * gigabyte};
    const auto set = [&](std::string_view id, double value) {
        answer.figures[static_cast<std::size_t>(find_metric(id) - metrics().data())] = value;
    };
    set("memory", 40e9);
    set("tpot", 0.010);
    CHECK(conditions[1].holds(answer));
    CHECK_FALSE(conditions[0].holds(answer));
    CHECK_FALSE(conditions[2].holds(answer));
    set("tpot", 0.009);
    CHECK(conditions[0].holds(answer));
}

TEST_CASE("what is no condition says so") {
    const auto fault = [](std::string_view text) {
        return fault_of([&] { parse_conditions(text, "--where"); });
    };
    CHECK(fault("tpott<10ms").code == ErrorCode::bad_choice);
    CHECK(fault("tpott<10ms").hint.find("tpot") != std::string::npos);
    CHECK(fault("tpot").code == ErrorCode::bad_count);
    CHECK(fault("tpot==10ms").code == ErrorCode::bad_count);
    CHECK(fault("tpot<10").code == ErrorCode::missing_unit);
    CHECK(fault("tpot<10ms,").code == ErrorCode::bad_count);
    CHECK(fault_of([] { parse_metrics("tpot,tpot", "--pareto"); }).code == ErrorCode::bad_count);
}

TEST_CASE("every field of load and money is answered without lowering again as it is with it") {
    const std::vector<std::pair<std::string_view, std::string_view>> values{
        {"batch", "24"},          {"isl", "3k"},         {"osl", "100"},
        {"context", "3100"},      {"concurrency", "24"}, {"rate", "3"},
        {"lengths", "equal"},     {"lockstep", "true"},  {"poll-steps", "7"},
        {"stream-interval", "9"}, {"users", "40"},       {"think", "2s"},
        {"waves", "4"},           {"prefix-hit", "30%"}, {"draft-tokens", "3"},
        {"acceptance", "60%"},    {"price", "$5/h"},     {"utilization", "50%"},
        {"purchase", "$20000"},   {"life", "3"},         {"power-price", "$1/kWh"},
        {"power", "500W"},        {"pue", "1.5"}};
    Catalog catalog;
    const auto set = [&](std::string_view field, std::string_view text, Deployment& d) {
        find_field(field)->set(d, parse_field(*find_field(field), text, field, catalog));
    };
    std::size_t asked = 0;
    for (const Field& field : deployment_fields()) {
        if (field.part == FieldPart::shape || field.part == FieldPart::server) continue;
        ++asked;
        const auto given = std::ranges::find(values, field.name,
                                             &std::pair<std::string_view, std::string_view>::first);
        INFO(field.name);
        REQUIRE(given != values.end());
        Deployment base{.model = catalog.model("llama-3.1-8b"), .device = catalog.device("h100")};
        const bool step = field.name == "batch" || field.name == "context";
        const bool people = field.name == "users" || field.name == "think";
        if (people) {
            set("users", "20", base);
            set("think", "1s", base);
        } else if (!step)
            set(field.name == "rate" ? "rate" : "concurrency", "8", base);
        const bool owned = field.name == "purchase" || field.name == "life" ||
                           field.name == "power-price" || field.name == "power" ||
                           field.name == "pue";
        if (owned) {
            set("purchase", "$30000", base);
            set("power-price", "$0.1/kWh", base);
        } else {
            set("price", "$2/h", base);
        }
        if (field.name == "acceptance" || field.name == "draft-tokens") {
            set("draft-tokens", "2", base);
            set("acceptance", "80%", base);
        }
        resolve_price(base, catalog);
        LoweredDeployment lowered(base, Knowledge());
        Deployment changed = base;
        set(field.name, given->second, changed);
        resolve_price(changed, catalog);
        const PointAnswer once = answer_of(lowered.evaluate(changed), Basis::expected);
        const PointAnswer anew = answer_of(evaluate(changed, Knowledge()), Basis::expected);
        CHECK(same(once, anew));
        CHECK(same(answer_of(lowered.evaluate(base), Basis::expected),
                   answer_of(evaluate(base, Knowledge()), Basis::expected)));
    }
    CHECK(asked == values.size());
}

}  // namespace sweep_test
