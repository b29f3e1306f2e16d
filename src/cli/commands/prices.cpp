// `prices list`: what devices cost to rent or buy, and tokens of an API.
#include "answer/catalog/price_report.hpp"
#include "cli/line/command.hpp"
#include "cli/line/deployment_flags.hpp"
#include "cli/run/answer.hpp"
#include "cli/run/session.hpp"

namespace roofline::cli {
namespace {

Answer run(const Arguments& arguments, Session& session) {
    const bool one = arguments.has(the_field("hw"));
    return {.report = price_report(session.catalog.prices(),
                                   one ? device_from(arguments, session.asking())->id : "")};
}

}  // namespace

extern const Command prices_list_command;
constinit const Command prices_list_command{
    .path = "prices list",
    .summary = "what devices cost to rent or buy, and tokens of an API",
    .examples = "roofline prices list\nroofline prices list --hw h100",
    .fields = hardware_field,
    .run = run};

}  // namespace roofline::cli
