#include "sweep_report.hpp"

#include "answer/deployment/deployment_inputs.hpp"
#include "answer/expectation.hpp"
#include "answer/memory/memory_assumptions.hpp"
#include "error/dialect.hpp"
#include "report/humanize.hpp"
#include "sweep_rows.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <memory>

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
    for (const Metric* metric : choice.pareto) front.emplace_back(metric->noun);
    const std::string what =
        front.empty() ? formatted("the best {} by {}", *chosen, choice.sort->noun)
                      : formatted("{} that nothing beats in {}", *chosen, joined(front, " and "));
    return formatted("{} of {}{}", what, all, basis);
}

// Figures that a flag named.
std::vector<const Metric*> asked_figures(const AskedSweep& asked) {
    std::vector<const Metric*> figures = asked.choice.pareto;
    for (const Condition& condition : asked.choice.where) figures.push_back(condition.metric);
    if (asked.choice.sort != nullptr) figures.push_back(asked.choice.sort);
    if (is_priced(asked.sweep->space)) figures.push_back(&the_metric("usd_per_1m_output"));
    return figures;
}

// Why points have no figures, or no money: each reason once, with how many points it is of.
class Reasons {
  public:
    void add(const PointAnswer& answer) {
        ++rows_;
        const std::string& reason = answer.reason.empty() ? answer.unpriced : answer.reason;
        if (reason.empty()) return;
        const auto known = std::ranges::find(counts_, reason, &Count::reason);
        if (known != counts_.end())
            ++known->points;
        else if (counts_.size() < most)
            counts_.push_back({reason, 1});
        else
            ++others_;
    }
    void none_kept(std::string words) { none_kept_ = std::move(words); }
    std::vector<std::string> lines() const {
        std::vector<std::string> lines;
        if (rows_ == 0 && !none_kept_.empty()) lines.push_back(none_kept_);
        for (const Count& one : counts_)
            lines.push_back(formatted("{}: {}", counted_words(one.points, "point"),
                                      in_dialect(one.reason, Dialect::flags)));
        if (others_ > 0)
            lines.push_back(formatted("{} with other reasons", counted_words(others_, "point")));
        return lines;
    }

  private:
    struct Count {
        std::string reason;
        double points = 0;
    };
    static constexpr std::size_t most = 6;
    std::vector<Count> counts_;
    double others_ = 0;
    double rows_ = 0;
    std::string none_kept_;  ///< said where there is no row
};

std::string none_kept_words(const AskedSweep& asked) {
    const std::string conditions = asked.said_of("where");
    if (conditions.empty()) return {};
    return formatted("none of {} keeps {}",
                     counted_words(static_cast<double>(asked.points), "point"), conditions);
}

// Rows of points, each answer told to `reasons`.
void fill(const AskedSweep& asked, const KeptPoint& kept, Reasons& reasons, Row& row) {
    fill_row(asked.sweep->space, kept.point, kept.answer, row);
    reasons.add(kept.answer);
}

Report report_of(const AskedSweep& asked, std::optional<std::size_t> chosen, NextRow next,
                 std::shared_ptr<Reasons> reasons) {
    Report report{.command = "sweep", .verdict = verdict_of(asked, chosen)};
    report.inputs = inputs_of(asked);
    report.assumptions.push_back(memory_note());
    if (asked.sweep->basis != Basis::bound) report.assumptions.push_back(measured_note());
    Table table{.title = "",
                .columns = columns_of(asked.sweep->space, asked_figures(asked)),
                .next = std::move(next),
                .list = "points"};
    table.closing = [reasons = std::move(reasons)] { return reasons->lines(); };
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
    auto reasons = std::make_shared<Reasons>();
    reasons->none_kept(none_kept_words(asked));
    NextRow next = [asked, reasons, points = std::move(points),
                    watch = std::move(watch)](Row& row) {
        KeptPoint kept;
        while (watch.go_on() && points->next(kept.point, kept.answer)) {
            watch.at(kept.point);
            if (!asked.choice.keeps(kept.answer)) continue;
            fill(asked, kept, *reasons, row);
            return true;
        }
        watch.done();
        return false;
    };
    return report_of(asked, std::nullopt, std::move(next), std::move(reasons));
}

Report sweep_report(const AskedSweep& asked, std::vector<KeptPoint> chosen) {
    const std::size_t count = chosen.size();
    auto reasons = std::make_shared<Reasons>();
    // Counts begin anew for whoever reads the rows again.
    NextRow next = [asked, reasons, chosen = std::move(chosen),
                    at = std::size_t{0}](Row& row) mutable {
        if (at == 0) {
            *reasons = {};
            reasons->none_kept(none_kept_words(asked));
        }
        if (at == chosen.size()) return false;
        fill(asked, chosen[at++], *reasons, row);
        return true;
    };
    return report_of(asked, count, std::move(next), std::move(reasons));
}

}  // namespace roofline
