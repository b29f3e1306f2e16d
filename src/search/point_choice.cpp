#include "point_choice.hpp"

#include "roofline/error/user_error.hpp"

#include "answer/sweep/sweep_rows.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"
#include "units/parse.hpp"

#include <algorithm>

namespace roofline::cli {
namespace {

// Without a price no point answers what money is asked of, and all would be left out in silence.
void refuse_unpriced(const Choice& choice, const Space& space) {
    std::vector<const Metric*> asked = choice.pareto;
    for (const Condition& condition : choice.where) asked.push_back(condition.metric);
    if (choice.sort != nullptr) asked.push_back(choice.sort);
    for (const Metric* metric : asked)
        if (metric->dimension == dimension::money && !is_priced(space))
            fail(ErrorCode::missing_price, formatted("{} needs a price", metric->id),
                 "add --price '$2.50/h', or a provider: roofline prices list");
}

}  // namespace

bool Choice::keeps(const PointAnswer& answer) const {
    return std::ranges::all_of(where, [&](const Condition& one) { return one.holds(answer); });
}

Choice choice_from(const Arguments& arguments, const Space& space) {
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
    refuse_unpriced(choice, space);
    return choice;
}

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

}  // namespace roofline::cli
