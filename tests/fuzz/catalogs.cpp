// Files of devices, models, prices and engines, and what is asked of what was read.
#include "roofline/evaluate/evaluation.hpp"

#include "answer/catalog/catalog_faults.hpp"
#include "answer/catalog/device_report.hpp"
#include "answer/catalog/price_report.hpp"
#include "catalog/device_mode.hpp"
#include "catalog/readers/readers.hpp"
#include "rules.hpp"
#include "target.hpp"

#include <array>

namespace fuzz {
namespace {

using namespace roofline;

JsonDocument document_of(std::string_view text) {
    return parse_json({.name = "input", .text = std::string(text)}, JsonDialect::commented);
}

// As `hw validate` reads them.
void checked(std::string_view text) {
    std::vector<Fault> faults = CatalogCheck().file("input", std::string(text));
    for (const Fault& fault : faults) hold_fault(fault);
    if (!faults.empty()) hold_report(catalog_faults(1, std::move(faults)), 80);
}

template <typename Ask>
void asked(Ask ask) {
    try {
        ask();
    } catch (const UserError& error) {
        hold_fault(error.fault());
    }
}

void device(std::string_view text) {
    const JsonDocument document = document_of(text);
    const auto read = std::make_shared<const Device>(read_device(document));
    hold_report(device_report(*read, read->id), 80);
    if (!broken_invariants(*read, document).empty()) return;
    for (const DeviceMode& mode : read->modes) in_mode(*read, mode.name);
    static Catalog catalog;
    asked([&] {
        evaluate({.model = catalog.model("llama-3.1-8b"), .device = read, .concurrency = 8}, {});
    });
}

void model(std::string_view text) {
    const auto read = std::make_shared<const Model>(read_model(document_of(text)));
    static Catalog catalog;
    asked([&] {
        evaluate({.model = read, .device = catalog.device("h100-sxm"), .concurrency = 8}, {});
    });
}

void prices(std::string_view text) {
    const PriceRows rows = read_prices(document_of(text));
    for (const RentalPrice& row : rows.rental) {
        const RentalPrice found = find_rental(rows.rental, row.device, price_name(row));
        hold(price_name(found) == price_name(row), "a name of a price reads back", price_name(row));
        asked([&] { find_rental(rows.rental, row.device, "lamda"); });
    }
    for (const PurchasePrice& row : rows.purchase) find_purchase(rows.purchase, row.device);
    for (const ApiPrice& row : rows.api) {
        find_api_price(rows.api, row.provider + "/" + row.model);
        asked([&] { find_api_price(rows.api, row.model); });
    }
    hold_report(price_report(rows, ""), 80);
}

constexpr std::array targets{Target{"catalog", checked}, Target{"device", device},
                             Target{"model", model}, Target{"prices", prices}};

}  // namespace

std::span<const Target> catalog_targets() { return targets; }

}  // namespace fuzz
