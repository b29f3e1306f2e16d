#include "objective.hpp"

#include "roofline/cost/tariff.hpp"

#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <array>

namespace roofline {
namespace {

std::optional<double> energy_per_token(const PointAnswer& answer) {
    const auto power = answer.figure(the_metric("power"));
    const auto output = answer.figure(the_metric("tokens_per_s"));
    return power && output ? std::optional(*power / *output) : std::nullopt;
}

double least_cost(const LeastOf& least) {
    constexpr double million = 1e6;
    const auto tariff = tariff_of(complete_service(least.deployment));
    return tariff ? tariff->total().in(dollar / second) / least.output * million : 0;
}

double gpus(const LeastOf& least) { return layout_of(least.deployment).gpus(); }

double least_energy(const LeastOf& least) {
    const auto power = power_of(complete_service(least.deployment));
    return power ? power->in(watt) / least.output : 0;
}

double whole_time(const LeastOf& least) { return least.whole.in(second); }

std::string cost_words(double cost) {
    return formatted("{} per 1M output tokens", humanize(Measure(cost, dimension::money)));
}

std::string gpu_words(double count) {
    return formatted("{} device{}", humanize_number(count), count == 1 ? "" : "s");
}

std::string energy_words(double joules) {
    return formatted("{} J per output token", humanize_number(joules));
}

std::string time_words(double seconds) {
    return formatted("{} from prompt to last token", humanize(seconds * second));
}

// By Objective.
constexpr std::array rows{
    ObjectiveRow{
        [](const PointAnswer& answer) { return answer.figure(the_metric("usd_per_1m_output")); },
        least_cost, cost_words},
    ObjectiveRow{[](const PointAnswer& answer) { return answer.figure(the_metric("gpus")); }, gpus,
                 gpu_words},
    ObjectiveRow{energy_per_token, least_energy, energy_words},
    ObjectiveRow{[](const PointAnswer& answer) { return answer.figure(the_metric("e2e")); },
                 whole_time, time_words},
};
static_assert(rows.size() == objective_names.size());

}  // namespace

const ObjectiveRow& row_of(Objective objective) {
    return rows[static_cast<std::size_t>(objective)];
}

std::optional<double> objective_of(Objective objective, const PointAnswer& answer) {
    return row_of(objective).of(answer);
}

std::string words_of(Objective objective, double value) { return row_of(objective).words(value); }

}  // namespace roofline
