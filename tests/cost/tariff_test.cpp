#include "roofline/cost/tariff.hpp"

#include "roofline/error/user_error.hpp"
#include "roofline/workload/fields.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace tariff_test {

using namespace roofline;

namespace {

Deployment owned(Catalog& catalog) {
    Deployment d{.device = catalog.device("h100-sxm"), .gpus = 2};
    d.purchase = PurchaseRequest{.name = {}, .amount = 35040 * dollar};
    d.life = 4;
    d.power = 500 * watt;
    d.pue = 1.5;
    d.power_price = EnergyPrice{.rate = 0.1 * dollar / kilowatt_hour};
    resolve_price(d, catalog);
    return d;
}

Fault fault_of_money(Deployment deployment) {
    return fault_of([&] { complete_money(deployment); });
}

}  // namespace

TEST_CASE("two devices at $35,040 over 4 x 8,760 h are $2/h, and 1.5 kW at $0.1/kWh $0.15/h") {
    Catalog catalog;
    Deployment d = owned(catalog);
    complete_money(d);
    const Tariff tariff = *tariff_of(d);
    CHECK_FALSE(tariff.rent);
    CHECK_THAT(tariff.purchase->in(dollar / hour), WithinRel(2.0, 1e-12));
    CHECK_THAT(tariff.energy->in(dollar / hour), WithinRel(0.15, 1e-12));
    CHECK_THAT(tariff.power->in(watt), WithinRel(1500.0, 1e-12));
    CHECK_THAT(tariff.total().in(dollar / hour), WithinRel(2.15, 1e-12));
}

TEST_CASE("an owned device has its nominal power, a data centre's PUE and four years") {
    Catalog catalog;
    Deployment d = owned(catalog);
    d.power.reset();
    d.pue.reset();
    d.life.reset();
    complete_money(d);
    CHECK(d.power->in(watt) == 700);
    CHECK(*d.pue == 1.2);
    CHECK(*d.life == 4);
    d.device = catalog.device("jetson-agx-orin-64gb");
    d.pue.reset();
    complete_money(d);
    CHECK(*d.pue == 1);
}

TEST_CASE("rented and owned at once, a second currency and a missing price of energy are errors") {
    Catalog catalog;
    Deployment d = owned(catalog);
    d.price = PriceRequest{.provider = {}, .amount = 2 * dollar / hour};
    CHECK(fault_of_money(d).code == ErrorCode::conflicting_arguments);
    d = owned(catalog);
    d.power_price->currency = Currency::eur;
    CHECK(fault_of_money(d).code == ErrorCode::two_currencies);
    CHECK(fault_of_money(d).message == "`purchase` is in USD and `power-price` in EUR");
    d = owned(catalog);
    d.power_price.reset();
    CHECK(fault_of_money(d).code == ErrorCode::missing_price);
    d = owned(catalog);
    d.pue = 0.9;
    CHECK(fault_of_money(d).code == ErrorCode::bad_number);
    d = owned(catalog);
    d.purchase.reset();
    CHECK(fault_of_money(d).message ==
          "`life` says something of owned devices only; a rent has it in it");
}

}  // namespace tariff_test
