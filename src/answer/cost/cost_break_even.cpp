#include "cost_break_even.hpp"

#include "answer/deployment/price_note.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline {
namespace {

std::string per_million(MoneyPerToken rate, Currency currency) {
    return humanize(Measure(rate * (1e6 * token), currency));
}

std::string api_words(const ApiPrice& api, Day today) {
    if (api.date.empty()) return "the API";
    return formatted("{}/{} of {}{}", api.provider, api.model, api.date,
                     age_words(api.date, today));
}

std::string api_line(const ApiComparison& compared, const Bill& bill, Day today) {
    const auto& [api, even] = compared;
    const std::string both = formatted(
        "{} asks {} per 1M output tokens with their prompts, this takes {}:", api_words(api, today),
        per_million(even.api, api.currency), per_million(even.ours, bill.currency));
    if (even.utilization > 1)
        return both + " it does not break even, however much of the time it is used";
    return formatted("{} break-even at {} use, {}", both, humanize_percent(even.utilization),
                     humanize(even.output));
}

Record api_record(const ApiComparison& compared) {
    const auto& [api, even] = compared;
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

Record hardware_record(const OtherDevices& other, Currency currency) {
    return Record()
        .add("hw", other.evaluation.deployment.device->id)
        .add("gpus", other.gpus)
        .add("delivered_tokens_per_s", other.bill->delivered.in(token / second))
        .add("per_device", Measure(other.price, currency));
}

std::string hardware_line(const OtherDevices& other, Currency currency) {
    return formatted("{} would deliver {}: break-even at {} per device",
                     counted(other.gpus, other.evaluation.deployment.device->id),
                     humanize(other.bill->delivered), humanize(Measure(other.price, currency)));
}

}  // namespace

Record break_even_record(const BreakEvens& evens, const Bill& bill) {
    Record record;
    if (evens.api) record.add("api", api_record(*evens.api));
    if (evens.hardware) record.add("hw", hardware_record(*evens.hardware, bill.currency));
    return record;
}

Text break_even_text(const BreakEvens& evens, const Bill& bill, Day today) {
    Text text;
    if (evens.api) text.lines.push_back(api_line(*evens.api, bill, today));
    if (evens.hardware) text.lines.push_back(hardware_line(*evens.hardware, bill.currency));
    return text;
}

}  // namespace roofline
