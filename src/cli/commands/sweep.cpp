#include "roofline/search/point_stream.hpp"

#include "answer/deployment/calibration_note.hpp"
#include "answer/sweep/sweep_lines.hpp"
#include "answer/sweep/sweep_rows.hpp"
#include "ask/asked_space.hpp"
#include "cli/line/basis_flag.hpp"
#include "cli/line/deployment_flags.hpp"
#include "cli/line/threads_flag.hpp"
#include "cli/run/interrupt.hpp"
#include "cli/run/progress.hpp"
#include "report/humanize.hpp"
#include "search/point_choice.hpp"
#include "text/formatted.hpp"
#include "units/parse.hpp"

#include <algorithm>
#include <memory>
#include <unistd.h>

namespace roofline::cli {
namespace {

// Rows are made while they are written.
struct Stream {
    std::unique_ptr<Sweep> sweep;
    Choice choice;
    std::uint64_t size = 0;  ///< points, of all parts
    Part part;
    std::unique_ptr<PointStream> points;
    std::unique_ptr<Progress> progress;

    bool next(Row& row) {
        std::uint64_t point = 0;
        PointAnswer answer;
        while (interrupted() == 0 && points->next(point, answer)) {
            progress->at(point);
            if (!choice.keeps(answer)) continue;
            fill_row(sweep->space, point, answer, row);
            return true;
        }
        progress.reset();
        return false;
    }
};

std::vector<KeptPoint> chosen_points(Stream& stream) {
    const Choice& choice = stream.choice;
    constexpr std::uint64_t all = ~std::uint64_t{0};
    ParetoFront front(choice.pareto);
    const Metric& order = choice.sort != nullptr ? *choice.sort : metrics()[0];
    Ranking ranking(order, choice.top ? static_cast<std::uint64_t>(*choice.top) : all);
    KeptPoint kept;
    while (stream.points->next(kept.point, kept.answer)) {
        if (interrupted() != 0) throw Interrupted();
        stream.progress->at(kept.point);
        if (!choice.keeps(kept.answer)) continue;
        if (choice.pareto.empty())
            ranking.add(kept);
        else
            front.add(kept);
    }
    stream.progress.reset();
    if (choice.pareto.empty()) return std::move(ranking).sorted();
    if (choice.sort == nullptr) return front.points();
    for (const KeptPoint& point : front.points()) ranking.add(point);
    return std::move(ranking).sorted();
}

std::string axes_words(const Space& space) {
    std::vector<std::string> names;
    for (const Axis& axis : space.axes)
        names.push_back(formatted("{} {}", axis.size(), axis.field().name));
    return joined(names, " x ");
}

Record sweep_inputs(const Sweep& sweep, std::uint64_t points, const Arguments& arguments) {
    Record inputs = inputs_of(sweep.space.base);
    Record ranges;
    for (const Axis& axis : sweep.space.axes) {
        const auto text = arguments.text(axis.field().name);
        ranges.add(key_of(axis.field().name), text ? *text : arguments.positionals()[0]);
    }
    inputs.add("ranges", std::move(ranges))
        .add("points", static_cast<double>(points))
        .add("basis", name_of(sweep.basis));
    for (const std::string_view flag : {"where", "pareto", "sort", "top", "shard"}) {
        const auto text = arguments.text(flag);
        inputs.add(flag, text ? Value(*text) : Value());
    }
    return inputs;
}

std::string verdict_of(const Sweep& sweep, std::uint64_t points, std::optional<std::size_t> chosen,
                       const Choice& choice, const std::string& conditions) {
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

std::shared_ptr<Stream> stream_from(const Arguments& arguments, const Knowledge& knowledge,
                                    Session& session) {
    const auto stream = std::make_shared<Stream>();
    stream->sweep = std::make_unique<Sweep>();
    Sweep& sweep = *stream->sweep;
    sweep.space = space_from(arguments, session);
    sweep.knowledge = knowledge;
    sweep.basis = basis_from(arguments);
    stream->choice = choice_from(arguments, sweep.space);
    stream->size = sweep.space.size();
    refuse_above_limit(arguments, stream->size);
    stream->part = part_from(arguments, stream->size, stream->choice);
    sweep.prices = PriceTable(sweep.space, session.catalog);
    stream->points =
        std::make_unique<PointStream>(sweep, stream->part.range, threads_from(arguments));
    const bool rows_on_terminal = !stream->choice.needs_all() &&
                                  arguments.text("output").value_or("-") == "-" &&
                                  isatty(STDOUT_FILENO) != 0;
    stream->progress = std::make_unique<Progress>(stream->part.range, rows_on_terminal);
    return stream;
}

NextRow rows_of_points(std::shared_ptr<Stream> stream, std::vector<KeptPoint> kept) {
    return [stream = std::move(stream), kept = std::move(kept),
            at = std::size_t{0}](Row& row) mutable {
        if (at == kept.size()) return false;
        fill_row(stream->sweep->space, kept[at].point, kept[at].answer, row);
        ++at;
        return true;
    };
}

}  // namespace

Answer run_sweep(const Arguments& arguments, Session& session) {
    const Calibration calibration = calibration_from(arguments);
    const Knowledge knowledge{.assumptions = session.assumptions, .scales = calibration.scales};
    remember_interrupts();
    if (names_scenarios(arguments.positionals()[0]))
        return sweep_lines(arguments, calibration, basis_from(arguments), session);
    const auto stream = stream_from(arguments, knowledge, session);
    const Sweep& sweep = *stream->sweep;
    Report report{.command = "sweep"};
    report.inputs = sweep_inputs(sweep, stream->size, arguments);
    report.assumptions = memory_assumptions(session.assumptions);
    name_calibration(calibration, sweep.space.base, report);
    Table table{.title = "", .columns = columns_of(sweep.space), .next = {}, .list = "points"};
    table.header = stream->part.first;
    std::optional<std::size_t> chosen;
    if (stream->choice.needs_all()) {
        std::vector<KeptPoint> kept = chosen_points(*stream);
        chosen = kept.size();
        table.next = rows_of_points(stream, std::move(kept));
    } else {
        table.next = [stream](Row& row) { return stream->next(row); };
    }
    report.verdict = verdict_of(sweep, stream->size, chosen, stream->choice,
                                arguments.text("where").value_or(""));
    report.blocks.emplace_back(std::move(table));
    return {.report = std::move(report), .ending = [] { return Ending{.status = interrupted()}; }};
}

}  // namespace roofline::cli
