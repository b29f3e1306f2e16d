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

std::vector<std::string> words_of_price(const RentalPrice& price) {
    return {price.device, price.provider, price.mode, price_name(price), price.sku, price.region};
}
std::vector<std::string> words_of_price(const PurchasePrice& price) {
    return {price.device, price.item};
}
std::vector<std::string> words_of_price(const ApiPrice& price) {
    return {price.provider, price.model, formatted("{}/{}", price.provider, price.model)};
}

template <typename Price>
std::vector<Price> about(const std::vector<Price>& prices, const std::string& word) {
    std::vector<Price> found;
    for (const Price& price : prices)
        if (word.empty() || is_about(word, words_of_price(price))) found.push_back(price);
    return found;
}

template <typename Row>
std::vector<Row> rows_for(const std::vector<Row>& rows, const std::string& device) {
    std::vector<Row> found;
    for (const Row& row : rows)
        if (device.empty() || row.device == device) found.push_back(row);
    std::ranges::stable_sort(found, {}, &Row::device);
    return found;
}

std::vector<Column> rental_columns() {
    return {{"device", "device"},     {"--PRICE", "price"}, {"per hour", "per_device_hour"},
            {"currency", "currency"}, {"date", "date"},     {"source", "source"},
            {"sku", "sku"},           {"region", "region"}};
}

// What tells a row from others of its device and name: it is sold as something else, or elsewhere.
std::string offer_of(const RentalPrice& price, const std::vector<RentalPrice>& prices) {
    bool other_sku = false;
    bool other_region = false;
    for (const RentalPrice& other : prices) {
        if (other.device != price.device || price_name(other) != price_name(price)) continue;
        other_sku |= other.sku != price.sku;
        other_region |= other.region != price.region;
    }
    return other_sku ? price.sku : other_region ? price.region : std::string();
}

std::vector<Listed> rental_rows(const std::vector<RentalPrice>& prices) {
    std::vector<Listed> list;
    for (const RentalPrice& price : prices) {
        const Cell rate = Measure(price.rate, price.currency);
        const std::string source = where_from(price.from, price.file);
        list.push_back({.group = price.device,
                        .shown = {price.device, price_name(price), rate, price.date,
                                  offer_of(price, prices), source},
                        .row = {price.device, price_name(price), rate,
                                std::string(row_of(price.currency).code), price.date, source,
                                price.sku, price.region},
                        .record = {}});
    }
    return list;
}

// The cheapest of each device first, and its name once.
void group_by_device(std::vector<Listed>& list) {
    std::ranges::stable_sort(list, [](const Listed& a, const Listed& b) {
        const auto key = [](const Listed& one) {
            return std::pair(one.group, std::get<Measure>(one.row[2]).value);
        };
        return key(a) < key(b);
    });
    for (std::size_t i = list.size(); i-- > 1;)
        if (list[i].group == list[i - 1].group) list[i].shown[0] = std::string();
    for (Listed& one : list) one.group.clear();
}

void add_rentals(Report& report, const std::vector<RentalPrice>& prices, const std::string& sort) {
    std::vector<Listed> list = rental_rows(prices);
    std::vector<Column> sorted_by = rental_columns();
    sorted_by[1].key = "provider";
    sorted_by[2].key = "price";
    if (!sort.empty()) sort_list(list, sorted_by, sort);
    report.blocks.emplace_back(Table{.title = "Renting, per device and hour",
                                     .columns = rental_columns(),
                                     .next = rows_of(machine_rows(list)),
                                     .audience = Audience::machines});
    if (sort.empty()) group_by_device(list);
    report.blocks.emplace_back(
        Table{.title = "Renting, per device and hour",
              .columns = {{"device", "device"},
                          {"--PRICE", "price"},
                          {"per hour", "per_device_hour"},
                          {"date", "date"},
                          {"offer", "offer", 3, Need::if_filled},
                          {"source", "source", 3, Need::if_room}},
              .next = rows_of(shown_rows(list, true)),
              .notes = {"sources are long: --format csv, md and json have them"}});
}

Table purchase_table(const std::vector<PurchasePrice>& prices) {
    std::vector<Row> rows;
    for (const PurchasePrice& price : prices)
        rows.push_back({price.device, price.item, Measure(price.amount, price.currency), price.date,
                        where_from(price.from, price.file)});
    return {.title = "Buying, per device: --purchase catalog",
            .columns = {{"device", "device"},
                        {"item", "item"},
                        {"price", "per_device"},
                        {"date", "date"},
                        {"source", "source", 3, Need::if_room}},
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
                        {"input", "per_1m_input"},
                        {"cached", "per_1m_cached_input"},
                        {"output", "per_1m_output"},
                        {"date", "date"},
                        {"source", "source", 3, Need::if_room}},
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

Report price_report(const PriceRows& all, const std::string& device, const ListQuestion& question) {
    const auto rental = about(rows_for(all.rental, device), question.about);
    const auto purchase = about(rows_for(all.purchase, device), question.about);
    const auto api = device.empty() ? about(all.api, question.about) : std::vector<ApiPrice>();
    Report report{.command = "prices list"};
    report.verdict = formatted("{} prices for renting, {} for buying, {} of APIs{}", rental.size(),
                               purchase.size(), api.size(), about_words(question));
    if (!device.empty()) report.inputs.add("hw", device);
    if (!question.about.empty()) report.inputs.add("about", question.about);
    if (!question.sort.empty()) report.inputs.add("sort", question.sort);
    report.result.add("rental", rental_list(rental))
        .add("purchase", purchase_list(purchase))
        .add("api", api_list(api));
    const bool nothing = purchase.empty() && api.empty();
    if (!rental.empty() || nothing) add_rentals(report, rental, question.sort);
    if (!purchase.empty()) report.blocks.emplace_back(purchase_table(purchase));
    if (!api.empty()) report.blocks.emplace_back(api_table(api));
    return report;
}

}  // namespace roofline
