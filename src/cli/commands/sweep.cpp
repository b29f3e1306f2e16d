// `sweep`: every combination of ranged inputs, a row each; or one scenario a line of a file.
#include "roofline/error/user_error.hpp"

#include "answer/deployment/calibration_note.hpp"
#include "answer/sweep/sweep_lines.hpp"
#include "answer/sweep/sweep_report.hpp"
#include "ask/asked_space.hpp"
#include "cli/line/command.hpp"
#include "cli/line/global_flags.hpp"
#include "cli/line/shared_flags.hpp"
#include "cli/run/answer.hpp"
#include "cli/run/interrupt.hpp"
#include "cli/run/progress.hpp"
#include "cli/run/session.hpp"
#include "cli/run/terminal.hpp"
#include "report/humanize.hpp"
#include "units/parse.hpp"

#include <unistd.h>

namespace roofline::cli {
namespace {

constexpr std::array models{Positional{
    "MODEL", "a model or several with commas; or scenarios: FILE.jsonl, FILE.csv, or -"}};
constexpr std::array<FieldWord, 5> fields{FieldPart::shape, FieldPart::server, FieldPart::load,
                                          FieldPart::habit, FieldPart::money};
constexpr Flag where{"where", "CONDITION,...",
                     "only such points: 'ttft<500ms,usd_per_1m_output<=0.5'"};
constexpr Flag pareto{"pareto", "ID,...",
                      "only points that no other beats in these figures: tpot,tokens_per_s"};
constexpr Flag sort{"sort", "ID", "the best by a figure first"};
constexpr Flag top{"top", "N", "with --sort: only so many"};
constexpr Flag limit_flag{"limit", "N", "refuse more points than this, with their count"};
constexpr Flag shard_flag{"shard", "I/N",
                          "part I of N contiguous ones; the header in the first alone"};
constexpr std::array flags{basis_flag, calibration_flag, where,      pareto,      sort,
                           top,        limit_flag,       shard_flag, threads_flag};

// In the order of the command line, the model first.
std::vector<FieldText> fields_from(const Arguments& arguments) {
    std::vector<FieldText> given{{&the_field("model"), arguments.positionals()[0]}};
    for (const Arguments::Given& one : arguments.flags())
        if (const Field* field = find_field(one.name)) given.push_back({field, one.value});
    return given;
}

PointChoice choice_from(const Arguments& arguments) {
    PointChoice choice;
    if (const auto text = arguments.text(where))
        choice.where = parse_conditions(*text, label_of(where));
    if (const auto text = arguments.text(pareto))
        choice.pareto = parse_metrics(*text, label_of(pareto));
    if (const auto text = arguments.text(sort)) choice.sort = &metric_named(*text, label_of(sort));
    if (const auto text = arguments.text(top)) choice.top = parse_count(*text, label_of(top));
    if (choice.top && choice.sort == nullptr)
        fail(ErrorCode::missing_argument, "--top: the best by what?",
             "name it with --sort, for example --sort tpot");
    return choice;
}

Part part_from(const Arguments& arguments, const PointChoice& choice, std::uint64_t points) {
    const auto text = arguments.text(shard_flag);
    if (!text) return {.range = {.first = 0, .last = points}};
    if (choice.needs_all())
        fail(ErrorCode::conflicting_arguments,
             "--shard answers a part, and --sort, --top and --pareto choose among all points",
             "join the parts first, and choose then");
    return parse_part(*text, label_of(shard_flag), points);
}

void refuse_above_limit(const Arguments& arguments, std::uint64_t points) {
    const double all = static_cast<double>(points);
    const double limit = flag_or(arguments, limit_flag, parse_count, all);
    if (all > limit)
        fail(ErrorCode::bad_count,
             formatted("{} points are more than --limit {}", humanize_number(all, 19),
                       humanize_number(limit, 19)),
             "leave out a range, or give it a larger step");
}

AskedSweep sweep_from(const Arguments& arguments, const Knowledge& knowledge, Session& session) {
    AskedSweep asked{.sweep = {}, .fields = fields_from(arguments), .said = {}};
    if (!arguments.has(the_field("hw")))
        fail(ErrorCode::missing_argument, "--hw is missing: on which devices?",
             "for example --hw h100-sxm,h200-sxm,b200; all:", "hw list");
    const auto sweep = std::make_shared<Sweep>();
    sweep->space = space_of(asked.fields, session.asking());
    sweep->knowledge = knowledge;
    sweep->basis = basis_from(arguments);
    asked.choice = choice_from(arguments);
    refuse_unpriced(asked.choice, sweep->space);
    asked.points = sweep->space.size();
    refuse_above_limit(arguments, asked.points);
    asked.part = part_from(arguments, asked.choice, asked.points);
    sweep->prices = PriceTable(sweep->space, session.catalog);
    asked.sweep = sweep;
    for (const Flag& flag : {where, pareto, sort, top, shard_flag})
        asked.said.push_back({flag.name, arguments.text(flag)});
    return asked;
}

// Rows go to the terminal as they come unless all are needed first.
bool fills_terminal(const Arguments& arguments, const PointChoice& choice) {
    return !choice.needs_all() && arguments.text(global::output).value_or("-") == "-" &&
           isatty(STDOUT_FILENO) != 0;
}

Report points_report(const AskedSweep& asked, unsigned threads, bool quiet) {
    const auto points = std::make_shared<PointStream>(*asked.sweep, asked.part.range, threads);
    const auto progress = std::make_shared<std::optional<Progress>>();
    progress->emplace(asked.part.range, quiet);
    if (asked.choice.needs_all()) {
        auto chosen = chosen_points(*points, asked.choice, [&](std::uint64_t point) {
            if (interrupted() != 0) throw Interrupted();
            (*progress)->at(point);
        });
        progress->reset();
        return sweep_report(asked, std::move(chosen));
    }
    return sweep_report(asked, points,
                        {.go_on = [] { return interrupted() == 0; },
                         .at = [progress](std::uint64_t point) { (*progress)->at(point); },
                         .done = [progress] { progress->reset(); }});
}

Answer lines_answer(const Arguments& arguments, const Calibration& calibration, Session& session) {
    const std::string& path = arguments.positionals()[0];
    refuse(arguments, {&where, &pareto, &sort, &top, &limit_flag, &shard_flag},
           formatted("chooses among points, and every line of {} has its row", path));
    LinesQuestion question{.lines = {},
                           .file = path == "-" ? "<stdin>" : path,
                           .base = base_of_lines(fields_from(arguments), path, session.asking()),
                           .knowledge = session.knowledge(calibration.scales),
                           .basis = basis_from(arguments),
                           .asking = session.asking(),
                           .interrupted = [] { return interrupted() != 0; }};
    question.lines = scenario_lines(path);
    Streamed lines = sweep_lines(std::move(question), calibration);
    return {.report = std::move(lines.report), .ending = std::move(lines.ending)};
}

Answer run(const Arguments& arguments, Session& session) {
    const Calibration calibration = calibration_from(arguments);
    remember_interrupts();
    if (names_lines(arguments.positionals()[0]))
        return lines_answer(arguments, calibration, session);
    const AskedSweep asked = sweep_from(arguments, session.knowledge(calibration.scales), session);
    Report report =
        points_report(asked, threads_from(arguments),
                      fills_terminal(arguments, asked.choice) || !takes_escapes(arguments));
    name_calibration(calibration, asked.sweep->space.base, report);
    return {.report = std::move(report), .ending = [] { return Ending{}; }};
}

}  // namespace

extern const Command sweep_command;
constinit const Command sweep_command{
    .path = "sweep",
    .summary = "every combination of ranged inputs, a row each",
    .examples =
        "roofline sweep llama-3.1-8b --hw h100-sxm,h200-sxm,b200 --batch 1..256 --context 4k\n"
        "roofline sweep llama-3.1-70b --hw h100-sxmx8 --quant bf16,fp8 --concurrency 1..512 "
        "--price lambda --pareto tpot,usd_per_1m_output\n"
        "roofline sweep scenarios.jsonl --format csv -o answers.csv",
    .positionals = models,
    .fields = fields,
    .flags = flags,
    .run = run};

}  // namespace roofline::cli
