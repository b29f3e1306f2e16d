#include "roofline/search/price_table.hpp"

#include "roofline/workload/fields.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace price_table_test {

using namespace roofline;

namespace {

using Places = std::vector<std::uint64_t>;

struct Asked {
    Catalog catalog;
    Space space;

    void add(std::string_view field, std::string_view text) {
        space.axes.emplace_back(*find_field(field), text, field, catalog);
    }
    PriceTable table() { return {space, catalog}; }
    Deployment resolved(const PriceTable& prices, const Places& places) const {
        Deployment deployment;
        CHECK_FALSE(prices.resolve(space, places, deployment));
        return deployment;
    }
};

double hourly(const Deployment& deployment) {
    REQUIRE(deployment.rental);
    return deployment.rental->rate.in(dollar / hour);
}

}  // namespace

TEST_CASE("each of 2 devices has each of 3 prices, whatever other axes stand between") {
    Asked asked;
    asked.add("batch", "1..128");
    asked.add("hw", "h100-sxm,l40s");
    asked.add("tp", "1,2");
    asked.add("price", "$1/h,€2/h,$3/h");
    const PriceTable prices = asked.table();
    CHECK_THAT(hourly(asked.resolved(prices, {0, 0, 0, 0})), WithinRel(1.0, 1e-12));
    CHECK_THAT(hourly(asked.resolved(prices, {7, 1, 1, 1})), WithinRel(2.0, 1e-12));
    const Deployment last = asked.resolved(prices, {3, 1, 0, 2});
    CHECK_THAT(hourly(last), WithinRel(3.0, 1e-12));
    CHECK(last.rental->device == "l40s");
    CHECK(asked.resolved(prices, {0, 0, 1, 1}).rental->currency == Currency::eur);
    CHECK(asked.resolved(prices, {0, 0, 1, 1}).rental->device == "h100-sxm");
}

TEST_CASE("a device without the provider's price says so at its points, others have theirs") {
    Asked asked;
    asked.space.base.price = PriceRequest{.provider = "lambda", .amount = {}};
    asked.add("hw", "apple-m1,h100-sxm");
    const PriceTable prices = asked.table();
    CHECK(asked.resolved(prices, {1}).rental->provider == "Lambda");
    Deployment deployment;
    const auto fault = prices.resolve(asked.space, {0}, deployment);
    REQUIRE(fault);
    CHECK(fault->code == ErrorCode::unknown_price);
    CHECK(fault->message == "no on-demand price of 'lambda' for apple-m1");
}

TEST_CASE("a device without a price is not asked about money, and keeps all else") {
    Asked asked;
    asked.space.base.price = PriceRequest{.provider = "lambda", .amount = {}};
    asked.add("hw", "apple-m1,h100-sxm");
    const PriceTable prices = asked.table();
    Deployment deployment = asked.space.base;
    deployment.device = asked.catalog.device("apple-m1");
    deployment.batch = 4;
    deployment.power = 300 * watt;
    deployment.utilization = 0.5;
    REQUIRE(prices.resolve(asked.space, {0}, deployment));
    for (const Field& field : deployment_fields())
        if (field.part == FieldPart::money && field.name != "power")
            CHECK(std::holds_alternative<std::monostate>(field.get(deployment)));
    CHECK_FALSE(deployment.rental);
    CHECK_FALSE(deployment.bought);
    CHECK(deployment.batch == 4);
    CHECK(deployment.power == 300 * watt);
    CHECK(deployment.device->id == "apple-m1");
}

TEST_CASE("where no pair has a price, the first says why at once") {
    Asked asked;
    asked.add("hw", "apple-m1,l40s");
    asked.add("price", "nobody");
    const Fault fault = fault_of([&] { asked.table(); });
    CHECK(fault.code == ErrorCode::unknown_price);
    CHECK(fault.message == "no on-demand price of 'nobody' for apple-m1");
}

TEST_CASE("purchases are prices too, and a space without any leaves deployments as they are") {
    Asked asked;
    asked.space.base.device = asked.catalog.device("h100-sxm");
    asked.add("purchase", "$20000,$30000");
    const Deployment dearer = asked.resolved(asked.table(), {1});
    REQUIRE(dearer.bought);
    CHECK(dearer.bought->amount.in(dollar) == 30000);
    CHECK_FALSE(dearer.rental);
    Asked free;
    free.add("hw", "h100-sxm,l40s");
    const Deployment none = free.resolved(free.table(), {1});
    CHECK_FALSE(none.rental);
    CHECK_FALSE(none.bought);
}

}  // namespace price_table_test
