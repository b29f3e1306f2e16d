// `check`: judges deployments by agreed limits.
#include "roofline/error/user_error.hpp"
#include "roofline/gate/checks.hpp"

#include "answer/check/baseline_report.hpp"
#include "answer/check/check_remedies.hpp"
#include "answer/check/check_report.hpp"
#include "answer/check/judged_report.hpp"
#include "answer/memory/misfit.hpp"
#include "cli/line/command.hpp"
#include "cli/line/deployment_flags.hpp"
#include "cli/run/answer.hpp"
#include "cli/run/ci_outputs.hpp"
#include "cli/run/clock.hpp"
#include "cli/run/session.hpp"
#include "cli/run/used.hpp"
#include "gate/schema.hpp"
#include "units/parse.hpp"

#include <algorithm>
#include <set>

namespace roofline::cli {
namespace {

constexpr std::array budget_files{
    Positional{"BUDGET", "what was agreed, by deployment [roofline.budget.json]", 0, 1000}};
constexpr std::array<FieldWord, 2> fields{"model", "hw"};
constexpr Flag only{"only", "NAME,...", "judge these targets alone"};
constexpr Flag report_flag{"report", "KIND=FILE,...",
                           "write junit, sarif, codequality, md besides"};
constexpr Flag baseline_flag{"baseline", "FILE",
                             "what limits on regression compare with [the budget's]"};
constexpr Flag write_baseline{"write-baseline", "",
                              "write today's figures there, and judge nothing"};
constexpr Flag max_age{"max-price-age", "DAYS", "fail where a catalog price is older: 90d"};
constexpr Flag exit_zero{"exit-zero", "", "exit status 0 in place of 1"};
constexpr Flag init{"init", "", "print a commented budget for --model on --hw"};
constexpr Flag schema{"schema", "", "print the JSON Schema of budgets"};
constexpr std::array flags{only,    report_flag, baseline_flag, write_baseline,
                           max_age, exit_zero,   init,          schema};

std::vector<std::string> budget_paths(const Arguments& arguments) {
    std::vector<std::string> paths = arguments.positionals();
    if (paths.empty()) paths.emplace_back("roofline.budget.json");
    const std::set<std::string> different(paths.begin(), paths.end());
    if (different.size() < paths.size())
        fail(ErrorCode::conflicting_arguments, "a budget is named twice", "leave one of them out");
    return paths;
}

// `reading` names the budget at work, should it turn out not to be one.
std::vector<Budget> budgets_from(const Arguments& arguments, Catalog& catalog,
                                 std::string& reading) {
    std::vector<Budget> budgets;
    for (const std::string& path : budget_paths(arguments)) {
        reading = path;
        budgets.push_back(read_budget(path, catalog));
        if (const auto baseline = arguments.text(baseline_flag))
            budgets.back().baseline = *baseline;
    }
    keep_targets(arguments.list(only), label_of(only), budgets);
    return budgets;
}

Calibration calibration_of(const Target& target) {
    return target.calibration.empty() ? Calibration() : read_calibration(target.calibration);
}

Answer baseline_answer(const std::vector<Budget>& budgets, const Arguments& arguments,
                       const Session& session) {
    for (const Flag& flag : {only, report_flag})
        if (arguments.has(flag))
            fail(ErrorCode::conflicting_arguments,
                 formatted("--write-baseline keeps every target and judges none: {} means nothing "
                           "beside it",
                           label_of(flag)),
                 "leave it out");
    if (budgets.size() > 1)
        fail(ErrorCode::conflicting_arguments, "--write-baseline takes one budget",
             "run it for each, with a file of its own");
    const Budget& budget = budgets[0];
    if (budget.baseline.empty())
        fail(ErrorCode::missing_argument, "--write-baseline: into which file?",
             "name it with --baseline FILE, or with \"baseline\" in the budget");
    if (!may_hold_baseline(budget.baseline))
        fail(ErrorCode::conflicting_arguments,
             formatted("'{}' is no baseline: it would be overwritten", budget.baseline),
             "name another file with --baseline, or remove it");
    const Baseline baseline = baseline_of(budget, [&](const Target& target) {
        return session.knowledge(calibration_of(target).scales);
    });
    return {.report = baseline_report(budget, baseline),
            .files = {{baseline.file, baseline_text(baseline)}}};
}

Answer starter_answer(const Arguments& arguments, Session& session) {
    for (const std::string_view name : {"model", "hw"})
        if (!arguments.has(the_field(name)))
            fail(ErrorCode::missing_argument, formatted("--init needs --{}", name),
                 "for example --init --model llama-3.1-8b --hw h100-sxm");
    const Evaluation evaluation =
        evaluate(deployment_from(arguments, session.asking()), session.knowledge({}));
    if (auto fault = standing_fault(evaluation, Basis::expected)) {
        if (evaluation.standing == Standing::does_not_fit)
            fault->hint =
                fitting_words(fitting_levers(prepare(evaluation.deployment), session.catalog));
        throw UserError(std::move(*fault));
    }
    return {.report = {},
            .document = budget_starter(evaluation, *arguments.text(the_field("model")),
                                       *arguments.text(the_field("hw")))};
}

// --schema and --init print a text of their own: no budget is read and nothing judged.
void refuse_beside(const Flag& printing, const Arguments& arguments) {
    const auto refuse_word = [&](const std::string& word) {
        fail(ErrorCode::conflicting_arguments,
             formatted("{} judges nothing: {} means nothing beside it", label_of(printing), word),
             "leave it out");
    };
    for (const Flag& flag : flags)
        if (flag.name != printing.name && arguments.has(flag)) refuse_word(label_of(flag));
    if (!arguments.positionals().empty())
        refuse_word(formatted("'{}'", arguments.positionals()[0]));
}

void refuse_idle_flags(const Arguments& arguments) {
    for (const std::string_view name : {"model", "hw"})
        if (arguments.has(the_field(name)))
            fail(ErrorCode::conflicting_arguments,
                 formatted("--{} belongs to --init; a budget names its own", name),
                 "leave it out, or add --init for a budget to start from");
}

// `reading` as above: a baseline may turn out not to be one.
std::vector<EvidencedTarget> judged_targets(const std::vector<Budget>& budgets,
                                            const Judging& judging, const Session& session,
                                            std::string& reading) {
    std::vector<EvidencedTarget> targets;
    for (const Budget& budget : budgets) {
        reading = budget.file;
        std::map<const Target*, Calibration> calibrations;
        auto judged = judge_budget(budget, judging, [&](const Target& target) {
            Calibration& calibration = calibrations[&target];
            calibration = calibration_of(target);
            return session.knowledge(calibration.scales);
        });
        for (JudgedTarget& one : judged) {
            Calibration calibration = calibrations[one.answered.target];
            targets.push_back({std::move(one), std::move(calibration)});
        }
    }
    return targets;
}

// Skips end, and prices grow old.
bool depends_on_day(const std::vector<Budget>& budgets, const Judging& judging) {
    const auto is_skipped = [](const Limit& limit) { return limit.skip_until.has_value(); };
    return judging.max_price_age || std::ranges::any_of(budgets, [&](const Budget& budget) {
               return budget.max_price_age ||
                      std::ranges::any_of(budget.targets, [&](const Target& target) {
                          return std::ranges::any_of(target.limits, is_skipped);
                      });
           });
}

Answer judged_answer(const std::vector<Budget>& budgets, const Judging& judging,
                     const std::vector<ReportFile>& reports, Session& session,
                     std::string& reading) {
    const std::vector<EvidencedTarget> targets = judged_targets(budgets, judging, session, reading);
    std::vector<std::string> remedies;
    for (const EvidencedTarget& target : targets)
        if (auto remedy = remedy_of(target.judged, session.catalog))
            remedies.push_back(std::move(*remedy));
    std::vector<std::string> files;
    for (const Budget& budget : budgets) files.push_back(budget.file);
    const std::vector<Check> checks = checks_of(targets);
    Answer answer{.report = judged_report(files, targets, std::move(remedies), judging.today),
                  .status = exit_status(checks)};
    if (depends_on_day(budgets, judging)) name_given_day(judging.today, answer.report);
    return with_outputs(std::move(answer), reports, checks);
}

// A report that stands from an earlier run must not go on saying that all is well.
Answer unreadable_answer(const Fault& fault, const std::string& budget,
                         const std::vector<ReportFile>& reports) {
    const std::vector<Check> checks{unreadable_check(fault, budget)};
    return with_outputs({.report = check_report({budget}, checks), .status = exit_status(checks)},
                        reports, checks);
}

Answer budget_answer(const Arguments& arguments, const std::vector<ReportFile>& reports,
                     Session& session, std::string& reading) {
    const std::vector<Budget> budgets = budgets_from(arguments, session.catalog, reading);
    if (arguments.has(write_baseline)) return baseline_answer(budgets, arguments, session);
    Judging judging{.today = today()};
    if (const auto age = arguments.text(max_age))
        judging.max_price_age = parse_days(*age, label_of(max_age));
    Answer answer = judged_answer(budgets, judging, reports, session, reading);
    if (answer.status == Exit::negative && arguments.has(exit_zero)) answer.status = Exit::ok;
    return answer;
}

// Who has no budget yet is told how to begin one.
Fault with_beginning(Fault fault, const std::string& budget) {
    if (fault.message == formatted("cannot read '{}': no such file", budget))
        fault.hint = formatted(
            "to begin one:\n  roofline check --init --model llama-3.1-8b --hw "
            "h100-sxm > {}\nor name yours: roofline check FILE",
            budget);
    return fault;
}

Answer run(const Arguments& arguments, Session& session) {
    for (const Flag& printing : {schema, init})
        if (arguments.has(printing)) refuse_beside(printing, arguments);
    if (arguments.has(init)) return starter_answer(arguments, session);
    refuse_idle_flags(arguments);
    if (arguments.has(schema)) return {.report = {}, .document = budget_schema()};
    const std::vector<ReportFile> reports = report_files(arguments.list(report_flag));
    std::string reading;
    try {
        return budget_answer(arguments, reports, session, reading);
    } catch (const UserError& error) {
        const bool told = !reports.empty() || annotates();
        if (told && exit_status(error.fault().code) == Exit::input)
            return unreadable_answer(error.fault(), reading, reports);
        throw UserError(with_beginning(error.fault(), reading));
    }
}

}  // namespace

extern const Command check_command;
constinit const Command check_command{
    .path = "check",
    .summary = "judge deployments by agreed limits, for CI",
    .examples =
        "roofline check\n"
        "roofline check deploy/budget.json --report junit=junit.xml,md=comment.md\n"
        "roofline check --init --model llama-3.1-8b --hw h100-sxm > roofline.budget.json",
    .positionals = budget_files,
    .fields = fields,
    .flags = flags,
    .run = run};

}  // namespace roofline::cli
