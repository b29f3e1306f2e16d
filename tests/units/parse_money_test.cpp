#include "roofline/error/user_error.hpp"

#include "catch.hpp"
#include "fault.hpp"
#include "units/parse.hpp"

namespace parse_money_test {

using namespace roofline;

namespace {

double per_hour(std::string_view text) {
    return parse_money_rate(text, "--price").rate.in(dollar / hour);
}

double amount(std::string_view text) { return parse_money(text, "--buy").amount.in(dollar); }

double per_kwh(std::string_view text) {
    return parse_energy_price(text, "--power-price").rate.in(dollar / kilowatt_hour);
}

double per_million(std::string_view text) {
    return parse_token_price(text, "--api").rate.in(dollar / token) * 1e6;
}

}  // namespace

TEST_CASE(
    "a price per hour: a symbol before, a code behind, or dollars; the hour may be left out") {
    for (const std::string_view text :
         {"2.5", "$2.5", "$2.5/h", "2.5/hr", " 2.5 USD/hour ", "$2.5 USD"}) {
        CHECK_THAT(per_hour(text), WithinRel(2.5, 1e-12));
        CHECK(parse_money_rate(text, "--price").currency == Currency::usd);
    }
    CHECK(parse_money_rate("€1.10/h", "--price").currency == Currency::eur);
    CHECK(parse_money_rate("1.10 EUR/h", "--price").currency == Currency::eur);
    CHECK(parse_money_rate("£1.10", "--price").currency == Currency::gbp);
    CHECK(parse_money_rate("1.10GBP", "--price").currency == Currency::gbp);
}

TEST_CASE("amounts: 30k are 30,000 and 1.2M 1,200,000") {
    CHECK(amount("30000") == 30000);
    CHECK(amount("$30k") == 30000);
    CHECK(amount("30K") == 30000);
    CHECK(amount("$1.2M") == 1.2e6);
    CHECK(parse_money("€30k", "--buy").currency == Currency::eur);
}

TEST_CASE("energy: 120 dollars a MWh are 0.12 a kWh") {
    CHECK_THAT(per_kwh("$0.12/kWh"), WithinRel(0.12, 1e-12));
    CHECK_THAT(per_kwh("120/MWh"), WithinRel(0.12, 1e-12));
    CHECK(parse_energy_price("0.3 EUR/kWh", "--power-price").currency == Currency::eur);
}

TEST_CASE("tokens: 0.0006 a thousand are 0.6 a million") {
    for (const std::string_view text :
         {"$0.6/M", "0.6/1M", "0.6 USD/1M tokens", "0.0006/K", "$0.0006/1K", "$0.0006/1K tokens"})
        CHECK_THAT(per_million(text), WithinRel(0.6, 1e-12));
    CHECK(parse_token_price("£0.6/M", "--api").currency == Currency::gbp);
}

TEST_CASE("what stands behind an amount must be one of its units: E121 with an example") {
    const Fault rate = fault_of([] { per_hour(" $2.5/day "); });
    CHECK(rate.code == ErrorCode::missing_unit);
    CHECK(rate.message == "--price: '$2.5/day' is not a price per device and hour");
    CHECK(rate.hint == "write it like '$2.50/h'");
    const Fault money = fault_of([] { amount("30B"); });
    CHECK(money.message == "--buy: '30B' is not an amount of money");
    CHECK(money.hint == "write it like '$30000'");
    const Fault energy = fault_of([] { per_kwh("0.12"); });
    CHECK(energy.message == "--power-price: '0.12' is not a price of energy");
    CHECK(energy.hint == "write it like '$0.12/kWh'");
    const Fault tokens = fault_of([] { per_million("0.6"); });
    CHECK(tokens.message == "--api: '0.6' is not a price of tokens");
    CHECK(tokens.hint == "write it like '$0.60/M'");
}

TEST_CASE("two currencies, no number, and nothing to pay are refused: E120") {
    const Fault two = fault_of([] { per_hour("$2 EUR"); });
    CHECK(two.code == ErrorCode::bad_number);
    CHECK(two.message == "--price: '$2 EUR' names two currencies");
    CHECK(fault_of([] { per_hour("$"); }).message == "--price: '$' holds no amount");
    CHECK(fault_of([] { per_hour("0"); }).message == "--price must be above 0, got 0");
    CHECK(fault_of([] { amount("-5"); }).message == "--buy must be above 0, got -5");
}

TEST_CASE("a currency may stand behind the thousands") {
    CHECK(amount("30k USD") == 30000);
    CHECK(amount("1.2M EUR") == 1.2e6);
    CHECK(parse_money("30k GBP", "--buy").currency == Currency::gbp);
    CHECK(parse_money("30 USD", "--buy").amount.in(dollar) == 30);
    CHECK_THROWS_AS(amount("$30k EUR"), UserError);
    CHECK_THROWS_AS(amount("30kUSDk"), UserError);
}

TEST_CASE("what holds no amount is told how one is written") {
    for (const std::string_view text : {"/h", "$", "$/h", "-", ""}) {
        INFO(text);
        const Fault fault = fault_of([&] { parse_money_rate(text, "--price"); });
        CHECK(fault.message.find("holds no amount") != std::string::npos);
        CHECK(fault.hint == "write it like '$2.50/h'");
    }
}

}  // namespace parse_money_test
