#include "cost_of_rate.hpp"

#include "answer/deployment/deployment_inputs.hpp"
#include "answer/deployment/money_report.hpp"
#include "cost_blocks.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline {
namespace {

Derivation rate_derivation(const Bill& bill, const Deployment& d) {
    const auto money = [&](auto amount) { return humanize(Measure(amount, bill.currency), 4); };
    return {.path = formatted("result.cost.{}_per_1k_output_tokens", row_of(bill.currency).key),
            .formula = "bill per hour / (utilization x output tokens per second)",
            .numbers = formatted("{} / ({} x {}) = {}", money(bill.rate), bill.utilization,
                                 humanize(bill.output, 4), money(bill.per_1k_output())),
            .source = price_source(d)};
}

}  // namespace

Report cost_of_rate(const Deployment& hardware, const Bill& bill, const BreakEvens& evens,
                    Day today) {
    Report report{.command = "cost"};
    report.verdict = verdict_of(bill, formatted(" at {} and {}", humanize(bill.output),
                                                humanize(Measure(bill.rate, bill.currency))));
    report.inputs = inputs_of(hardware);
    report.inputs.add("tokens_per_s", bill.output.in(token / second));
    report.result.add("cost", cost_record(bill, "given", hardware));
    report.blocks.emplace_back(bill_table(bill, hardware, Audience::everyone));
    if (auto lines = bill_lines(bill); !lines.empty())
        report.blocks.emplace_back(Text{std::move(lines)});
    if (!evens.empty()) {
        report.result.add("break_even", break_even_record(evens, bill));
        report.blocks.emplace_back(break_even_text(evens, bill, today));
    }
    report.derivations.push_back(rate_derivation(bill, hardware));
    report.assumptions.push_back(utilization_note(bill, hardware, "delivers this rate"));
    return report;
}

}  // namespace roofline
