#include "money_report.hpp"

#include "error/dialect.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline {
namespace {

Value text_or_null(const std::string& text) { return text.empty() ? Value() : Value(text); }

Value share_value(const std::optional<BillShare>& share, Currency currency) {
    if (!share) return {};
    return Record()
        .add("share", share->share)
        .add("", Measure(share->rate, currency))
        .add("", Measure(share->per_token, currency));
}

Record parts_record(const Bill& bill) {
    Record record;
    const auto add = [&](std::string_view name, const std::optional<MoneyPerSecond>& part) {
        const std::string key = formatted("{}_{}_per_hour", name, row_of(bill.currency).key);
        record.add(key, part ? Value(part->in(dollar / hour)) : Value());
    };
    add("rent", bill.tariff.rent);
    add("purchase", bill.tariff.purchase);
    add("energy", bill.tariff.energy);
    return record;
}

Value rental_value(const Deployment& d) {
    if (!d.rental) return {};
    const RentalPrice& price = *d.rental;
    return Record()
        .add("provider", price.provider)
        .add("mode", text_or_null(price.mode))
        .add("date", text_or_null(price.date))
        .add("sku", text_or_null(price.sku))
        .add("region", text_or_null(price.region))
        .add("source", price_source(d))
        .add("per_device", Measure(price.rate, price.currency));
}

Value owned_value(const Deployment& d) {
    if (!d.bought) return {};
    const PurchasePrice& bought = *d.bought;
    const std::string_view money = row_of(bought.currency).key;
    return Record()
        .add("item", text_or_null(bought.item))
        .add("date", text_or_null(bought.date))
        .add("source", price_source(d))
        .add(formatted("per_device_{}", money), bought.amount.in(dollar))
        .add("life_years", *d.life)
        .add("power", *d.power)
        .add("pue", *d.pue)
        .add(formatted("{}_per_kwh", money), d.power_price->rate.in(dollar / kilowatt_hour));
}

}  // namespace

Record cost_record(const Bill& bill, std::string_view basis, const Deployment& deployment) {
    const std::string_view money = row_of(bill.currency).key;
    Record record;
    record.add("basis", basis)
        .add("tokens_per_s", bill.output.in(token / second))
        .add("utilization", bill.utilization)
        .add("delivered_tokens_per_s", bill.delivered.in(token / second))
        .add("", Measure(bill.rate, bill.currency))
        .add("parts", parts_record(bill))
        .add(formatted("{}_per_1k_output_tokens", money), bill.per_1k_output().in(dollar))
        .add(formatted("{}_per_1m_output_tokens", money), bill.per_1m_output().in(dollar))
        .add(formatted("{}_per_request", money),
             bill.per_request ? Value(bill.per_request->in(dollar)) : Value())
        .add(formatted("{}_per_month", money), bill.per_month().in(dollar))
        .add("joules_per_output_token", Value(bill.joules_per_output_token()))
        .add("split", Record()
                          .add("input", share_value(bill.input_side, bill.currency))
                          .add("cached_input", share_value(bill.cached_side, bill.currency))
                          .add("output", share_value(bill.output_side, bill.currency)));
    return record.add("price", rental_value(deployment)).add("owned", owned_value(deployment));
}

std::string price_words(const Deployment& d) {
    if (d.bought)
        return formatted(
            "owned: {}{} per device over {} years, {} x PUE {} at {}{}/kWh",
            humanize(Measure(d.bought->amount, d.bought->currency)),
            d.bought->item.empty() ? "" : formatted(" ({} of {})", d.bought->item, d.bought->date),
            humanize_number(*d.life), humanize(*d.power), humanize_number(*d.pue),
            row_of(d.power_price->currency).symbol,
            humanize_number(d.power_price->rate.in(dollar / kilowatt_hour)));
    const RentalPrice& price = *d.rental;
    const std::string amount = humanize(Measure(price.rate, price.currency));
    if (price.date.empty()) return amount + " per device, as given";
    return formatted("{} per device, {} {} of {}{}", amount, price.provider, price.mode, price.date,
                     price.sku.empty() ? "" : " (" + price.sku + ")");
}

std::string bill_words(const Bill& bill, const Deployment& deployment) {
    return formatted("{} per 1K output tokens, {} per 1M, prompts included; {}",
                     humanize(Measure(bill.per_1k_output(), bill.currency)),
                     humanize(Measure(bill.per_1m_output(), bill.currency)),
                     price_words(deployment));
}

std::string price_brief(const Deployment& d) {
    if (!d.rental || d.rental->date.empty()) return {};
    return formatted("price {} {}", d.rental->provider, d.rental->date);
}

std::string price_source(const Deployment& d) {
    return in_dialect(d.bought ? d.bought->from.source : d.rental->from.source, Dialect::flags);
}

}  // namespace roofline
