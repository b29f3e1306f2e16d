#include "workload/money_rules.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace money_rules_test {

using namespace roofline;

namespace {

std::shared_ptr<const Device> device_of(Market market, std::optional<double> watts) {
    Device device;
    device.id = "chip";
    device.market = market;
    if (watts) device.power = Figure<Watts>{.value = *watts * watt, .from = {}};
    return std::make_shared<const Device>(std::move(device));
}

// One that is bought for $30000, and a kWh for $0.12.
Deployment owned(std::shared_ptr<const Device> device) {
    Deployment d;
    d.device = std::move(device);
    d.purchase = PurchaseRequest{.name = {}, .amount = 30000 * dollar};
    d.power_price = EnergyPrice{.rate = 0.12 * dollar / kilowatt_hour, .currency = Currency::usd};
    return d;
}

Deployment completed(Deployment d) {
    complete_money(d);
    return d;
}

// "E105 message (hint)".
template <typename Call>
std::string said(Call call) {
    const Fault fault = fault_of(call);
    return code_name(fault.code) + " " + fault.message + " (" + fault.hint + ")";
}
std::string refusal(const Deployment& d) {
    return said([&] { completed(d); });
}

}  // namespace

TEST_CASE("an owned device runs four years at its nominal power; data centres cool, desks do not") {
    const Deployment server = completed(owned(device_of(Market::datacenter, 700)));
    CHECK(server.life == 4.0);
    CHECK(server.power == 700.0 * watt);
    CHECK(server.pue == 1.2);
    CHECK(completed(owned(device_of(Market::consumer, 450))).pue == 1.0);
    Deployment unnamed = owned(nullptr);
    unnamed.power = 300 * watt;
    CHECK(completed(unnamed).pue == 1.2);
}

TEST_CASE("what is said stays: life, power and the site's ratio") {
    Deployment d = owned(device_of(Market::datacenter, 700));
    d.life = 2;
    d.power = 500 * watt;
    d.pue = 1;
    const Deployment complete = completed(d);
    CHECK(complete.life == 2.0);
    CHECK(complete.power == 500.0 * watt);
    CHECK(complete.pue == 1.0);
    const Deployment rented;
    CHECK_FALSE(completed(rented).power);
    CHECK_FALSE(completed(rented).pue);
    CHECK_FALSE(completed(rented).life);
}

TEST_CASE("power is known or said, and a site takes at least that of its devices") {
    const std::string hint = " (for example `power 300W`)";
    CHECK(refusal(owned(device_of(Market::datacenter, {}))) ==
          "E103 `power` is missing: the catalog knows no power of chip" + hint);
    CHECK(refusal(owned(nullptr)) ==
          "E103 `power` is missing: the catalog knows no power of the device" + hint);
    Deployment d = owned(device_of(Market::datacenter, 700));
    d.pue = 0.9;
    CHECK(refusal(d) ==
          "E120 `pue 0.9` is below 1: a site takes no less power than its devices (for example "
          "`pue 1.2`)");
}

TEST_CASE("a device is rented or owned, and owned ones need a price of energy in one currency") {
    Deployment both = owned(nullptr);
    both.price = PriceRequest{.provider = {}, .amount = dollar / hour};
    CHECK(refusal(both) ==
          "E105 `price` rents and `purchase` buys: two prices for one device (give one of them)");
    Deployment dark = owned(nullptr);
    dark.power_price.reset();
    CHECK(refusal(dark) ==
          "E130 `power-price` is missing: what does a kWh cost? (write `power-price '$0.12/kWh'`)");
    Deployment mixed = owned(nullptr);
    mixed.power_price->currency = Currency::eur;
    CHECK(refusal(mixed) ==
          "E131 `purchase` is in USD and `power-price` in EUR (a currency is kept and never "
          "converted: write both in one)");
    mixed.bought = PurchasePrice{.amount = {}, .currency = Currency::gbp};
    CHECK(refusal(mixed).starts_with("E131 `purchase` is in GBP and `power-price` in EUR"));
}

TEST_CASE("what has no effect is refused: years of a rented device, and shares of a rate") {
    const std::string hint =
        " (leave it out, or buy: `purchase '$30000'` `power-price '$0.12/kWh'`)";
    Deployment d;
    d.life = 3;
    CHECK(refusal(d) ==
          "E105 `life` says something of owned devices only; a rent has it in it" + hint);
    d = {};
    d.power_price = EnergyPrice{.rate = {}};
    CHECK(refusal(d) ==
          "E105 `power-price` says something of owned devices only; a rent has it in it" + hint);
    d = {};
    d.utilization = 0.5;
    d.rate = 1;
    CHECK(refusal(d) ==
          "E105 `rate` says how much of the time is used: `utilization` has no effect beside it "
          "(leave one of them out)");
    d.utilization = 0;
    CHECK(refusal(d) ==
          "E120 `utilization 0`: devices that do nothing make no tokens (write a share above 0, as "
          "40%)");
}

TEST_CASE("a price is needed where money is asked about, with those that are known of the device") {
    Catalog catalog;
    Deployment d;
    const auto refused = [&] { return said([&] { require_price(d, catalog); }); };
    const std::string start = "E130 `price` is missing: what does a device cost per hour? (write ";
    CHECK(refused() == start + "`price '$2.50/h'`, or buy: `purchase '$30000'`)");
    d.device = catalog.device("h100-sxm");
    CHECK(refused().starts_with(
        start +
        "`price '$2.50/h'`, buy with `purchase '$30000'`, or name a provider:\n    `price "));
    d.price = PriceRequest{.provider = "lambda", .amount = {}};
    CHECK_NOTHROW(require_price(d, catalog));
    CHECK_NOTHROW(require_price(owned(nullptr), catalog));
}

TEST_CASE("without a model, prices and devices say something, loads and formats do not") {
    for (const std::string_view name : {"hw", "price", "purchase", "utilization"})
        CHECK(is_about_money(the_field(name)));
    for (const std::string_view name : {"model", "concurrency", "quant", "tp"})
        CHECK_FALSE(is_about_money(the_field(name)));
}

TEST_CASE("hardware without a model is one device, whose price an amount or its name gives") {
    Catalog catalog;
    Deployment d;
    d.price = PriceRequest{.provider = {}, .amount = 2.5 * dollar / hour};
    const Deployment one = priced_hardware(d, catalog);
    CHECK(one.gpus == 1.0);
    CHECK(one.rental->rate == 2.5 * dollar / hour);
    d.gpus = 8;
    CHECK(priced_hardware(d, catalog).gpus == 8.0);
    d.price = PriceRequest{.provider = "lambda", .amount = {}};
    CHECK(said([&] { priced_hardware(d, catalog); }) ==
          "E103 `price lambda` needs `hw`: whose price is meant? (add `hw`, or write the price as "
          "'$2.50/h')");
    d.device = catalog.device("h100-sxm");
    CHECK(priced_hardware(d, catalog).rental->provider == "Lambda");
    Deployment bought = owned(nullptr);
    bought.purchase->name = "catalog";
    const Fault fault = fault_of([&] { priced_hardware(bought, catalog); });
    CHECK(fault.message == "`purchase catalog` needs `hw`: whose price is meant?");
}

}  // namespace money_rules_test
