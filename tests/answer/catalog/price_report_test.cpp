#include "answer/catalog/price_report.hpp"

#include "catch.hpp"
#include "page.hpp"

namespace price_report_test {

using namespace roofline;

namespace {

const Provenance page{.source = "price page", .confidence = Confidence::primary};
const Provenance hearsay{
    .source = "somebody", .confidence = Confidence::memory, .note = "host included"};

RentalPrice rental(std::string provider, std::string device, double dollars) {
    return {.provider = std::move(provider),
            .device = std::move(device),
            .mode = "spot",
            .rate = dollars * dollar / hour,
            .date = "2026-03-04",
            .from = page};
}

/// Of two devices, not in order; one from a file of the user's own.
PriceRows some_prices() {
    PriceRows rows{.rental = {rental("rent-b", "tiny", 2.5), rental("rent-c", "big", 4),
                              rental("rent-a", "tiny", 1.25)},
                   .purchase = {{.device = "tiny",
                                 .item = "Tiny Kit",
                                 .amount = 30000 * dollar,
                                 .currency = Currency::gbp,
                                 .date = "2025",
                                 .from = hearsay}},
                   .api = {{.provider = "cloud",
                            .model = "llama",
                            .input = 0.5e-6 * dollar / token,
                            .output = 2e-6 * dollar / token,
                            .currency = Currency::eur,
                            .date = "2026-01",
                            .from = page},
                           {.provider = "nuage",
                            .model = "llama",
                            .cached_input = 0.125e-6 * dollar / token,
                            .output = 4e-6 * dollar / token,
                            .currency = Currency::eur,
                            .date = "2026-02",
                            .from = hearsay}}};
    rows.rental[2].from = hearsay;
    rows.rental[2].file = "mine.json";
    return rows;
}

}  // namespace

TEST_CASE("prices stand by device, in their own currencies, with where they are from") {
    CHECK(text_of(price_report(some_prices(), ""), "table", 120) ==
          R"(3 prices for renting, 1 for buying, 2 of APIs

 Renting, per device and hour
 device  --PRICE      per hour  date        source
 big     rent-c/spot   $4.00/h  2026-03-04  price page
 tiny    rent-a/spot   $1.25/h  2026-03-04  somebody (mine.json), not re-checked
         rent-b/spot   $2.50/h  2026-03-04  price page
 sources are long: --format csv, md and json have them

 Buying, per device: --purchase catalog
 device  item           price  date  source
 tiny    Tiny Kit  £30,000.00  2025  somebody, not re-checked

 APIs, per million tokens
 --COMPARE-API   input  cached  output  date     source
 cloud/llama    €0.500       –   €2.00  2026-01  price page
 nuage/llama         –  €0.125   €4.00  2026-02  somebody, not re-checked
)");
}

TEST_CASE("prices of one device leave out those of APIs, and tables that are empty") {
    const Report report = price_report(some_prices(), "big");
    CHECK(raw_at(report.inputs, "hw") == "big");
    CHECK(price_report(some_prices(), "").inputs.members().empty());
    CHECK(text_of(report, "table", 50) == R"(1 prices for renting, 0 for buying, 0 of APIs

 Renting, per device and hour
 device  --PRICE      per hour  date
 big     rent-c/spot   $4.00/h  2026-03-04
 sources are long: --format csv, md and json have
 them

 1 more column with --width 54: source
)");
}

TEST_CASE("prices in CSV are those for renting, or for buying where there is nothing else") {
    CHECK(text_of(price_report(some_prices(), "tiny"), "csv") ==
          "device,price,per_device_hour,currency,date,source,sku,region\n"
          "tiny,rent-b/spot,2.5,USD,2026-03-04,price page,,\n"
          "tiny,rent-a/spot,1.25,USD,2026-03-04,\"somebody (mine.json), not re-checked\",,\n");
    PriceRows bought = some_prices();
    bought.rental.clear();
    CHECK(text_of(price_report(bought, ""), "csv") ==
          "device,item,per_device,date,source\n"
          "tiny,Tiny Kit,30000,2025,\"somebody, not re-checked\"\n");
    CHECK(text_of(price_report({}, ""), "csv") ==
          "device,price,per_device_hour,currency,date,source,sku,region\n");
}

TEST_CASE("a word chooses among prices, and a column puts the cheapest first") {
    const Report report = price_report(some_prices(), "", {.about = "rent-a"});
    CHECK(report.verdict == "1 prices for renting, 0 for buying, 0 of APIs about 'rent-a'");
    CHECK(price_report(some_prices(), "", {.about = "llama"}).verdict.starts_with("0 prices"));
    const std::string sorted = text_of(price_report(some_prices(), "", {.sort = "price"}), "csv");
    CHECK(sorted.find("rent-a") < sorted.find("rent-b"));
    CHECK(sorted.find("rent-b") < sorted.find("rent-c"));
}

TEST_CASE("rows of one device and provider are told apart by what is sold") {
    PriceRows prices;
    prices.rental = {rental("rent-a", "tiny", 1), rental("rent-a", "tiny", 2),
                     rental("rent-b", "tiny", 3)};
    prices.rental[0].sku = "one-card";
    prices.rental[1].sku = "two-cards";
    prices.rental[2].sku = "alone";
    const std::string text = text_of(price_report(prices, ""), "table", 100);
    CHECK(text.find("2026-03-04  one-card") != std::string::npos);
    CHECK(text.find("2026-03-04  two-cards") != std::string::npos);
    CHECK(text.find("alone") == std::string::npos);
}

TEST_CASE("prices of APIs have the columns of a million tokens") {
    const Report report = price_report(some_prices(), "");
    Report apis;
    apis.blocks.push_back(report.blocks.at(3));
    CHECK(text_of(apis, "csv") ==
          "api,per_1m_input,per_1m_cached_input,per_1m_output,date,source\n"
          "cloud/llama,0.5,,2,2026-01,price page\n"
          "nuage/llama,,0.125,4,2026-02,\"somebody, not re-checked\"\n");
}

TEST_CASE("the record of prices names currencies in its keys") {
    PriceRows prices = some_prices();
    prices.rental[2].currency = Currency::eur;
    const Report report = price_report(prices, "");
    CHECK(report.command == "prices list");
    CHECK(json_text(*value_at(report.result, "rental[1]")) == R"({
  "provider": "rent-b",
  "device": "tiny",
  "mode": "spot",
  "price": "rent-b/spot",
  "per_device_usd_per_hour": 2.5,
  "date": "2026-03-04",
  "source": "price page",
  "confidence": "primary",
  "note": null,
  "file": null
}
)");
    CHECK(json_text(*value_at(report.result, "rental[2]")) == R"({
  "provider": "rent-a",
  "device": "tiny",
  "mode": "spot",
  "price": "rent-a/spot",
  "per_device_eur_per_hour": 1.25,
  "date": "2026-03-04",
  "source": "somebody",
  "confidence": "memory",
  "note": "host included",
  "file": "mine.json"
}
)");
    CHECK(json_text(*value_at(report.result, "purchase")) == R"([
  {
    "device": "tiny",
    "item": "Tiny Kit",
    "per_device_gbp": 30000,
    "date": "2025",
    "source": "somebody",
    "confidence": "memory",
    "note": "host included",
    "file": null
  }
]
)");
    CHECK(json_text(*value_at(report.result, "api")) == R"([
  {
    "provider": "cloud",
    "model": "llama",
    "eur_per_1m_input_tokens": 0.5,
    "eur_per_1m_cached_input_tokens": null,
    "eur_per_1m_output_tokens": 2,
    "date": "2026-01",
    "source": "price page",
    "confidence": "primary",
    "note": null,
    "file": null
  },
  {
    "provider": "nuage",
    "model": "llama",
    "eur_per_1m_input_tokens": null,
    "eur_per_1m_cached_input_tokens": 0.125,
    "eur_per_1m_output_tokens": 4,
    "date": "2026-02",
    "source": "somebody",
    "confidence": "memory",
    "note": "host included",
    "file": null
  }
]
)");
}

}  // namespace price_report_test
