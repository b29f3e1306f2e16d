#include "lever_table.hpp"

#include "figure_cells.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"
#include "words.hpp"

#include <algorithm>

namespace roofline {
namespace {

std::string takes_words(const HelpfulLever& lever, const Evaluation& now) {
    const double gpus = lever.figures.gpus;
    if (gpus > *now.deployment.gpus) return formatted("{} GPUs", humanize_number(gpus));
    return lever.narrower ? "quality not counted" : "";
}

}  // namespace

Table lever_table(const std::vector<HelpfulLever>& levers, const Evaluation& now) {
    const Metric& asked = figure_asked(now);
    constexpr const Metric& cost = the_metric("usd_per_1m_output");
    const bool priced = std::ranges::any_of(
        levers, [&](const HelpfulLever& one) { return cost.get(one.figures).has_value(); });
    std::vector<Column> columns{{"what would help", "change"},
                                {std::string(asked.name), std::string(asked.key)}};
    if (priced) columns.push_back({std::string(cost.name), std::string(cost.key)});
    columns.push_back({"takes", "takes", 3, Need::if_room});
    columns.push_back({"saves", "saves"});
    std::vector<Row> rows;
    for (const HelpfulLever& lever : levers) {
        Row row{lever_words(lever.lever), figure_cell(asked, asked.get(lever.figures))};
        if (priced) row.push_back(figure_cell(cost, cost.get(lever.figures)));
        row.emplace_back(takes_words(lever, now));
        row.emplace_back(Share{lever.saves, Role::good});
        rows.push_back(std::move(row));
    }
    return {.title = "", .columns = std::move(columns), .next = rows_of(std::move(rows))};
}

List lever_list(const std::vector<HelpfulLever>& levers, const Evaluation& now) {
    const Metric& asked = figure_asked(now);
    List list;
    for (const HelpfulLever& lever : levers) {
        Record record;
        record.add("change", lever_words(lever.lever)).add("gpus", lever.figures.gpus);
        if (!now.served() && !lever.lever.outcome.phases.empty()) {
            const Seconds bound = lever.lever.outcome.main().time.total();
            record.add("bound", bound)
                .add("relative_change", bound / now.step().main().time.total() - 1);
        }
        record.add("figure", asked.key)
            .add("value", Value(asked.get(lever.figures)))
            .add("saves", lever.saves);
        list.emplace_back(std::move(record));
    }
    return list;
}

}  // namespace roofline
