#include "catalog/readers/readers.hpp"
#include "catch.hpp"
#include "fault.hpp"

namespace price_reader_test {

using namespace roofline;

namespace {

// A file with these rows; each is an object without its source.
PriceRows read(std::string_view kind, std::string row, std::string_view collected = "2026-11") {
    std::string text = R"({"schema": "roofline/prices/1", "sources": {"s": "a page"},
        "collected": ")";
    text.append(collected).append("\", \"").append(kind).append("\": [{");
    text += row + R"(, "source": "s", "confidence": "secondary", "note": "listed"}]})";
    return read_prices(parse_json({.name = "p.json", .text = text}, JsonDialect::strict));
}

Fault fault_in(std::string_view kind, const std::string& row) {
    return fault_of([&] { read(kind, row); });
}

const std::string rental = R"("provider": "Acme", "device": "h100-sxm", "mode": "spot")";
const std::string purchase = R"("device": "h100-sxm", "item": "a card")";
const std::string api = R"("provider": "acme", "model": "m", "date": "2026")";

}  // namespace

TEST_CASE("a rental: $3.60 an hour are a tenth of a cent a second") {
    const PriceRows rows = read("rental", rental + R"(, "usd_per_device_hour": 3.6,
        "date": "2026-11-09", "sku": "p5", "region": "east")");
    REQUIRE(rows.rental.size() == 1);
    const RentalPrice& row = rows.rental[0];
    CHECK(row.provider == "Acme");
    CHECK(row.device == "h100-sxm");
    CHECK(row.mode == "spot");
    CHECK_THAT(row.rate.in(dollar / second), WithinRel(0.001, 1e-12));
    CHECK(row.currency == Currency::usd);
    CHECK(row.date == "2026-11-09");
    CHECK(row.sku == "p5");
    CHECK(row.region == "east");
    CHECK(row.from.source == "a page");
    CHECK(row.from.confidence == Confidence::secondary);
    CHECK(row.from.note == "listed");
    CHECK(rows.purchase.empty());
    CHECK(rows.api.empty());
}

TEST_CASE("a purchase, in pounds, and prices of an API for a million tokens") {
    const PriceRows bought =
        read("purchase", purchase + R"(, "gbp_per_device": 25000, "date": "2025")");
    REQUIRE(bought.purchase.size() == 1);
    CHECK(bought.purchase[0].item == "a card");
    CHECK(bought.purchase[0].device == "h100-sxm");
    CHECK(bought.purchase[0].amount.in(dollar) == 25000);
    CHECK(bought.purchase[0].currency == Currency::gbp);
    CHECK(bought.purchase[0].date == "2025");
    const PriceRows asked = read("api", api + R"(, "usd_per_1m_output": 8, "usd_per_1m_input": 2,
        "usd_per_1m_cached_input": 1)");
    REQUIRE(asked.api.size() == 1);
    CHECK_THAT(asked.api[0].output.in(dollar / token), WithinRel(8e-6, 1e-12));
    CHECK_THAT(asked.api[0].input->in(dollar / token), WithinRel(2e-6, 1e-12));
    CHECK_THAT(asked.api[0].cached_input->in(dollar / token), WithinRel(1e-6, 1e-12));
    CHECK(asked.api[0].model == "m");
    const PriceRows alone = read("api", api + R"(, "eur_per_1m_output": 8)");
    CHECK(alone.api[0].currency == Currency::eur);
    CHECK_FALSE(alone.api[0].input);
    CHECK_FALSE(alone.api[0].cached_input);
}

TEST_CASE("a row has one currency, and an amount in it") {
    const Fault none = fault_in("rental", rental + R"(, "date": "2026")");
    CHECK(none.code == ErrorCode::bad_record);
    CHECK(none.message ==
          "a price row needs one of usd_per_device_hour, eur_per_device_hour, "
          "gbp_per_device_hour");
    CHECK(none.where.pointer == "/rental/0/provider");
    CHECK(fault_in("purchase", purchase + R"(, "date": "2026")").message ==
          "a price row needs one of usd_per_device, eur_per_device, gbp_per_device");
    CHECK(fault_in("api", api).message ==
          "a price row needs one of usd_per_1m_output, eur_per_1m_output, gbp_per_1m_output");
    const Fault two = fault_in("rental", rental + R"(, "usd_per_device_hour": 1,
        "eur_per_device_hour": 1, "date": "2026")");
    CHECK(two.message == "a price row has one currency");
    CHECK(two.where.pointer == "/rental/0/eur_per_device_hour");
    CHECK(fault_in("api", api + R"(, "usd_per_1m_output": 8, "eur_per_1m_input": 2)").message ==
          "a price row has one currency");
    CHECK(fault_in("rental", rental + R"(, "usd_per_device_hour": 0, "date": "2026")").code ==
          ErrorCode::bad_record);
}

TEST_CASE("a date is a day, a month or a year, of rows and of the file") {
    const Fault fault =
        fault_in("purchase", purchase + R"(, "usd_per_device": 1, "date": "9.11.2026")");
    CHECK(fault.message == "'9.11.2026' is no date");
    CHECK(fault.hint == "write 2026-11-09, 2026-11 or 2026");
    CHECK(fault.where.pointer == "/purchase/0/date");
    const Fault collected =
        fault_of([] { read("api", api + R"(, "usd_per_1m_output": 8)", "soon"); });
    CHECK(collected.message == "'soon' is no date");
    CHECK(collected.where.pointer == "/collected");
}

TEST_CASE("keys that a row does not have are refused") {
    CHECK(fault_in("purchase", purchase + R"(, "usd_per_device": 1, "date": "2026", "tax": 2)")
              .message == "unknown key 'tax'");
    CHECK(fault_in("rentals", rental).message.find("unknown key 'rentals'") != std::string::npos);
}

}  // namespace price_reader_test
