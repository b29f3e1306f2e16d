#include "roofline/workload/fields.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace field_text_test {

using namespace roofline;

namespace {

FieldValue read(std::string_view field, std::string_view text) {
    Catalog catalog;
    return parse_field(the_field(field), text, "it", catalog);
}

// "E106 message (hint)".
std::string refusal(std::string_view field, std::string_view text) {
    const Fault fault = fault_of([&] { read(field, text); });
    return code_name(fault.code) + " " + fault.message + " (" + fault.hint + ")";
}

std::string shown(const FieldValue& value) { return std::get<std::string>(shown_field(value)); }

}  // namespace

TEST_CASE("numbers: counts are thousands, lengths 1024s, shares of one, the rest as they are") {
    CHECK(std::get<double>(read("batch", "2k")) == 2000);
    CHECK(std::get<double>(read("isl", "2k")) == 2048);
    CHECK(std::get<double>(read("prefix-hit", "40%")) == 0.4);
    CHECK(std::get<double>(read("rate", "2.5")) == 2.5);
    CHECK(std::get<double>(read("pue", "1.25")) == 1.25);
    CHECK(std::get<Watts>(read("power", "0.7kW")) == 700.0 * watt);
    CHECK_THAT(
        std::get<EnergyPrice>(read("power-price", "€120/MWh")).rate.in(dollar / kilowatt_hour),
        WithinRel(0.12, 1e-12));
}

TEST_CASE("names that are none are refused with those there are") {
    CHECK(refusal("lengths", "any") == "E106 it: 'any' is no choice (it is varied or equal)");
    CHECK(refusal("kv-dtype", "fp9").starts_with("E106 it: 'fp9' is no precision (did you mean "));
    CHECK(refusal("quant", "fp9").starts_with("E106 it: 'fp9' is no weight format (did you mean "));
    CHECK(refusal("engine", "vlm") == "E106 it: 'vlm' is no serving engine (did you mean vllm?)");
    CHECK(refusal("hw", "h100x0").starts_with("E102 the count in `hw` must be a whole number"));
    CHECK(parse_precision("BF16", "it") == Precision::bf16);
    CHECK(parse_engine("llama.cpp", "it").program == ServingEngine::llama_cpp);
}

TEST_CASE("a price is an amount where it begins with no letter, and a purchase but for 'catalog'") {
    const auto price = std::get<PriceRequest>(read("price", "€2.50/h"));
    CHECK(price.provider.empty());
    CHECK(price.amount == 2.5 * dollar / hour);
    CHECK(price.currency == Currency::eur);
    CHECK(std::get<PriceRequest>(read("price", "lambda")).provider == "lambda");
    CHECK(std::get<PurchaseRequest>(read("purchase", "catalog")).name == "catalog");
    const auto bought = std::get<PurchaseRequest>(read("purchase", "30000 GBP"));
    CHECK(bought.name.empty());
    CHECK(bought.amount == 30000.0 * dollar);
    CHECK(bought.currency == Currency::gbp);
}

TEST_CASE("a value is shown as text that is read back, a number as a number, nothing as nothing") {
    CHECK(std::holds_alternative<std::monostate>(shown_field({})));
    CHECK(std::get<double>(shown_field(0.4)) == 0.4);
    CHECK(shown(WeightFormat::q4_k_m) == "q4_k_m");
    CHECK(shown(Precision::fp8) == "fp8");
    CHECK(shown(EngineChoice{.program = ServingEngine::trtllm}) == "trtllm");
    CHECK(shown(Lengths::equal) == "equal");
    CHECK(shown(700.0 * watt) == "700 W");
    CHECK(shown(read("price", "€2.50/h")) == "2.5 EUR/h");
    CHECK(shown(read("price", "lambda")) == "lambda");
    CHECK(shown(read("purchase", "£30k")) == "30000 GBP");
    CHECK(shown(read("purchase", "catalog")) == "catalog");
    CHECK(shown(read("power-price", "$0.12/kWh")) == "0.12 USD/kWh");
    CHECK(shown(read("model", "Llama 3.1 8B")) == "llama-3.1-8b");
    CHECK(shown(read("hw", "b200x8")) == "b200-sxmx8");
    CHECK(shown(read("hw", "b200x1")) == "b200-sxm");
}

TEST_CASE("a price that is given is a row of its own, one that is named the catalog's") {
    Catalog catalog;
    Deployment d{.model = {}, .device = catalog.device("h100-sxm")};
    CHECK_NOTHROW(resolve_price(d, catalog));
    CHECK_FALSE(d.rental);
    CHECK_FALSE(d.bought);
    d.price = std::get<PriceRequest>(read("price", "€2.50/h"));
    resolve_price(d, catalog);
    CHECK(d.rental->provider == "given");
    CHECK(d.rental->device == "h100-sxm");
    CHECK(d.rental->currency == Currency::eur);
    CHECK(d.rental->from.source == "`price`");
    CHECK(d.rental->date.empty());
    d.price = PriceRequest{.provider = "lambda", .amount = {}};
    resolve_price(d, catalog);
    CHECK(d.rental->provider == "Lambda");
    CHECK(d.rental->mode == "on-demand");
}

TEST_CASE("a purchase that is given is a row of its own, one of the catalog is the device's") {
    Catalog catalog;
    Deployment d;
    d.purchase = std::get<PurchaseRequest>(read("purchase", "£30000"));
    resolve_price(d, catalog);
    CHECK(d.bought->amount == 30000.0 * dollar);
    CHECK(d.bought->currency == Currency::gbp);
    CHECK(d.bought->from.source == "`purchase`");
    CHECK(d.bought->device.empty());
    d.device = catalog.device("h100-sxm");
    resolve_price(d, catalog);
    CHECK(d.bought->device == "h100-sxm");
    d.device = catalog.device("dgx-spark");
    d.purchase = PurchaseRequest{.name = "catalog", .amount = {}};
    resolve_price(d, catalog);
    CHECK(d.bought->item == "DGX Spark");
}

}  // namespace field_text_test
