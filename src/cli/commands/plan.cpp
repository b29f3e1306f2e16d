#include "answer/deployment/calibration_note.hpp"
#include "answer/words.hpp"
#include "answer/plan/plan_report.hpp"
#include "cli/line/deployment_flags.hpp"
#include "cli/line/threads_flag.hpp"
#include "text/formatted.hpp"
#include "units/parse.hpp"

#include <algorithm>
#include <iterator>

namespace roofline::cli {
namespace {

Record plan_inputs(const AskedPlan& asked, const Arguments& arguments) {
    const PlanQuestion& question = asked.question;
    Record inputs = inputs_of(asked.base);
    List levels;
    for (const ServiceLevel& level : question.levels)
        levels.emplace_back(Record().add("metric", level.metric->id).add("limit", level.limit));
    List devices;
    for (const Deployment& d : question.devices) devices.emplace_back(d.device->id);
    const auto formats = arguments.text("quant");
    return inputs.add("slo", std::move(levels))
        .add("formats", formats ? Value(*formats) : Value())
        .add("concurrency", question.concurrency)
        .add("rate", question.rate)
        .add("tokens_per_day", asked.tokens_per_day)
        .add("objective", objective_names[static_cast<std::size_t>(question.objective)])
        .add("max_gpus", question.most_gpus)
        .add("basis", name_of(question.basis))
        .add("devices", std::move(devices));
}

}  // namespace

Answer run_plan(const Arguments& arguments, Session& session) {
    AskedPlan asked = plan_question(arguments, session);
    PlanQuestion& question = asked.question;
    const Calibration calibration = calibration_from(arguments);
    question.knowledge.assumptions = session.assumptions;
    question.knowledge.scales = calibration.scales;
    const double top = flag_or(arguments, "top", parse_count, 5.0);
    const Plan found = plan(question, threads_from(arguments));
    Answer answer = plan_answer(asked, found, static_cast<std::size_t>(top));
    answer.report.inputs = plan_inputs(asked, arguments);
    std::ranges::move(memory_assumptions(session.assumptions),
                      std::back_inserter(answer.report.assumptions));
    name_calibration(calibration, asked.base, answer.report);
    return answer;
}

}  // namespace roofline::cli
