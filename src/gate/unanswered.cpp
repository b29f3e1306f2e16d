#include "unanswered.hpp"

#include "roofline/gate/checks.hpp"

#include "evaluate/standing_words.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline {
namespace gate {

std::string missing_figure(const Metric& metric, const Figures& figures, const Deployment& d) {
    const bool money = metric.dimension == dimension::money;
    const bool writes = money || &metric == &the_metric("tpot") || &metric == &the_metric("e2e") ||
                        &metric == &the_metric("tokens_per_s");
    if (!d.model->causal && writes)
        return formatted("{} is an encoder and writes no tokens: it has no {}", d.model->id,
                         metric.id);
    if (money && !figures.bill)
        return formatted(
            R"({} needs a price. Add "price": "$2.50/h", or a provider such as "lambda")",
            metric.id);
    if (money && figures.bill->currency != Currency::usd)
        return formatted("the price is in {} and no currency is converted: there is no {}",
                         row_of(figures.bill->currency).code, metric.id);
    if (metric.dimension == dimension::watt)
        return formatted("no power is known of {}", d.device->id);
    return formatted("this deployment has no {}", metric.id);
}

}  // namespace gate

namespace {

std::string hardware_of(const Deployment& d) { return counted(layout_of(d).gpus(), d.device->id); }

Fault overload(const Deployment& d, double capacity, std::string_view end) {
    return {.code = ErrorCode::cannot_keep_up,
            .message = formatted("{} on {} cannot keep up with {} requests/s: {} is its capacity{}",
                                 d.model->id, hardware_of(d), humanize_number(*d.rate),
                                 humanize_number(capacity), end)};
}

}  // namespace

std::optional<Fault> standing_fault(const Evaluation& evaluation, Basis basis) {
    const Deployment& d = evaluation.deployment;
    if (stands_on(evaluation, basis)) {
        if (evaluation.settled()) return std::nullopt;
        return Fault{
            .code = ErrorCode::unsettled,
            .message = formatted("{} on {}: {}", d.model->id, hardware_of(d), unsettled_words),
            .hint =
                "another load or step settles, for example without `prefill-chunk`; "
                "estimate shows the last round"};
    }
    const auto misfit = [&](const std::string& words) {
        return Fault{.code = ErrorCode::does_not_fit,
                     .message = formatted("{} ({}) on {} {}", d.model->id, name_of(*d.weights),
                                          hardware_of(d), words)};
    };
    if (evaluation.standing == Standing::does_not_fit)
        return misfit(misfit_words(d, evaluation.memory));
    if (evaluation.standing == Standing::overloaded)
        return overload(d, evaluation.open->capacity, "");
    if (evaluation.memory.starts() != Starts::yes) return misfit(doubt_words(d, evaluation.memory));
    return overload(d, evaluation.least_capacity, " at the bad end of its band");
}

}  // namespace roofline
