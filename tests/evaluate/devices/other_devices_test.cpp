#include "evaluate/devices/other_devices.hpp"

#include "roofline/cost/break_even.hpp"

#include "catch.hpp"
#include "deployed.hpp"
#include "fault.hpp"

namespace other_devices_test {

using namespace roofline;

namespace {

DeviceChoice devices(std::string_view name, double count) {
    Catalog catalog;
    return {.device = catalog.device(name), .count = count};
}

OtherDevices moved(const std::string& scenario, const DeviceChoice& to,
                   Basis basis = Basis::bound) {
    const Deployment asked = deployed(scenario);
    const Knowledge knowledge;
    const Bill now = *evaluate(asked, knowledge).on(basis).bill;
    return on_other_devices(now, asked, to, basis, knowledge);
}

double per_hour(MoneyPerSecond price) { return price.in(dollar / hour); }

}  // namespace

TEST_CASE("at one an hour: rented, in the currency asked for, and nothing is left of owning") {
    Deployment d = deployed("llama-3.1-8b@h100x2 batch=8");
    d.purchase = PurchaseRequest{.name = {}, .amount = 30000 * dollar};
    d.bought = PurchasePrice{.amount = 30000 * dollar};
    d.life = 4;
    d.power = 700 * watt;
    d.power_price = EnergyPrice{.rate = 0.1 * dollar / kilowatt_hour};
    d.pue = 1.3;
    d.utilization = 0.5;
    const Deployment one = at_one_an_hour(d, Currency::eur);
    CHECK_FALSE(one.purchase);
    CHECK_FALSE(one.bought);
    CHECK_FALSE(one.life);
    CHECK_FALSE(one.power);
    CHECK_FALSE(one.power_price);
    CHECK_FALSE(one.pue);
    CHECK_THAT(per_hour(one.price->amount), WithinRel(1, 1e-12));
    CHECK(one.price->provider.empty());
    CHECK(one.price->currency == Currency::eur);
    CHECK_THAT(per_hour(one.rental->rate), WithinRel(1, 1e-12));
    CHECK(one.rental->currency == Currency::eur);
    CHECK(one.utilization == 0.5);
    CHECK(one.gpus == 2);
}

TEST_CASE("the same devices break even at the price that is paid now") {
    const OtherDevices same = moved("llama-3.1-8b@h100x2 batch=8 price=$2.5/h", devices("h100", 2));
    CHECK(same.evaluation.standing == Standing::stands);
    CHECK(same.gpus == 2);
    CHECK_THAT(per_hour(same.bill->rate), WithinRel(2, 1e-12));
    CHECK_THAT(per_hour(same.price), WithinRel(2.5, 1e-12));
}

TEST_CASE("an hour that is used by half delivers half, and breaks even at the same price") {
    const std::string half = "llama-3.1-8b@h100x2 batch=8 price=$2.5/h utilization=50%";
    const OtherDevices same = moved(half, devices("h100", 2));
    CHECK(same.bill->utilization == 0.5);
    CHECK_THAT(per_hour(same.price), WithinRel(2.5, 1e-12));
}

TEST_CASE("the basis that was asked for is the one that is billed") {
    const std::string served = "llama-3.1-8b@h100 concurrency=8 price=2/h";
    const OtherDevices bound = moved(served, devices("h200-sxm", 1), Basis::bound);
    const OtherDevices expected = moved(served, devices("h200-sxm", 1), Basis::expected);
    CHECK(bound.bill->output == *bound.evaluation.on(Basis::bound).output);
    CHECK(expected.bill->output == *expected.evaluation.on(Basis::expected).output);
    CHECK(bound.bill->output > expected.bill->output);
    // 4.8 TB/s in place of 3.35, and never more than that.
    CHECK(per_hour(bound.price) > 2);
    CHECK(per_hour(bound.price) < 2 * 4.8 / 3.35 + 1e-9);
}

TEST_CASE("a layout that does not suit other devices follows from their count") {
    const std::string two = "llama-3.1-8b@h100x2 tp=2 batch=8 price=2/h";
    const OtherDevices kept = moved(two, devices("h200-sxm", 2));
    CHECK(kept.evaluation.deployment.tensor_parallel == 2);
    const OtherDevices alone = moved(two, devices("h200-sxm", 1));
    CHECK(alone.gpus == 1);
    CHECK(alone.evaluation.deployment.tensor_parallel == 1);
    CHECK(alone.evaluation.deployment.device->id == "h200-sxm");
    // A bridge joins 2 of them, and PCIe the 8 of a host.
    const OtherDevices bridged =
        moved("llama-3.1-8b@h100x8 tp=8 batch=8 price=2/h", devices("h100-nvl", 8));
    CHECK(bridged.gpus == 8);
    CHECK(*bridged.evaluation.deployment.tensor_parallel == 8);
    const std::string pair = "llama-3.1-8b@h100x2 replicas=2 batch=8 price=2/h";
    CHECK(moved(pair, devices("h200-sxm", 1)).evaluation.deployment.replicas == 1);
}

TEST_CASE("devices that it does not fit on have no bill and no price, and E113 stays an error") {
    const OtherDevices none = moved("llama-3.1-70b@h100x4 batch=8 price=2/h", devices("h100", 1));
    CHECK(none.evaluation.standing == Standing::does_not_fit);
    CHECK_FALSE(none.bill);
    CHECK(none.price == MoneyPerSecond());
    Deployment longer = deployed("llama-3.1-8b@h100x2 tp=2 batch=8");
    longer.isl = 1e6;
    const auto move = [&] {
        on_other_devices({.tariff = {}}, longer, devices("h100", 1), Basis::bound, Knowledge());
    };
    CHECK(fault_of(move).code == ErrorCode::beyond_context);
}

}  // namespace other_devices_test
