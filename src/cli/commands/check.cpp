// `check`: judges deployments by agreed limits.
#include "roofline/error/user_error.hpp"
#include "roofline/gate/checks.hpp"

#include "answer/check/baseline_report.hpp"
#include "answer/check/check_remedies.hpp"
#include "answer/check/check_report.hpp"
#include "answer/check/comment_report.hpp"
#include "answer/check/judged_comment.hpp"
#include "check_starter.hpp"
#include "cli/line/command.hpp"
#include "cli/line/deployment_flags.hpp"
#include "cli/line/global_flags.hpp"
#include "cli/run/answer.hpp"
#include "cli/run/ci_outputs.hpp"
#include "cli/run/clock.hpp"
#include "cli/run/session.hpp"
#include "cli/run/used.hpp"
#include "gate/changes/earlier_deployment.hpp"
#include "gate/default_budget.hpp"
#include "gate/reports/repository_path.hpp"
#include "gate/schema.hpp"
#include "units/parse.hpp"

#include <algorithm>
#include <iterator>
#include <set>

namespace roofline::cli {
namespace {

constexpr std::array budget_files{Positional{
    "BUDGET", "what was agreed, by deployment [roofline.budget.json or .jsonc]", 0, 1000}};
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
constexpr Flag quiet{"quiet-if-unchanged", "",
                     "no Markdown where every figure is the baseline's and nothing fails"};
constexpr Flag path_base{"path-base", "DIR",
                         "where paths in reports begin [the repository's root]"};
constexpr Flag init{"init", "", "print a commented budget for --model on --hw"};
constexpr std::array flags{only,  report_flag, baseline_flag, write_baseline, max_age, exit_zero,
                           quiet, path_base,   init};

Outputs outputs_from(const Arguments& arguments) {
    return {.files = report_files(arguments.list(report_flag)),
            .path_base = flag_or(arguments, path_base, base_folder, std::string())};
}

std::vector<std::string> budget_paths(const Arguments& arguments) {
    std::vector<std::string> paths = arguments.positionals();
    if (paths.empty()) paths.push_back(default_budget());
    const std::set<std::string> different(paths.begin(), paths.end());
    if (different.size() < paths.size())
        fail(ErrorCode::conflicting_arguments, "a budget is named twice", "leave one of them out");
    return paths;
}

// `reading` names the budget at work, should it turn out not to be one.
std::vector<Budget> budgets_from(const Arguments& arguments, Catalog& catalog,
                                 std::string& reading) {
    std::vector<Budget> budgets;
    reading = plain_budget;
    for (const std::string& path : budget_paths(arguments)) {
        reading = path;
        budgets.push_back(read_budget(path, catalog));
        if (const auto baseline = arguments.text(baseline_flag))
            budgets.back().baseline = *baseline;
    }
    keep_targets(arguments.list(only), label_of(only), budgets);
    return budgets;
}

Answer baseline_answer(const std::vector<Budget>& budgets, const Arguments& arguments) {
    for (const Flag& flag : {only, report_flag, quiet, path_base})
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
    const Baseline baseline = baseline_of(budget, [](const Target& target) {
        return Knowledge{.scales = calibration_of(target).scales};
    });
    return {.report = baseline_report(budget, baseline),
            .files = {{baseline.file, baseline_text(baseline)}}};
}

// --schema and --init print a text of their own: no budget is read and nothing judged.
void refuse_beside(const Flag& printing, const Arguments& arguments) {
    const auto refuse_word = [&](const std::string& word) {
        fail(ErrorCode::conflicting_arguments,
             formatted("{} judges nothing: {} means nothing beside it", label_of(printing), word),
             "leave it out");
    };
    if (printing.name != global::schema.name && arguments.has(global::schema))
        refuse_word(label_of(global::schema));
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
                                            const Judging& judging, std::string& reading) {
    std::vector<EvidencedTarget> targets;
    for (const Budget& budget : budgets) {
        reading = budget.file;
        std::ranges::move(evidenced_targets(budget, judging), std::back_inserter(targets));
    }
    return targets;
}

// What nothing is compared with cannot be unchanged.
bool is_quiet(const std::vector<EvidencedTarget>& targets, const Arguments& arguments) {
    if (!arguments.has(quiet)) return false;
    const auto compares = [](const EvidencedTarget& target) {
        return target.judged.baseline != nullptr;
    };
    if (std::ranges::none_of(targets, compares))
        fail(ErrorCode::missing_argument, "--quiet-if-unchanged: unchanged from what?",
             "name a baseline, with --baseline FILE or in the budget");
    std::vector<const JudgedTarget*> judged;
    for (const EvidencedTarget& target : targets) judged.push_back(&target.judged);
    return all_as_before(judged);
}

bool wants_comment(const Arguments& arguments, const Outputs& outputs) {
    return annotates() || format_from(arguments).markup == Markup::markdown ||
           std::ranges::any_of(outputs.files, shows_answer);
}

Answer judged_answer(const std::vector<Budget>& budgets, const Judging& judging,
                     const Arguments& arguments, Session& session, std::string& reading) {
    const Outputs outputs = outputs_from(arguments);
    const std::vector<EvidencedTarget> targets = judged_targets(budgets, judging, reading);
    std::vector<std::string> remedies;
    for (const EvidencedTarget& target : targets)
        if (auto remedy = remedy_of(target.judged, session.catalog))
            remedies.push_back(std::move(*remedy));
    std::vector<std::string> files;
    for (const Budget& budget : budgets) files.push_back(budget.file);
    const std::vector<Check> checks = checks_of(targets);
    Answer answer{.report = judged_report(files, targets, std::move(remedies), judging.today),
                  .status = exit_status(checks),
                  .silent = is_quiet(targets, arguments)};
    if (wants_comment(arguments, outputs))
        answer.comment = judged_comment(files, targets, judging, session.catalog);
    if (depends_on_day(budgets, judging)) name_given_day(judging.today, answer.report);
    return with_outputs(std::move(answer), outputs, checks);
}

// A report that stands from an earlier run must not go on saying that all is well.
Answer unreadable_answer(const Fault& fault, const std::string& budget, const Outputs& outputs) {
    const Check check = unreadable_check(fault, budget);
    const std::vector<Check> checks{check};
    return with_outputs({.report = check_report({budget}, checks),
                         .status = exit_status(checks),
                         .comment = comment_report(check)},
                        outputs, checks);
}

Answer budget_answer(const Arguments& arguments, Session& session, std::string& reading) {
    const std::vector<Budget> budgets = budgets_from(arguments, session.catalog, reading);
    if (arguments.has(write_baseline)) return baseline_answer(budgets, arguments);
    Judging judging{.today = today()};
    if (const auto age = arguments.text(max_age))
        judging.max_price_age = parse_days(*age, label_of(max_age));
    Answer answer = judged_answer(budgets, judging, arguments, session, reading);
    if (answer.status == Exit::negative && arguments.has(exit_zero)) answer.status = Exit::ok;
    return answer;
}

// Who has no budget yet is told how to begin one.
Fault with_beginning(Fault fault, const std::string& budget) {
    if (fault.message == formatted("cannot read '{}': no such file", budget))
        fault.hint = formatted(
            "to begin one:\n  roofline check --init --model llama-3.1-8b --hw "
            "h100-sxm > {}\nor name yours: roofline check FILE",
            budget.find('/') == std::string::npos ? budget : "roofline.budget.jsonc");
    return fault;
}

Answer run(const Arguments& arguments, Session& session) {
    for (const Flag& printing : {global::schema, init})
        if (arguments.has(printing)) refuse_beside(printing, arguments);
    if (arguments.has(init)) return starter_answer(arguments, session);
    refuse_idle_flags(arguments);
    if (arguments.has(global::schema)) return {.report = {}, .document = budget_schema()};
    const Outputs outputs = outputs_from(arguments);
    std::string reading;
    try {
        return budget_answer(arguments, session, reading);
    } catch (const UserError& error) {
        const bool told = !outputs.files.empty() || annotates();
        if (!told || exit_status(error.fault().code) != Exit::input)
            throw UserError(with_beginning(error.fault(), reading));
        return unreadable_answer(error.fault(), reading, outputs);
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
        "roofline check --init --model llama-3.1-8b --hw h100-sxm > roofline.budget.jsonc",
    .positionals = budget_files,
    .fields = fields,
    .flags = flags,
    .run = run};

}  // namespace roofline::cli
