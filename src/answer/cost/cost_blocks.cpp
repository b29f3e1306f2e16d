#include "cost_blocks.hpp"

#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline {
namespace {

void add_side(std::vector<Row>& rows, std::string name, const std::optional<BillShare>& side,
              Currency currency) {
    if (!side) return;
    rows.push_back({std::move(name), side->tokens, Measure(side->rate, currency),
                    Measure(side->per_token, currency), Share{side->share}});
}

std::vector<Column> bill_columns(Currency currency) {
    const std::string money(row_of(currency).key);
    return {{"model", "model", 3, Need::if_room},
            {"hw", "hw", 3, Need::if_room},
            {"devices", "gpus"},
            {"tokens/s", "tokens_per_s"},
            {"bill", money + "_per_hour"},
            {"per 1K output", money + "_per_1k_output_tokens"},
            {"per 1M output", money + "_per_1m_output_tokens"},
            {"per month", money + "_per_month"}};
}

}  // namespace

std::string verdict_of(const Bill& bill, std::string_view more) {
    const Measure per_1k(bill.per_1k_output(), bill.currency);
    const Measure per_1m(bill.per_1m_output(), bill.currency);
    return formatted("{} per 1K output tokens, {} per 1M{}", humanize(per_1k), humanize(per_1m),
                     more);
}

Table bill_table(const Bill& bill, const Deployment& d, Audience audience) {
    const auto money = [&](Money amount) { return Measure(amount, bill.currency); };
    return {
        .title = "",
        .columns = bill_columns(bill.currency),
        .next = rows_of(
            {{d.model ? Cell(d.model->id) : Cell(), d.device ? Cell(d.device->id) : Cell(), *d.gpus,
              bill.output.in(token / second), Measure(bill.rate, bill.currency),
              money(bill.per_1k_output()), money(bill.per_1m_output()), money(bill.per_month())}}),
        .audience = audience};
}

Table split_table(const Bill& bill) {
    std::vector<Row> rows;
    add_side(rows, "input", bill.input_side, bill.currency);
    add_side(rows, "cached input", bill.cached_side, bill.currency);
    add_side(rows, "output", bill.output_side, bill.currency);
    const std::string money(row_of(bill.currency).key);
    return {.title = "Where the money goes, by device time",
            .columns = {{"tokens", "kind"},
                        {"per request", "tokens_per_request"},
                        {"of the bill", money + "_per_hour"},
                        {"1M of its own", money + "_per_1m_tokens"},
                        {"share", "share"}},
            .next = rows_of(std::move(rows))};
}

std::vector<std::string> bill_lines(const Bill& bill) {
    const auto hourly = [&](MoneyPerSecond rate) { return humanize(Measure(rate, bill.currency)); };
    const auto money = [&](Money amount) { return humanize(Measure(amount, bill.currency)); };
    std::vector<std::string> lines;
    if (bill.per_request)
        lines.push_back(formatted("{} for all devices, {} a month of 730 h, {} a request",
                                  hourly(bill.rate), money(bill.per_month()),
                                  money(*bill.per_request)));
    if (bill.tariff.purchase)
        lines.push_back(formatted("owned: {} for the devices over their life, {} for energy",
                                  hourly(*bill.tariff.purchase), hourly(*bill.tariff.energy)));
    if (bill.utilization < 1)
        lines.push_back(formatted("used {} of the time: {} of {}; idle time takes {} of the bill",
                                  humanize_percent(bill.utilization), humanize(bill.delivered),
                                  humanize(bill.output),
                                  hourly((1 - bill.utilization) * bill.rate)));
    if (const auto joules = bill.joules_per_output_token())
        lines.push_back(formatted("{} J per output token: {} with what cools them",
                                  humanize_number(*joules), humanize(*bill.tariff.power)));
    return lines;
}

AssumptionNote utilization_note(const Bill& bill, const Deployment& d, std::string_view of_what) {
    return {.id = "utilization",
            .text = formatted("share of every paid hour that {}", of_what),
            .value = bill.utilization,
            .source = d.rate          ? "what arrives, of what it could keep up with"
                      : d.utilization ? "--utilization"
                                      : "no idle time"};
}

}  // namespace roofline
