#include "answer/deployment/money_report.hpp"

#include "catch.hpp"
#include "page.hpp"

namespace money_report_test {

using namespace roofline;

namespace {

Deployment rented(Currency currency = Currency::usd) {
    return {.gpus = 2,
            .rental = RentalPrice{.provider = "Lambda",
                                  .mode = "on-demand",
                                  .rate = 1.8 * dollar / hour,
                                  .currency = currency,
                                  .date = "2026-09-25",
                                  .sku = "gpu_8x",
                                  .region = "us-west",
                                  .from = {.source = "its page"}}};
}

Deployment given() {
    return {.gpus = 2,
            .rental = RentalPrice{
                .provider = "given", .rate = 1.8 * dollar / hour, .from = {.source = "`price`"}}};
}

Deployment owned() {
    return {.gpus = 2,
            .bought = PurchasePrice{.item = "DGX",
                                    .amount = 35040 * dollar,
                                    .date = "2026-01-02",
                                    .from = {.source = "its shop"}},
            .life = 4,
            .power = 1000 * watt,
            .pue = 1.25,
            .power_price = EnergyPrice{.rate = 0.25 * dollar / kilowatt_hour}};
}

/// 1 s of prompt, of it 0.25 s in the cache, and 3 s of answer, which has 100 tokens.
Bill bill_of(const Deployment& d) {
    Tariff tariff = *tariff_of(d);
    tariff.power = 2500 * watt;
    return bill_of_requests({.prefill = 1 * second,
                             .decode = 3 * second,
                             .input_tokens = 1000,
                             .output_tokens = 100,
                             .cached_tokens = 200,
                             .cached = 0.25 * second},
                            1, tariff);
}

}  // namespace

// 3.6 an hour is 0.001 a second; a request takes 4 s, of them 0.75 for 800 tokens, 0.25 for 200, 3
// for 100.
TEST_CASE("rented: $3.60/h over 25 tokens/s are $40 per million; $0.75, $0.25 and $3 in 4 s") {
    const Record record = cost_record(bill_of(rented()), "expected", rented());
    std::string keys;
    for (const auto& [key, value] : record.members()) keys += key + " ";
    CHECK(keys ==
          "basis tokens_per_s utilization delivered_tokens_per_s usd_per_hour parts "
          "usd_per_1k_output_tokens usd_per_1m_output_tokens usd_per_request usd_per_month "
          "joules_per_output_token split price owned ");
    CHECK(raw_at(record, "basis") == "expected");
    CHECK(raw_at(record, "tokens_per_s") == "25");
    CHECK(raw_at(record, "usd_per_hour") == "3.6");
    CHECK(raw_at(record, "usd_per_1k_output_tokens") == "0.04");
    CHECK(raw_at(record, "usd_per_1m_output_tokens") == "40");
    CHECK(raw_at(record, "usd_per_request") == "0.004");
    CHECK(raw_at(record, "usd_per_month") == "2628");
    CHECK(raw_at(record, "joules_per_output_token") == "100");
    CHECK(raw_at(record, "parts") ==
          R"({"rent_usd_per_hour":3.6,"purchase_usd_per_hour":null,"energy_usd_per_hour":null})");
    CHECK(raw_at(record, "split.input") ==
          R"({"share":0.1875,"usd_per_hour":0.675,"usd_per_1m_tokens":0.9375})");
    CHECK(raw_at(record, "split.cached_input") ==
          R"({"share":0.0625,"usd_per_hour":0.225,"usd_per_1m_tokens":1.25})");
    CHECK(raw_at(record, "split.output") ==
          R"({"share":0.75,"usd_per_hour":2.7,"usd_per_1m_tokens":30})");
    CHECK(raw_at(record, "price") ==
          R"({"provider":"Lambda","mode":"on-demand","date":"2026-09-25","sku":"gpu_8x",)"
          R"("region":"us-west","source":"its page","per_device_usd_per_hour":1.8})");
    CHECK(raw_at(record, "owned") == "null");
}

TEST_CASE("at half use 25 tokens/s of devices that do 50 are delivered") {
    Tariff tariff = *tariff_of(rented());
    tariff.utilization = 0.5;
    const Record record = cost_record(bill_of_rate(50 * token / second, tariff), "given", rented());
    CHECK(raw_at(record, "tokens_per_s") == "50");
    CHECK(raw_at(record, "utilization") == "0.5");
    CHECK(raw_at(record, "delivered_tokens_per_s") == "25");
}

TEST_CASE("a price as given has no mode, date, sku or region, and a rate of tokens no requests") {
    const Tariff tariff = *tariff_of(given());
    const Record record = cost_record(bill_of_rate(50 * token / second, tariff), "given", given());
    CHECK(raw_at(record, "basis") == "given");
    CHECK(raw_at(record, "usd_per_request") == "null");
    CHECK(raw_at(record, "joules_per_output_token") == "null");
    CHECK(raw_at(record, "split") == R"({"input":null,"cached_input":null,"output":null})");
    CHECK(raw_at(record, "price") ==
          R"({"provider":"given","mode":null,"date":null,"sku":null,"region":null,)"
          R"("source":"--price","per_device_usd_per_hour":1.8})");
}

TEST_CASE("owned: $2 of purchase and $0.50 of energy an hour are $2.50, and what they rest on") {
    const Tariff tariff{.purchase = 2 * dollar / hour, .energy = 0.5 * dollar / hour};
    const Record record = cost_record(bill_of_rate(50 * token / second, tariff), "bound", owned());
    CHECK(raw_at(record, "basis") == "bound");
    CHECK(raw_at(record, "usd_per_hour") == "2.5");
    CHECK(raw_at(record, "parts") ==
          R"({"rent_usd_per_hour":null,"purchase_usd_per_hour":2,"energy_usd_per_hour":0.5})");
    CHECK(raw_at(record, "price") == "null");
    CHECK(raw_at(record, "owned") ==
          R"({"item":"DGX","date":"2026-01-02","source":"its shop","per_device_usd":35040,)"
          R"("life_years":4,"power_w":1000,"pue":1.25,"usd_per_kwh":0.25})");
}

TEST_CASE("another currency has keys and symbols of its own") {
    const Record record =
        cost_record(bill_of(rented(Currency::eur)), "bound", rented(Currency::eur));
    CHECK(raw_at(record, "eur_per_hour") == "3.6");
    CHECK(raw_at(record, "parts.rent_eur_per_hour") == "3.6");
    CHECK(raw_at(record, "eur_per_1k_output_tokens") == "0.04");
    CHECK(raw_at(record, "eur_per_1m_output_tokens") == "40");
    CHECK(raw_at(record, "eur_per_request") == "0.004");
    CHECK(raw_at(record, "eur_per_month") == "2628");
    CHECK(raw_at(record, "split.input.eur_per_hour") == "0.675");
    CHECK(raw_at(record, "price.per_device_eur_per_hour") == "1.8");
    CHECK(price_words(rented(Currency::gbp)) ==
          "£1.80/h per device, Lambda on-demand of 2026-09-25 (gpu_8x)");
    Deployment d = owned();
    d.bought->currency = d.power_price->currency = Currency::eur;
    const Record bought = cost_record(bill_of(d), "bound", d);
    CHECK(raw_at(bought, "owned.per_device_eur") == "35040");
    CHECK(raw_at(bought, "owned.eur_per_kwh") == "0.25");
    CHECK(price_words(d).ends_with(" at €0.250/kWh"));
}

TEST_CASE("a bill and its price in words, and where the price is from") {
    CHECK(bill_words(bill_of(rented()), rented()) ==
          "$0.0400 per 1K output tokens, $40.00 per 1M, prompts included; $1.80/h per device, "
          "Lambda on-demand of 2026-09-25 (gpu_8x)");
    CHECK(price_words(given()) == "$1.80/h per device, as given");
    CHECK(price_words(owned()) ==
          "owned: $35,040.00 (DGX of 2026-01-02) per device over 4 years, 1.00 kW x PUE 1.25 at "
          "$0.250/kWh");
    Deployment d = rented();
    d.rental->sku = "";
    CHECK(price_words(d) == "$1.80/h per device, Lambda on-demand of 2026-09-25");
    CHECK(price_source(owned()) == "its shop");
    CHECK(price_source(given()) == "--price");
}

}  // namespace money_report_test
