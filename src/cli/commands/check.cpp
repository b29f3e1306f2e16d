#include "roofline/gate/checks.hpp"

#include "answer/check/check_evidence.hpp"
#include "answer/check/check_remedies.hpp"
#include "answer/check/check_report.hpp"
#include "answer/deployment/price_note.hpp"
#include "cli/line/command_flags.hpp"
#include "cli/line/deployment_flags.hpp"
#include "cli/run/ci_outputs.hpp"
#include "error/suggest.hpp"
#include "gate/schema.hpp"
#include "text/formatted.hpp"
#include "units/parse.hpp"

#include <algorithm>
#include <set>

namespace roofline::cli {
namespace {

std::vector<std::string> budget_paths(const Arguments& arguments) {
    std::vector<std::string> paths = arguments.positionals();
    if (paths.empty()) paths.emplace_back("roofline.budget.json");
    const std::set<std::string> different(paths.begin(), paths.end());
    if (different.size() < paths.size())
        fail(ErrorCode::conflicting_arguments, "a budget is named twice", "leave one of them out");
    return paths;
}

std::vector<std::string> wanted_targets(const Arguments& arguments) {
    const auto only = arguments.text("only");
    return only ? split_list(*only, "--only") : std::vector<std::string>();
}

void refuse_unknown_targets(const std::vector<std::string>& wanted,
                            const std::vector<Budget>& budgets) {
    std::vector<std::string_view> known;
    for (const Budget& budget : budgets)
        for (const Target& target : budget.targets) known.push_back(target.name);
    for (const std::string& name : wanted)
        if (std::ranges::find(known, name) == known.end())
            fail(ErrorCode::unknown_budget_key, formatted("--only: no target is named '{}'", name),
                 choice_hint(name, known));
}

// `reading` names the budget at work, should it turn out not to be one.
std::vector<Budget> read_budgets(const Arguments& arguments, Session& session,
                                 std::string& reading) {
    std::vector<Budget> budgets;
    for (const std::string& path : budget_paths(arguments)) {
        reading = path;
        budgets.push_back(read_budget(path, session.catalog));
    }
    for (Budget& budget : budgets)
        if (const auto baseline = arguments.text("baseline")) budget.baseline = *baseline;
    const std::vector<std::string> wanted = wanted_targets(arguments);
    refuse_unknown_targets(wanted, budgets);
    if (!wanted.empty())
        for (Budget& budget : budgets)
            std::erase_if(budget.targets, [&](const Target& target) {
                return std::ranges::find(wanted, target.name) == wanted.end();
            });
    return budgets;
}

Answer baseline_answer(const std::vector<Budget>& budgets, const Arguments& arguments,
                       Session& session) {
    for (const std::string_view flag : {"only", "report"})
        if (arguments.has(flag))
            fail(
                ErrorCode::conflicting_arguments,
                formatted("--write-baseline keeps every target and judges none: --{} means nothing "
                          "beside it",
                          flag),
                "leave it out");
    if (budgets.size() > 1)
        fail(ErrorCode::conflicting_arguments, "--write-baseline takes one budget",
             "run it for each, with a file of its own");
    const Budget& budget = budgets[0];
    if (budget.baseline.empty())
        fail(ErrorCode::missing_argument, "--write-baseline: into which file?",
             "name it with --baseline FILE, or with \"baseline\" in the budget");
    Baseline baseline{.file = budget.baseline};
    for (const Target& target : budget.targets) {
        const Answered answered = answer_target(target, session);
        const auto fault = answered.evaluation ? standing_fault(*answered.evaluation, target.basis)
                                               : std::optional(answered.fault);
        if (fault) throw UserError(fault_in_budget(target, *fault));
        baseline.targets.emplace(target.name, baseline_target(*answered.evaluation, target));
    }
    Report report{.command = "check"};
    report.verdict = formatted("figures of {} target{} of {}, for {}", baseline.targets.size(),
                               baseline.targets.size() == 1 ? "" : "s", budget.file, baseline.file);
    report.inputs.add("budgets", List{budget.file});
    report.result.add("baseline", baseline.file);
    return {.report = std::move(report), .files = {{baseline.file, baseline_text(baseline)}}};
}

Answer starter_answer(const Arguments& arguments, Session& session) {
    for (const std::string_view flag : {"model", "hw"})
        if (!arguments.has(flag))
            fail(ErrorCode::missing_argument, formatted("--init needs --{}", flag),
                 "for example --init --model llama-3.1-8b --hw h100");
    const Evaluation evaluation =
        evaluate(deployment_from(arguments, session),
                 Knowledge{.assumptions = session.assumptions, .scales = {}});
    if (auto fault = standing_fault(evaluation, Basis::expected)) {
        if (evaluation.standing == Standing::does_not_fit)
            fault->hint = fitting_words(evaluation, session);
        throw UserError(std::move(*fault));
    }
    return {
        .report = {},
        .document = budget_starter(evaluation, *arguments.text("model"), *arguments.text("hw"))};
}

// --schema and --init print a text of their own: no budget is read and nothing judged.
void refuse_beside(std::string_view printing, const Arguments& arguments) {
    const auto refuse = [&](const std::string& word) {
        fail(ErrorCode::conflicting_arguments,
             formatted("--{} judges nothing: {} means nothing beside it", printing, word),
             "leave it out");
    };
    for (const Flag& flag : check_flags)
        if (flag.name != printing && arguments.has(flag.name)) refuse(formatted("--{}", flag.name));
    if (!arguments.positionals().empty()) refuse(formatted("'{}'", arguments.positionals()[0]));
}

void refuse_idle_flags(const Arguments& arguments) {
    for (const std::string_view flag : {"model", "hw"})
        if (arguments.has(flag))
            fail(ErrorCode::conflicting_arguments,
                 formatted("--{} belongs to --init; a budget names its own", flag),
                 "leave it out, or add --init for a budget to start from");
}

Judging judging_of(const Arguments& arguments) {
    Judging judging{.today = today()};
    if (const auto age = arguments.text("max-price-age"))
        judging.max_price_age = parse_days(*age, "--max-price-age");
    return judging;
}

Answer judge_budgets(const std::vector<Budget>& budgets, Judging judging,
                     const std::vector<ReportFile>& reports, Session& session,
                     std::string& reading) {
    std::vector<Check> checks;
    std::vector<std::string> files;
    Report evidence;
    Text remedies;
    for (const Budget& budget : budgets) {
        files.push_back(budget.file);
        reading = budget.file;
        std::optional<Baseline> baseline;
        if (!budget.baseline.empty()) baseline = read_baseline(budget.baseline);
        judging.baseline = baseline ? &*baseline : nullptr;
        for (const Target& target : budget.targets) {
            const Answered answered = answer_target(target, session);
            const auto judged = answered.evaluation
                                    ? judge(budget, target, *answered.evaluation, judging)
                                    : judge_fault(budget, target, answered.fault, judging);
            checks.insert(checks.end(), judged.begin(), judged.end());
            name_evidence(answered, evidence);
            warn_of_idle_limits(target, evidence);
            warn_of_hidden_faults(judged, evidence);
            if (!answered.evaluation) continue;
            if (const auto remedy = remedy_of(target, *answered.evaluation, judged, session))
                remedies.lines.push_back(*remedy);
        }
    }
    Answer answer{.report = check_report(files, checks), .status = exit_status(checks)};
    if (!remedies.lines.empty()) answer.report.blocks.emplace_back(std::move(remedies));
    answer.report.assumptions = std::move(evidence.assumptions);
    answer.report.warnings = std::move(evidence.warnings);
    add_outputs(reports, checks, answer);
    return answer;
}

// A report that stands from an earlier run must not go on saying that all is well.
Answer unreadable_answer(const Fault& fault, const std::string& budget,
                         const std::vector<ReportFile>& reports) {
    const bool elsewhere = fault.where.file != budget;
    const std::string hint = fault.hint.empty() ? "" : " (" + fault.hint + ")";
    const std::vector<Check> checks{
        {.file = budget,
         .target = "budget",
         .metric = "contents",
         .op = "read",
         .status = CheckStatus::error,
         .why = (elsewhere ? message_text(fault) : fault.message) + hint,
         .where = elsewhere ? Location{.file = budget} : fault.where,
         .error = fault.code}};
    Answer answer{.report = check_report({budget}, checks), .status = exit_status(checks)};
    add_outputs(reports, checks, answer);
    return answer;
}

Answer judged_answer(const Arguments& arguments, const std::vector<ReportFile>& reports,
                     Session& session, std::string& reading) {
    const std::vector<Budget> budgets = read_budgets(arguments, session, reading);
    if (arguments.has("write-baseline")) return baseline_answer(budgets, arguments, session);
    Answer answer = judge_budgets(budgets, judging_of(arguments), reports, session, reading);
    const bool forgiven = answer.status == Exit::negative && arguments.has("exit-zero");
    if (forgiven) answer.status = Exit::ok;
    return answer;
}

}  // namespace

Answer run_check(const Arguments& arguments, Session& session) {
    for (const std::string_view printing : {"schema", "init"})
        if (arguments.has(printing)) refuse_beside(printing, arguments);
    if (arguments.has("init")) return starter_answer(arguments, session);
    refuse_idle_flags(arguments);
    if (arguments.has("schema")) return {.report = {}, .document = budget_schema()};
    const std::vector<ReportFile> reports = report_files(arguments);
    std::string reading;
    try {
        return judged_answer(arguments, reports, session, reading);
    } catch (const UserError& error) {
        const bool told = !reports.empty() || annotates();
        if (!told || exit_status(error.fault().code) != Exit::input) throw;
        return unreadable_answer(error.fault(), reading, reports);
    }
}

}  // namespace roofline::cli
