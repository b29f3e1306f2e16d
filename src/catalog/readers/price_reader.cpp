#include "roofline/units/date.hpp"

#include "figure_reader.hpp"
#include "input/json_object.hpp"
#include "readers.hpp"
#include "text/formatted.hpp"
#include "written_name.hpp"

#include <optional>

namespace roofline {
namespace {

struct ReadAmount {
    double number;
    Currency currency;
};

// The one member "usd<ending>", "eur<ending>" … that a row has.
std::optional<ReadAmount> optional_amount(JsonObject& row, std::string_view ending) {
    std::optional<ReadAmount> found;
    for (const CurrencyRow& currency : currencies) {
        const std::string key = formatted("{}{}", currency.key, ending);
        const auto number = row.optional_positive(key);
        if (!number) continue;
        if (found) row.fail(key, "a price row has one currency");
        found = ReadAmount{*number, currency.currency};
    }
    return found;
}

ReadAmount amount(JsonObject& row, std::string_view ending, std::string_view first_key) {
    if (const auto found = optional_amount(row, ending)) return *found;
    row.fail(first_key, formatted("a price row needs one of usd{0}, eur{0}, gbp{0}", ending));
}

std::string date_of(JsonObject& row, std::string_view key = "date") {
    std::string date = row.text(key);
    if (!first_day(date))
        row.fail(key, formatted("'{}' is no date", date), "write 2026-11-09, 2026-11 or 2026");
    return date;
}

RentalPrice read_rental(JsonObject& row, FigureReader& figures) {
    RentalPrice price{.provider = written_name(row, "provider", provider_name),
                      .device = row.text("device"),
                      .mode = written_name(row, "mode", mode_name)};
    const ReadAmount rate = amount(row, "_per_device_hour", "provider");
    price.rate = rate.number * dollar / hour;
    price.currency = rate.currency;
    price.date = date_of(row);
    price.sku = row.optional_text("sku").value_or("");
    price.region = row.optional_text("region").value_or("");
    price.machine = row.optional_whole("machine_devices");
    price.from = figures.provenance(row);
    return price;
}

PurchasePrice read_purchase(JsonObject& row, FigureReader& figures) {
    PurchasePrice price{.device = row.text("device"), .item = row.text("item")};
    const ReadAmount paid = amount(row, "_per_device", "device");
    price.amount = paid.number * dollar;
    price.currency = paid.currency;
    price.date = date_of(row);
    price.from = figures.provenance(row);
    return price;
}

ApiPrice read_api(JsonObject& row, FigureReader& figures) {
    ApiPrice price{.provider = written_name(row, "provider", provider_name),
                   .model = written_name(row, "model", api_model_name)};
    const ReadAmount output = amount(row, "_per_1m_output", "provider");
    price.currency = output.currency;
    price.output = output.number * 1e-6 * dollar / token;
    const auto optional = [&](std::string_view ending) -> std::optional<MoneyPerToken> {
        const auto found = optional_amount(row, ending);
        if (!found) return std::nullopt;
        if (found->currency != price.currency) row.fail("provider", "a price row has one currency");
        return found->number * 1e-6 * dollar / token;
    };
    price.input = optional("_per_1m_input");
    price.cached_input = optional("_per_1m_cached_input");
    price.date = date_of(row);
    price.from = figures.provenance(row);
    return price;
}

template <typename Row>
std::vector<Row> read_rows(JsonObject& record, std::string_view key, FigureReader& figures,
                           Row (*read)(JsonObject&, FigureReader&)) {
    std::vector<Row> rows;
    for (JsonObject& row : record.objects(key)) rows.push_back(read(row, figures));
    return rows;
}

}  // namespace

PriceRows read_prices(const JsonDocument& document) {
    JsonObject record(document);
    record.text("schema");
    date_of(record, "collected");
    FigureReader figures(record);
    PriceRows rows{.rental = read_rows(record, "rental", figures, read_rental),
                   .purchase = read_rows(record, "purchase", figures, read_purchase),
                   .api = read_rows(record, "api", figures, read_api)};
    record.done();
    figures.done();
    return rows;
}

}  // namespace roofline
