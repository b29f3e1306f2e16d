#include "cost_break_even.hpp"

#include "roofline/cost/break_even.hpp"

#include "answer/deployment/price_note.hpp"
#include "cli/line/deployment_flags.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <cctype>

namespace roofline::cli {
namespace {

std::string per_million(MoneyPerToken rate, Currency currency) {
    return humanize(Measure(rate * (1e6 * token), currency));
}

ApiPrice api_price_from(const std::string& text, Session& session) {
    const bool a_name = !text.empty() && std::isalpha(static_cast<unsigned char>(text[0])) != 0;
    return a_name ? session.catalog.api_price(text) : parse_api_price(text, "--compare-api");
}

std::string api_words(const ApiPrice& api) {
    if (api.date.empty()) return "the API";
    return formatted("{}/{} of {}{}", api.provider, api.model, api.date, age_words(api.date));
}

std::string api_line(const ApiBreakEven& even, const ApiPrice& api, const Bill& bill) {
    const std::string both = formatted(
        "{} asks {} per 1M output tokens with their prompts, this takes {}:", api_words(api),
        per_million(even.api, api.currency), per_million(even.ours, bill.currency));
    if (even.utilization > 1)
        return both + " it does not break even, however much of the time it is used";
    return formatted("{} break-even at {} use, {}", both, humanize_percent(even.utilization),
                     humanize(even.output));
}

Value api_value(const ApiBreakEven& even, const ApiPrice& api) {
    const std::string_view money = row_of(api.currency).key;
    const auto per_1m = [](const std::optional<MoneyPerToken>& rate) {
        return rate ? Value(rate->in(1e-6 * dollar / token)) : Value();
    };
    const bool reached = even.utilization <= 1;
    return Record()
        .add("provider", api.provider)
        .add("model", api.model.empty() ? Value() : Value(api.model))
        .add("date", api.date.empty() ? Value() : Value(api.date))
        .add("source", api.from.source)
        .add(formatted("{}_per_1m_input_tokens", money), per_1m(api.input))
        .add(formatted("{}_per_1m_cached_input_tokens", money), per_1m(api.cached_input))
        .add(formatted("{}_per_1m_output_tokens", money), per_1m(api.output))
        .add(formatted("api_{}_per_1m_output_tokens_with_prompts", money), per_1m(even.api))
        .add("utilization", reached ? Value(even.utilization) : Value())
        .add("delivered_tokens_per_s", reached ? Value(even.output.in(token / second)) : Value());
}

struct OtherDevices {
    Deployment deployment;  ///< as asked, on the other devices, at a price of no matter
    Bill bill;
    double gpus = 1;
};

bool is_about_layout(ErrorCode code) {
    return code == ErrorCode::does_not_divide || code == ErrorCode::does_not_multiply_out ||
           code == ErrorCode::beyond_switch_domain;
}

// With the layout that was asked for, or where that does not suit these devices, with the one that
// follows from their count.
Bill bill_with_some_layout(Deployment& d, const BillOf& bill_of) {
    try {
        return bill_of(d);
    } catch (const UserError& error) {
        if (!is_about_layout(error.fault().code)) throw;
    }
    d.tensor_parallel.reset();
    d.pipeline_parallel.reset();
    d.data_parallel.reset();
    d.expert_parallel.reset();
    d.replicas.reset();
    return bill_of(d);
}

OtherDevices on_other_devices(const std::string& hw, const Bill& bill, Deployment d,
                              const BillOf& bill_of, Session& session) {
    d.gpus.reset();
    set_field(d, "hw", hw, session);
    d.purchase.reset();
    d.bought.reset();
    d.life.reset();
    d.power_price.reset();
    d.power.reset();
    d.pue.reset();
    d.price = PriceRequest{.provider = {}, .amount = 1 * dollar / hour, .currency = bill.currency};
    resolve_price(d, session.catalog);
    Bill other = bill_with_some_layout(d, bill_of);
    const double gpus = *other.tariff.rent / d.rental->rate;
    return {.deployment = std::move(d), .bill = std::move(other), .gpus = gpus};
}

}  // namespace

void add_break_even(const Arguments& arguments, const Bill& bill, const Deployment& asked,
                    const BillOf& bill_of, Session& session, Report& report) {
    Record record;
    Text text;
    if (const auto given = arguments.text("compare-api")) {
        const ApiPrice api = api_price_from(*given, session);
        if (!bill.input_side && api.input)
            fail(ErrorCode::conflicting_arguments,
                 "--compare-api has a price of prompts, and --tokens-per-s says nothing of them",
                 "give the price of output alone, '$0.60/M out', or MODEL instead of a rate");
        const ApiBreakEven even = break_even(bill, api);
        record.add("api", api_value(even, api));
        text.lines.push_back(api_line(even, api, bill));
    }
    if (const auto hw = arguments.text("compare-hw")) {
        if (!bill_of)
            fail(ErrorCode::conflicting_arguments,
                 "--compare-hw needs MODEL: how fast are those devices?",
                 "leave out --tokens-per-s and name the model");
        const OtherDevices other = on_other_devices(*hw, bill, asked, bill_of, session);
        const MoneyPerSecond price = break_even_price(bill, other.bill.delivered(), other.gpus);
        record.add("hw",
                   Record()
                       .add("hw", other.deployment.device->id)
                       .add("gpus", other.gpus)
                       .add("delivered_tokens_per_s", other.bill.delivered().in(token / second))
                       .add("per_device", Measure(price, bill.currency)));
        text.lines.push_back(formatted("{} x {} would deliver {}: break-even at {} per device",
                                       humanize_number(other.gpus), other.deployment.device->id,
                                       humanize(other.bill.delivered()),
                                       humanize(Measure(price, bill.currency))));
    }
    if (text.lines.empty()) return;
    report.result.add("break_even", std::move(record));
    report.blocks.emplace_back(std::move(text));
}

}  // namespace roofline::cli
