#include "compare_saved.hpp"

#include "roofline/evaluate/metric.hpp"

#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <cmath>

namespace roofline {
namespace {

// Where answers keep the figures of the metric table, and on which basis.
struct Shelf {
    const JsonValue* record = nullptr;
    Basis basis = Basis::bound;
    bool money_only = false;  ///< a bill's tokens per second are those of full load
};

std::vector<Shelf> shelves_of(const JsonValue& result, bool served) {
    std::vector<Shelf> shelves;
    if (const JsonValue* metrics = result.find("metrics"))
        shelves.push_back({metrics, Basis::bound});
    if (!served) return shelves;
    shelves.push_back({&result, Basis::expected});
    if (const JsonValue* cost = result.find("cost"))
        shelves.push_back({cost, Basis::expected, true});
    return shelves;
}

bool same_figure(double a, double b) {
    constexpr double tolerance = 1e-9;
    return std::abs(a - b) <= tolerance * std::max(std::abs(a), std::abs(b));
}

std::string figure_words(const Metric& metric, double figure) {
    return metric.dimension == dimension::none ? humanize_number(figure)
                                               : humanize(Measure(figure, metric.dimension), 4);
}

}  // namespace

std::vector<WarningNote> outdated_figures(const Scenario& scenario, const Evaluation& evaluation) {
    std::vector<WarningNote> warnings;
    const JsonValue* result = scenario.saved ? scenario.saved->root.find("result") : nullptr;
    if (result == nullptr) return warnings;
    for (const Shelf& shelf : shelves_of(*result, evaluation.served()))
        for (const Metric& metric : metrics()) {
            if (shelf.money_only && metric.dimension != dimension::money) continue;
            const JsonValue* saved = shelf.record->find(metric.key);
            const double* then = saved == nullptr ? nullptr : saved->number();
            const auto now = metric.get(evaluation.on(shelf.basis));
            if (then == nullptr || (now && same_figure(*then, *now))) continue;
            warnings.push_back(
                {"W141", formatted("{}: {} was {} when it was saved, and {} is what this version "
                                   "answers",
                                   scenario.name, metric.key, figure_words(metric, *then),
                                   now ? figure_words(metric, *now) : std::string("nothing"))});
        }
    return warnings;
}

}  // namespace roofline
