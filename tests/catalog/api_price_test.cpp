#include "roofline/catalog/price.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace api_price_test {

using namespace roofline;

namespace {

double per_million(const std::optional<MoneyPerToken>& rate) {
    REQUIRE(rate);
    return rate->in(dollar / token) * 1e6;
}

ApiPrice parsed(std::string_view text) { return parse_api_price(text, "--compare-api"); }

Fault fault_in(std::string_view text) {
    return fault_of([&] { parsed(text); });
}

ApiPrice row(std::string model, double dollars, std::string date, std::string file = {}) {
    return {.provider = "acme",
            .model = std::move(model),
            .output = dollars * 1e-6 * dollar / token,
            .date = std::move(date),
            .from = {},
            .file = std::move(file)};
}

double found(const std::vector<ApiPrice>& rows, std::string_view name = "acme/m") {
    return per_million(find_api_price(rows, name).output);
}

}  // namespace

TEST_CASE("prices of three kinds of tokens, in any order and with spaces") {
    const ApiPrice price = parsed("$0.15/M in,  $0.60/M out , $0.05/M cached");
    CHECK_THAT(per_million(price.input), WithinRel(0.15, 1e-12));
    CHECK_THAT(per_million(price.cached_input), WithinRel(0.05, 1e-12));
    CHECK_THAT(per_million(price.output), WithinRel(0.60, 1e-12));
    CHECK(price.provider == "given");
    CHECK(price.from.source == "--compare-api");
    CHECK(price.currency == Currency::usd);
}

TEST_CASE("output alone, in euros, for a thousand tokens: 0.002 are 2 for a million") {
    const ApiPrice price = parsed("€0.002/K out");
    CHECK_THAT(per_million(price.output), WithinRel(2.0, 1e-12));
    CHECK(price.currency == Currency::eur);
    CHECK_FALSE(price.input);
    CHECK_FALSE(price.cached_input);
}

TEST_CASE("what is no price of an API says how one is written") {
    const Fault fault = fault_in("$0.60/M");
    CHECK(fault.code == ErrorCode::bad_choice);
    CHECK(fault.message == "--compare-api: '$0.60/M' does not end in in, cached or out");
    CHECK(fault.hint == "write it like --compare-api '$0.60/M out, $0.15/M in, $0.05/M cached'");
    CHECK(fault_in("out").message == "--compare-api: 'out' does not end in in, cached or out");
    CHECK(fault_in("$1/M out, $2/M out").message ==
          "--compare-api: '$2/M out' is a second price of the same tokens");
    CHECK(fault_in("$1/M in").message == "--compare-api: '$1/M in' has no price of output");
    CHECK(fault_in("").code == ErrorCode::bad_choice);
    const Fault two = fault_in("$1/M in, €2/M out");
    CHECK(two.code == ErrorCode::two_currencies);
    CHECK(two.message == "--compare-api: USD and EUR in one price");
    CHECK(two.hint == "a currency is kept and never converted: write all in one");
}

TEST_CASE("the latest row of a name, and a row of one's own before all others") {
    CHECK_THAT(found({row("m", 1, "2026-01"), row("m", 2, "2026-03"), row("m", 3, "2026-02")}),
               WithinRel(2.0, 1e-12));
    CHECK_THAT(found({row("m", 1, "2026-03"), row("m", 2, "2025-01", "mine.json")}),
               WithinRel(2.0, 1e-12));
    CHECK_THAT(found({row("m", 2, "2025-01", "mine.json"), row("m", 1, "2026-03")}),
               WithinRel(2.0, 1e-12));
    CHECK_THAT(found({row("m", 2, "2025-01", "mine.json"), row("m", 3, "2025-02", "mine.json")}),
               WithinRel(3.0, 1e-12));
    CHECK_THAT(found({row("m-7b", 5, "2026-01"), row("m", 1, "2026-01")}, "Acme/M_7B"),
               WithinRel(5.0, 1e-12));
}

TEST_CASE("an unknown name: the nearest there are, or how to write a price") {
    const auto fault = [](std::string_view name) {
        return fault_of([&] { find_api_price({row("llama-70b", 1, "2026-01")}, name); });
    };
    const Fault near = fault("acme/llama-71b");
    CHECK(near.code == ErrorCode::unknown_price);
    CHECK(near.message == "no API price of 'acme/llama-71b' is known");
    CHECK(near.hint ==
          "did you mean acme/llama-70b? Write '$0.60/M out, $0.15/M in', or a name of:");
    CHECK(near.next == "prices list");
    CHECK(fault("x").hint == "Write '$0.60/M out, $0.15/M in', or a name of:");
}

}  // namespace api_price_test
