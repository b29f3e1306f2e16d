#include "price_report.hpp"

#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <algorithm>

namespace roofline {
namespace {

std::string where_from(const Provenance& from, const std::string& file) {
    const std::string place = file.empty() ? from.source : formatted("{} ({})", from.source, file);
    return from.confidence == Confidence::memory ? place + ", not re-checked" : place;
}

template <typename Row>
std::vector<Row> rows_for(const std::vector<Row>& rows, const std::string& device) {
    std::vector<Row> found;
    for (const Row& row : rows)
        if (device.empty() || row.device == device) found.push_back(row);
    std::ranges::stable_sort(found, {}, &Row::device);
    return found;
}

Table rental_table(const std::vector<RentalPrice>& prices) {
    std::vector<Row> rows;
    for (const RentalPrice& price : prices)
        rows.push_back({price.device, price_name(price), Measure(price.rate, price.currency),
                        std::string(row_of(price.currency).code), price.date,
                        where_from(price.from, price.file)});
    return {.title = "Renting, per device and hour",
            .columns = {{"DEVICE", "device"},
                        {"--PRICE", "price"},
                        {"PER HOUR", "per_device_hour"},
                        {"CURRENCY", "currency", 3, Need::if_room},
                        {"DATE", "date"},
                        {"SOURCE", "source", 3, Need::if_room}},
            .next = rows_of(std::move(rows)),
            .notes = {"sources are long: --format csv, md and json have them"}};
}

Table purchase_table(const std::vector<PurchasePrice>& prices) {
    std::vector<Row> rows;
    for (const PurchasePrice& price : prices)
        rows.push_back({price.device, price.item, Measure(price.amount, price.currency), price.date,
                        where_from(price.from, price.file)});
    return {.title = "Buying, per device: --purchase catalog",
            .columns = {{"DEVICE", "device"},
                        {"ITEM", "item"},
                        {"PRICE", "per_device"},
                        {"DATE", "date"},
                        {"SOURCE", "source", 3, Need::if_room}},
            .next = rows_of(std::move(rows))};
}

Cell rate_cell(const std::optional<MoneyPerToken>& rate, Currency currency) {
    return rate ? Cell(Measure(*rate * (1e6 * token), currency)) : Cell();
}

Table api_table(const std::vector<ApiPrice>& prices) {
    std::vector<Row> rows;
    for (const ApiPrice& price : prices)
        rows.push_back({formatted("{}/{}", price.provider, price.model),
                        rate_cell(price.input, price.currency),
                        rate_cell(price.cached_input, price.currency),
                        rate_cell(price.output, price.currency), price.date,
                        where_from(price.from, price.file)});
    return {.title = "APIs, per million tokens",
            .columns = {{"--COMPARE-API", "api"},
                        {"INPUT", "per_1m_input"},
                        {"CACHED", "per_1m_cached_input"},
                        {"OUTPUT", "per_1m_output"},
                        {"DATE", "date"},
                        {"SOURCE", "source", 3, Need::if_room}},
            .next = rows_of(std::move(rows))};
}

Record provenance(Record record, const std::string& date, const Provenance& from,
                  const std::string& file) {
    return record.add("date", date)
        .add("source", from.source)
        .add("confidence", name_of(from.confidence))
        .add("note", from.note.empty() ? Value() : Value(from.note))
        .add("file", file.empty() ? Value() : Value(file));
}

List rental_list(const std::vector<RentalPrice>& prices) {
    List list;
    for (const RentalPrice& price : prices)
        list.emplace_back(provenance(Record()
                                         .add("provider", price.provider)
                                         .add("device", price.device)
                                         .add("mode", price.mode)
                                         .add("price", price_name(price))
                                         .add("per_device", Measure(price.rate, price.currency)),
                                     price.date, price.from, price.file));
    return list;
}

List purchase_list(const std::vector<PurchasePrice>& prices) {
    List list;
    for (const PurchasePrice& price : prices)
        list.emplace_back(provenance(Record()
                                         .add("device", price.device)
                                         .add("item", price.item)
                                         .add("per_device", Measure(price.amount, price.currency)),
                                     price.date, price.from, price.file));
    return list;
}

List api_list(const std::vector<ApiPrice>& prices) {
    List list;
    for (const ApiPrice& price : prices) {
        Record record;
        record.add("provider", price.provider).add("model", price.model);
        const auto add = [&](std::string_view side, const std::optional<MoneyPerToken>& rate) {
            record.add(formatted("{}_per_1m_{}_tokens", row_of(price.currency).key, side),
                       rate ? Value(rate->in(1e-6 * dollar / token)) : Value());
        };
        add("input", price.input);
        add("cached_input", price.cached_input);
        add("output", price.output);
        list.emplace_back(provenance(std::move(record), price.date, price.from, price.file));
    }
    return list;
}

}  // namespace

Report price_report(const PriceRows& all, const std::string& device) {
    const auto rental = rows_for(all.rental, device);
    const auto purchase = rows_for(all.purchase, device);
    const std::vector<ApiPrice> api = device.empty() ? all.api : std::vector<ApiPrice>();
    Report report{.command = "prices list"};
    report.verdict = formatted("{} prices for renting, {} for buying, {} of APIs", rental.size(),
                               purchase.size(), api.size());
    if (!device.empty()) report.inputs.add("hw", device);
    report.result.add("rental", rental_list(rental))
        .add("purchase", purchase_list(purchase))
        .add("api", api_list(api));
    if (!rental.empty() || purchase.empty()) report.blocks.emplace_back(rental_table(rental));
    if (!purchase.empty()) report.blocks.emplace_back(purchase_table(purchase));
    if (!api.empty()) report.blocks.emplace_back(api_table(api));
    return report;
}

}  // namespace roofline
