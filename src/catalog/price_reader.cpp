#include "roofline/input/json_object.hpp"

#include "figure_reader.hpp"
#include "readers.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <cctype>

namespace roofline {
namespace {

// "2026-11-09", "2026-11" or "2026".
bool is_date(std::string_view text) {
    constexpr std::string_view shape = "dddd-dd-dd";
    if (text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool digit = std::isdigit(static_cast<unsigned char>(text[i])) != 0;
        if (shape[i] == 'd' ? !digit : text[i] != '-') return false;
    }
    return true;
}

RentalPrice read_rental(JsonObject& row, FigureReader& figures) {
    RentalPrice price{
        .provider = row.text("provider"), .device = row.text("device"), .mode = row.text("mode")};
    int rates = 0;
    for (const CurrencyRow& currency : currencies) {
        const auto rate = row.optional_positive(formatted("{}_per_device_hour", currency.key));
        if (!rate) continue;
        price.rate = *rate * dollar / hour;
        price.currency = currency.currency;
        ++rates;
    }
    if (rates != 1)
        row.fail("provider", "a price row needs one of usd_, eur_, gbp_per_device_hour");
    price.date = row.text("date");
    if (!is_date(price.date))
        row.fail("date", formatted("'{}' is no date", price.date),
                 "write 2026-11-09, 2026-11 or 2026");
    price.sku = row.optional_text("sku").value_or("");
    price.region = row.optional_text("region").value_or("");
    price.from = figures.provenance(row);
    return price;
}

}  // namespace

std::vector<RentalPrice> read_prices(const JsonDocument& document) {
    JsonObject record(document);
    record.text("schema");
    record.text("collected");
    FigureReader figures(record);
    std::vector<RentalPrice> rows;
    for (JsonObject& row : record.objects("rental")) rows.push_back(read_rental(row, figures));
    record.done();
    figures.done();
    return rows;
}

}  // namespace roofline
