// The prices of a catalog: of the files inside the binary, and of those a user adds.
#include "roofline/catalog/catalog.hpp"

#include "catalog/readers/readers.hpp"
#include "embedded.hpp"
#include "input/json.hpp"
#include "text/formatted.hpp"

#include <utility>

namespace roofline {

void Catalog::add_price_file(const std::string& path) {
    const JsonDocument document = parse_json(read_source(path), JsonDialect::commented);
    if (const std::string schema = schema_of(document); schema != prices_schema)
        fail(ErrorCode::bad_record, formatted("{} holds no prices: its schema is {}", path, schema),
             formatted("write `catalog {}`", path));
    add_prices(read_prices(document), path);
}

void Catalog::add_prices(PriceRows rows, const std::string& file) {
    const auto append = [&](auto& to, auto& from) {
        for (auto& row : from) {
            row.file = file;
            to.push_back(std::move(row));
        }
    };
    load_prices();
    append(prices_.rental, rows.rental);
    append(prices_.purchase, rows.purchase);
    append(prices_.api, rows.api);
}

void Catalog::load_prices() {
    if (std::exchange(prices_loaded_, true)) return;
    for (const EmbeddedFile& file : embedded_files())
        if (file.path.starts_with("prices/"))
            add_prices(read_prices(parse_json(
                           {.name = std::string(file.path), .text = std::string(file.text)},
                           JsonDialect::strict)),
                       "");
}

const PriceRows& Catalog::prices() {
    load_prices();
    return prices_;
}

const std::vector<RentalPrice>& Catalog::rentals() { return prices().rental; }

RentalPrice Catalog::rental(std::string_view device, std::string_view provider) {
    RentalPrice found = find_rental(rentals(), device, provider);
    if (!found.file.empty())
        note_use(formatted("{} price of {}", price_name(found), found.device), found.file);
    return found;
}

PurchasePrice Catalog::purchase(std::string_view device) {
    PurchasePrice found = find_purchase(prices().purchase, device);
    if (!found.file.empty()) note_use(formatted("purchase price of {}", found.device), found.file);
    return found;
}

ApiPrice Catalog::api_price(std::string_view name) {
    ApiPrice found = find_api_price(prices().api, name);
    if (!found.file.empty())
        note_use(formatted("API price {}/{}", found.provider, found.model), found.file);
    return found;
}

}  // namespace roofline
