// `prices list`: what devices cost to rent or buy, and tokens of an API.
#include "roofline/error/user_error.hpp"

#include "answer/catalog/price_report.hpp"
#include "cli/line/command.hpp"
#include "cli/line/deployment_flags.hpp"
#include "cli/line/shared_flags.hpp"
#include "cli/run/answer.hpp"
#include "cli/run/session.hpp"
#include "text/formatted.hpp"

#include <algorithm>

namespace roofline::cli {
namespace {

constexpr std::array list_words{
    Positional{"WORD", "only prices with this in a device, provider, item or model", 0, 1}};
constexpr Flag price_sort{"sort", "COLUMN",
                          "of rents: price (the cheapest first), device, provider, date"};
constexpr std::array list_flags{price_sort};

bool is_empty(const Record& result) {
    return std::ranges::all_of(result.members(), [](const auto& member) {
        return std::get<List>(member.second.data).empty();
    });
}

Answer run(const Arguments& arguments, Session& session) {
    const bool one = arguments.has(the_field("hw"));
    const std::string device = one ? device_from(arguments, session.asking())->id : "";
    const ListQuestion question = list_question(arguments, price_sort);
    Report report = price_report(session.catalog.prices(), device, question);
    if (!question.about.empty() && is_empty(report.result))
        fail(ErrorCode::unknown_price, formatted("no price is about '{}'", question.about),
             "all of them:", "prices list");
    return {.report = std::move(report)};
}

}  // namespace

extern const Command prices_list_command;
constinit const Command prices_list_command{
    .path = "prices list",
    .summary = "what devices cost to rent or buy, and tokens of an API",
    .examples =
        "roofline prices list\nroofline prices list h100\n"
        "roofline prices list lambda --sort price",
    .positionals = list_words,
    .fields = hardware_field,
    .flags = list_flags,
    .run = run};

}  // namespace roofline::cli
