#include "search/plan_devices.hpp"

#include "catch.hpp"
#include "fault.hpp"

#include <filesystem>
#include <fstream>

namespace plan_devices_test {

using namespace roofline;

namespace {

// Prices of devices that the catalog does not know.
class Priced {
  public:
    explicit Priced(const std::string& rows) {
        const auto path = std::filesystem::temp_directory_path() / "roofline_plan_devices.json";
        std::ofstream(path) << R"({"schema": "roofline/prices/1", "collected": "2026-11",
"sources": {"me": "my own"}, "rental": [)"
                            << rows << R"(], "purchase": [], "api": []})";
        catalog_.add_price_file(path.string());
        std::filesystem::remove(path);
    }
    operator Catalog&() { return catalog_; }

  private:
    Catalog catalog_;
};

std::string row(std::string_view provider, std::string_view device, std::string_view amount,
                std::string_view date = "2026-05-01", std::string_view mode = "on-demand") {
    std::string text = "{\"provider\": \"";
    text.append(provider).append("\", \"device\": \"").append(device);
    text.append("\", \"mode\": \"").append(mode).append("\", ").append(amount);
    text.append(", \"date\": \"").append(date);
    return text + "\", \"source\": \"me\", \"confidence\": \"primary\"}";
}

std::string usd(std::string_view number) {
    return "\"usd_per_device_hour\": " + std::string(number);
}

std::shared_ptr<const Device> device(std::string id) {
    auto made = std::make_shared<Device>();
    made->id = std::move(id);
    return made;
}

AskedPlan asked_with(std::optional<double> concurrency, std::optional<double> rate) {
    AskedPlan asked;
    asked.base.concurrency = concurrency;
    asked.base.rate = rate;
    return asked;
}

}  // namespace

TEST_CASE("the load of the base becomes that of the plan") {
    AskedPlan asked = asked_with(64, {});
    take_load(asked);
    CHECK(asked.question.concurrency == 64.0);
    CHECK_FALSE(asked.base.concurrency);
    asked = asked_with({}, 5);
    take_load(asked);
    CHECK(asked.question.rate == 5.0);
    CHECK_FALSE(asked.base.rate);
    asked = asked_with({}, {});
    asked.tokens_per_day = 1e9;
    take_load(asked);
    CHECK_FALSE(asked.question.rate);
}

TEST_CASE("no load, two loads and too many devices are refused") {
    const auto fault = [](AskedPlan asked) { return fault_of([&] { take_load(asked); }); };
    const Fault none = fault(asked_with({}, {}));
    CHECK(none.code == ErrorCode::missing_argument);
    CHECK(none.message == "how much is asked of it?");
    CHECK(none.hint == "add `concurrency 64`, `rate 5` or `tokens-per-day` 1B");
    const Fault two = fault(asked_with(4, 3));
    CHECK(two.code == ErrorCode::conflicting_arguments);
    CHECK(two.message ==
          "`concurrency`, `rate` and `tokens-per-day` are three ways to say one load");
    CHECK(two.hint == "give one of them");
    AskedPlan daily = asked_with({}, 3);
    daily.tokens_per_day = 1e9;
    CHECK(fault(daily).code == ErrorCode::conflicting_arguments);
    CHECK_NOTHROW(refuse_beyond_search({.most_gpus = 1024}));
    const Fault many = fault_of([] { refuse_beyond_search({.most_gpus = 1025}); });
    CHECK(many.code == ErrorCode::bad_count);
    CHECK(many.message == "`max-gpus 1025`: 1024 is the most that is searched");
    CHECK(many.hint == "write `max-gpus 1024` or less");
}

TEST_CASE(
    "the cheapest that anyone can rent: on demand, in dollars, at each provider's last price") {
    Priced catalog(row("Was Cheap", "box", usd("1"), "2026-05-01") + "," +
                   row("Was Cheap", "box", usd("4"), "2026-06-01") + "," +
                   row("Acme", "box", usd("3")) + "," + row("Dear", "box", usd("5")) + "," +
                   row("Spots", "box", usd("2"), "2026-06-01", "spot") + "," +
                   row("Euros", "box", "\"eur_per_device_hour\": 1") + "," +
                   row("Other", "case", usd("0.5")));
    const auto cheapest = cheapest_rental("box", catalog);
    REQUIRE(cheapest);
    CHECK(cheapest->provider == "Acme");
    CHECK(cheapest->rate.in(dollar / hour) == 3);
    CHECK_FALSE(cheapest_rental("crate", catalog));
}

TEST_CASE("a provider that went over to euros has no price in dollars any more") {
    Priced catalog(row("Acme", "box", usd("1"), "2026-05-01") + "," +
                   row("Acme", "box", "\"eur_per_device_hour\": 1", "2026-06-01"));
    CHECK_FALSE(cheapest_rental("box", catalog));
}

TEST_CASE("devices without a price are left out of a plan for cost, and of no other") {
    Priced catalog(row("Acme", "box", usd("3")));
    AskedPlan asked;
    asked.question.objective = Objective::cost;
    add_devices({device("box"), device("crate")}, catalog, asked);
    REQUIRE(asked.question.devices.size() == 1);
    CHECK(asked.question.devices[0].device->id == "box");
    CHECK(asked.question.devices[0].rental->rate.in(dollar / hour) == 3);
    CHECK(asked.question.devices[0].price->provider == "acme");
    CHECK(asked.unpriced == std::vector<std::string>{"crate"});
    AskedPlan least;
    least.question.objective = Objective::gpus;
    add_devices({device("box"), device("crate")}, catalog, least);
    CHECK(least.question.devices.size() == 2);
    CHECK_FALSE(least.question.devices[1].price);
    CHECK(least.unpriced.empty());
}

TEST_CASE("a price that is given holds for every device, an unknown one is said") {
    Priced catalog(row("Acme", "box", usd("3")));
    AskedPlan asked;
    asked.base.price = PriceRequest{.provider = {}, .amount = 2 * dollar / hour};
    add_devices({device("box"), device("crate")}, catalog, asked);
    CHECK(asked.question.devices.size() == 2);
    CHECK(asked.question.devices[1].rental->rate.in(dollar / hour) == 2);
    AskedPlan typo;
    typo.base.price = PriceRequest{.provider = "acne", .amount = {}};
    const Fault unknown = fault_of([&] { add_devices({device("box")}, catalog, typo); });
    CHECK(unknown.code == ErrorCode::unknown_price);
    CHECK(unknown.message == "no on-demand price of 'acne' for box");
}

TEST_CASE("a plan for cost that has no price, or one in euros, is none") {
    Catalog catalog;
    AskedPlan asked;
    const Fault none = fault_of([&] { add_devices({device("crate")}, catalog, asked); });
    CHECK(none.code == ErrorCode::missing_price);
    CHECK(none.message == "none of these devices has a price in the catalog");
    CHECK(none.hint == "give one: `price '$2.50/h'`, or plan for another `objective`");
    AskedPlan euros;
    euros.base.price =
        PriceRequest{.provider = {}, .amount = 2 * dollar / hour, .currency = Currency::eur};
    const Fault other = fault_of([&] { add_devices({device("crate")}, catalog, euros); });
    CHECK(other.code == ErrorCode::two_currencies);
    CHECK(other.message == "a plan compares dollars, and the price is in EUR");
    CHECK(other.hint == "write it in dollars, or plan for `objective` gpus, energy or latency");
    euros.question.objective = Objective::latency;
    add_devices({device("crate")}, catalog, euros);
    CHECK(euros.question.devices.size() == 1);
}

TEST_CASE("86.4M tokens a day are 1000 a second: 10 answers of 100 tokens") {
    Catalog catalog;
    AskedPlan asked;
    asked.base.model = catalog.model("llama-3.1-8b");
    asked.base.osl = 100;
    asked.base.price = PriceRequest{.provider = {}, .amount = 2 * dollar / hour};
    add_devices({catalog.device("h100-sxm")}, catalog, asked);
    CHECK_THAT(rate_of_tokens(86.4e6, asked), WithinRel(10.0, 1e-12));
}

}  // namespace plan_devices_test
