#include "roofline/evaluate/metric.hpp"
#include "roofline/workload/fields.hpp"

#include "budget_keys.hpp"
#include "report/format.hpp"
#include "report/humanize.hpp"
#include "schema.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <cmath>

namespace roofline {
namespace {

constexpr double room = 1.1;

// Digits enough that rounding does not use up the room.
std::string digits(double number) { return formatted("{:.4g}", number); }

std::string in_unit(const Measure& measure) {
    const Scale scale = scale_for(measure);
    std::string text = formatted("\"{}{}\"", digits(measure.value / scale.factor), scale.after);
    std::erase(text, ' ');
    return text;
}

// The side that is bad, 10 % away from today's figure; whole things have no room.
std::string limit_text(const Metric& metric, double figure) {
    const bool upper = metric.better == Better::lower;
    const double limit = upper ? figure * room : figure / room;
    std::string value = digits(limit);
    if (gate::has_unit(metric.dimension)) value = in_unit(Measure(limit, metric.dimension));
    if (metric.dimension == dimension::none) value = formatted("{}", figure);
    return formatted("{{ \"{}\": {} }}", upper ? "max" : "min", value);
}

std::string quoted(std::string_view text) {
    std::string result = json_text(Value(text));
    result.pop_back();  // the newline at the end
    return result;
}

// What was asked besides model and hardware, by the table of fields.
std::string load_text(const Deployment& d) {
    std::string text;
    for (const std::string_view name : {"batch", "isl", "osl", "context"}) {
        const ShownField shown = shown_field(find_field(name)->get(d));
        if (const auto* number = std::get_if<double>(&shown))
            text += formatted(" \"{}\": {},", name, *number);
    }
    return text;
}

}  // namespace

std::string budget_starter(const Evaluation& evaluation, std::string_view model,
                           std::string_view hardware) {
    const Deployment& d = evaluation.deployment;
    const Figures& figures = evaluation.on(Basis::expected);
    std::string limits;
    for (const Metric& metric : metrics()) {
        const auto figure = metric.get(figures);
        if (!figure) continue;
        limits += formatted("        \"{}\": {},  // {}, today {}\n", metric.id,
                            limit_text(metric, *figure), metric.help,
                            words_of(Measure(*figure, metric.dimension)));
    }
    const ShownField price = shown_field(the_field("price").get(d));
    const auto* given = std::get_if<std::string>(&price);
    const std::string price_text =
        given != nullptr ? formatted("\n      \"price\": {},", quoted(*given)) : std::string();
    return formatted(
        "// What this deployment may take and cost. Judge it with: roofline check\n"
        "{{\n"
        "  \"version\": 1,\n"
        "  \"targets\": [\n"
        "    {{\n"
        "      \"name\": {},\n"
        "      \"model\": {}, \"hw\": {},\n"
        "     {}{}\n"
        "      // bound: what the data sheet allows; expected; pessimistic: the band's bad end\n"
        "      \"basis\": \"expected\",\n"
        "      \"limits\": {{  // today's figures and 10 % of room\n"
        "{}"
        "      }}\n"
        "    }}\n"
        "  ]\n"
        "}}\n",
        quoted(d.model->id), quoted(model), quoted(hardware), load_text(d), price_text, limits);
}

}  // namespace roofline
