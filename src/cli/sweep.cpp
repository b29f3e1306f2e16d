#include "roofline/report/humanize.hpp"
#include "roofline/search/point_stream.hpp"
#include "roofline/units/parse.hpp"

#include "basis_flag.hpp"
#include "calibration_flag.hpp"
#include "deployment_flags.hpp"
#include "interrupt.hpp"
#include "progress.hpp"
#include "sweep_lines.hpp"
#include "sweep_rows.hpp"
#include "sweep_space.hpp"
#include "text/formatted.hpp"
#include "threads_flag.hpp"

#include <algorithm>
#include <memory>
#include <unistd.h>

namespace roofline::cli {
namespace {

struct Choice {
    std::vector<Condition> where;
    std::vector<const Metric*> pareto;
    const Metric* sort = nullptr;
    std::optional<double> top;

    bool needs_all() const { return !pareto.empty() || sort != nullptr; }
    bool keeps(const PointAnswer& answer) const {
        return std::ranges::all_of(where, [&](const Condition& one) { return one.holds(answer); });
    }
};

Choice choice_from(const Arguments& arguments) {
    Choice choice;
    if (const auto text = arguments.text("where"))
        choice.where = parse_conditions(*text, "--where");
    if (const auto text = arguments.text("pareto"))
        choice.pareto = parse_metrics(*text, "--pareto");
    if (const auto text = arguments.text("sort")) choice.sort = &metric_named(*text, "--sort");
    if (const auto text = arguments.text("top")) choice.top = parse_count(*text, "--top");
    if (choice.top && choice.sort == nullptr)
        fail(ErrorCode::missing_argument, "--top: the best by what?",
             "name it with --sort, for example --sort tpot");
    return choice;
}

struct Part {
    PointRange range;
    bool first = true;
};

// "2/3": the second of three contiguous parts.
Part part_from(const Arguments& arguments, std::uint64_t points, const Choice& choice) {
    const auto text = arguments.text("shard");
    if (!text) return {.range = {.first = 0, .last = points}};
    if (choice.needs_all())
        fail(ErrorCode::conflicting_arguments,
             "--shard answers a part, and --sort, --top and --pareto choose among all points",
             "join the parts first, and choose then");
    const std::size_t slash = text->find('/');
    if (slash == std::string::npos)
        fail(ErrorCode::bad_count, formatted("--shard: '{}' is no part", *text),
             "write --shard 1/3 for the first of three");
    const double part = parse_count(text->substr(0, slash), "--shard");
    const double parts = parse_count(text->substr(slash + 1), "--shard");
    constexpr double most = 1e6;
    if (part > parts || parts > most)
        fail(ErrorCode::bad_count, formatted("--shard: there is no part {} of {}", part, parts),
             formatted("parts are 1 to {}", std::min(parts, most)));
    return {
        .range = shard(points, static_cast<std::uint64_t>(part), static_cast<std::uint64_t>(parts)),
        .first = part == 1};
}

void refuse_above_limit(const Arguments& arguments, std::uint64_t points) {
    const auto text = arguments.text("limit");
    if (!text) return;
    const double limit = parse_count(*text, "--limit");
    if (static_cast<double>(points) > limit)
        fail(
            ErrorCode::bad_count,
            formatted("{} points are more than --limit {}",
                      humanize_number(static_cast<double>(points), 19), humanize_number(limit, 19)),
            "leave out a range, or give it a larger step");
}

// Rows are made while they are written.
struct Stream {
    std::unique_ptr<Sweep> sweep;
    Choice choice;
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
    return inputs.add("ranges", std::move(ranges))
        .add("points", static_cast<double>(points))
        .add("basis", name_of(sweep.basis));
}

std::string verdict_of(const Sweep& sweep, std::uint64_t points, std::optional<std::size_t> chosen,
                       const Choice& choice) {
    const std::string axes = axes_words(sweep.space);
    const std::string all =
        formatted("{} point{}{}", humanize_number(static_cast<double>(points), 19),
                  points == 1 ? "" : "s", axes.empty() ? "" : ": " + axes);
    const std::string basis = formatted(" ({} figures)", name_of(sweep.basis));
    if (!chosen) return all + basis;
    std::vector<std::string> front;
    for (const Metric* metric : choice.pareto) front.emplace_back(metric->id);
    const std::string what =
        front.empty() ? formatted("the best {} by {}", *chosen, choice.sort->id)
                      : formatted("{} that nothing beats in {}", *chosen, joined(front, " and "));
    return formatted("{} of {}{}", what, all, basis);
}

}  // namespace

Answer run_sweep(const Arguments& arguments, Session& session) {
    const Basis basis = basis_from(arguments);
    const Calibration calibration = calibration_from(arguments);
    const Knowledge knowledge{.assumptions = session.assumptions, .scales = calibration.scales};
    remember_interrupts();
    if (names_scenarios(arguments.positionals()[0]))
        return sweep_lines(arguments, knowledge, basis, session);
    const auto stream = std::make_shared<Stream>();
    stream->choice = choice_from(arguments);
    stream->sweep = std::make_unique<Sweep>();
    Sweep& sweep = *stream->sweep;
    sweep.space = space_from(arguments, session);
    sweep.knowledge = knowledge;
    sweep.basis = basis;
    sweep.catalog = &session.catalog;
    const std::uint64_t points = sweep.space.size();
    refuse_above_limit(arguments, points);
    const Part part = part_from(arguments, points, stream->choice);
    stream->points = std::make_unique<PointStream>(sweep, part.range, threads_from(arguments));
    const bool rows_on_terminal =
        !stream->choice.needs_all() && !arguments.has("output") && isatty(STDOUT_FILENO) != 0;
    stream->progress = std::make_unique<Progress>(points, rows_on_terminal);

    Report report{.command = "sweep"};
    report.inputs = sweep_inputs(sweep, points, arguments);
    report.assumptions = memory_assumptions(session.assumptions);
    name_calibration(calibration, sweep.space.base, report);
    Table table{.title = "", .columns = columns_of(sweep.space), .next = {}, .list = "points"};
    table.header = part.first;
    std::optional<std::size_t> chosen;
    if (stream->choice.needs_all()) {
        std::vector<KeptPoint> kept = chosen_points(*stream);
        chosen = kept.size();
        table.next = [stream, kept = std::move(kept), at = std::size_t{0}](Row& row) mutable {
            if (at == kept.size()) return false;
            fill_row(stream->sweep->space, kept[at].point, kept[at].answer, row);
            ++at;
            return true;
        };
    } else {
        table.next = [stream](Row& row) { return stream->next(row); };
    }
    report.verdict = verdict_of(sweep, points, chosen, stream->choice);
    report.blocks.emplace_back(std::move(table));
    return {.report = std::move(report), .ending = [] { return Ending{.status = interrupted()}; }};
}

}  // namespace roofline::cli
