#include "sweep_report.hpp"

#include "answer/deployment/deployment_inputs.hpp"
#include "answer/expectation.hpp"
#include "answer/memory/memory_assumptions.hpp"
#include "report/humanize.hpp"
#include "sweep_rows.hpp"
#include "text/formatted.hpp"

#include <algorithm>

namespace roofline {
namespace {

std::string axes_words(const Space& space) {
    std::vector<std::string> names;
    for (const Axis& axis : space.axes)
        names.push_back(formatted("{} {}", axis.size(), axis.field().name));
    return joined(names, " x ");
}

Record inputs_of(const AskedSweep& asked) {
    Record inputs = inputs_of(asked.sweep->space.base);
    Record ranges;
    for (const Axis& axis : asked.sweep->space.axes) {
        const auto text = std::ranges::find(asked.fields, &axis.field(), &FieldText::field);
        ranges.add(key_of(axis.field().name), text->text);
    }
    inputs.add("ranges", std::move(ranges))
        .add("points", static_cast<double>(asked.points))
        .add("basis", name_of(asked.sweep->basis));
    for (const SaidChoice& said : asked.said)
        inputs.add(said.name, said.text ? Value(*said.text) : Value());
    return inputs;
}

std::string verdict_of(const AskedSweep& asked, std::optional<std::size_t> chosen) {
    const Sweep& sweep = *asked.sweep;
    const std::uint64_t points = asked.points;
    const PointChoice& choice = asked.choice;
    const std::string conditions = asked.said_of("where");
    const std::string axes = axes_words(sweep.space);
    const std::string all =
        formatted("{} point{}{}", humanize_number(static_cast<double>(points), 19),
                  points == 1 ? "" : "s", axes.empty() ? "" : ": " + axes);
    const std::string where = conditions.empty() ? "" : ", where " + conditions;
    const std::string basis = formatted("{} ({} figures)", where, name_of(sweep.basis));
    if (!chosen) return all + basis;
    std::vector<std::string> front;
    for (const Metric* metric : choice.pareto) front.emplace_back(metric->id);
    const std::string what =
        front.empty() ? formatted("the best {} by {}", *chosen, choice.sort->id)
                      : formatted("{} that nothing beats in {}", *chosen, joined(front, " and "));
    return formatted("{} of {}{}", what, all, basis);
}

Report report_of(const AskedSweep& asked, std::optional<std::size_t> chosen, NextRow next) {
    Report report{.command = "sweep", .verdict = verdict_of(asked, chosen)};
    report.inputs = inputs_of(asked);
    report.assumptions.push_back(memory_note());
    if (asked.sweep->basis != Basis::bound) report.assumptions.push_back(measured_note());
    Table table{.title = "",
                .columns = columns_of(asked.sweep->space),
                .next = std::move(next),
                .list = "points"};
    table.header = asked.part.first;
    report.blocks.emplace_back(std::move(table));
    return report;
}

}  // namespace

std::string AskedSweep::said_of(std::string_view name) const {
    const auto found = std::ranges::find(said, name, &SaidChoice::name);
    return found == said.end() ? std::string() : found->text.value_or("");
}

Report sweep_report(const AskedSweep& asked, std::shared_ptr<PointStream> points, Watch watch) {
    NextRow next = [sweep = asked.sweep, choice = asked.choice, points = std::move(points),
                    watch = std::move(watch)](Row& row) {
        std::uint64_t point = 0;
        PointAnswer answer;
        while (watch.go_on() && points->next(point, answer)) {
            watch.at(point);
            if (!choice.keeps(answer)) continue;
            fill_row(sweep->space, point, answer, row);
            return true;
        }
        watch.done();
        return false;
    };
    return report_of(asked, std::nullopt, std::move(next));
}

Report sweep_report(const AskedSweep& asked, std::vector<KeptPoint> chosen) {
    const std::size_t count = chosen.size();
    NextRow next = [sweep = asked.sweep, chosen = std::move(chosen),
                    at = std::size_t{0}](Row& row) mutable {
        if (at == chosen.size()) return false;
        fill_row(sweep->space, chosen[at].point, chosen[at].answer, row);
        ++at;
        return true;
    };
    return report_of(asked, count, std::move(next));
}

}  // namespace roofline
