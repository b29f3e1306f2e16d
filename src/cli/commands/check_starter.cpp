#include "check_starter.hpp"

#include "roofline/error/user_error.hpp"
#include "roofline/gate/checks.hpp"

#include "answer/check/baseline_report.hpp"
#include "answer/check/check_report.hpp"
#include "answer/memory/misfit.hpp"
#include "cli/line/deployment_flags.hpp"
#include "gate/schema.hpp"

namespace roofline::cli {

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

}  // namespace roofline::cli
