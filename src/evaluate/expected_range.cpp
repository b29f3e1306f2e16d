#include "expected_range.hpp"

#include <algorithm>

namespace roofline {
namespace {

ErrorBand inverse(const ErrorBand& band) { return {.low = 1 / band.high, .high = 1 / band.low}; }

bool is_one_of(const Metric& metric, std::initializer_list<std::string_view> ids) {
    return std::ranges::find(ids, metric.id) != ids.end();
}

// Of a served one, where what arrives does not leave at its own rate.
std::optional<ErrorBand> served_factors(const Evaluation& evaluation, const Metric& metric) {
    const BandRow& band = evaluation.band();
    if (metric.id == "e2e") return inverse(band.output);
    if (evaluation.open) return std::nullopt;
    if (metric.id == "tokens_per_s") return band.output;
    if (is_one_of(metric, {"usd_per_1k_output", "usd_per_1m_output"})) return inverse(band.output);
    return std::nullopt;
}

// A step writes a token of every sequence: its rate is one over its time.
std::optional<ErrorBand> step_factors(const BandRow& band, const Metric& metric) {
    if (metric.id == "tokens_per_s") return inverse(band.time_per_token);
    if (metric.id == "usd_per_1m_input") return band.time_to_first_token;
    return std::nullopt;
}

std::optional<ErrorBand> factors_of(const Evaluation& evaluation, const Metric& metric) {
    const BandRow& band = evaluation.band();
    if (metric.id == "ttft") return band.time_to_first_token;
    if (metric.id == "tpot") return band.time_per_token;
    return evaluation.served() ? served_factors(evaluation, metric) : step_factors(band, metric);
}

// Of a figure of a step that counts a prompt and the steps after it, what is the prompt's.
std::optional<double> prompt_part(const Evaluation& evaluation, const Metric& metric) {
    const Figures& expected = evaluation.on(Basis::expected);
    const Deployment& d = evaluation.deployment;
    if (metric.id == "e2e") return the_metric("ttft").get(expected);
    const auto input = the_metric("usd_per_1m_input").get(expected);
    if (!input || !d.isl || !d.osl) return std::nullopt;
    const double part = *input * *d.isl / *d.osl;
    if (metric.id == "usd_per_1m_output") return part;
    return metric.id == "usd_per_1k_output" ? std::optional(part / 1e3) : std::nullopt;
}

std::optional<FigureRange> range_of(const Evaluation& evaluation, const Metric& metric,
                                    double expected) {
    if (const auto factors = factors_of(evaluation, metric))
        return FigureRange{expected * factors->low, expected * factors->high};
    const auto part = evaluation.served() ? std::nullopt : prompt_part(evaluation, metric);
    if (!part) return std::nullopt;
    const BandRow& band = evaluation.band();
    const auto at = [&](double prompt, double token) {
        return *part * prompt + (expected - *part) * token;
    };
    return FigureRange{at(band.time_to_first_token.low, band.time_per_token.low),
                       at(band.time_to_first_token.high, band.time_per_token.high)};
}

}  // namespace

std::optional<FigureRange> expected_range(const Evaluation& evaluation, const Metric& metric) {
    const std::optional<double> expected = metric.get(evaluation.on(Basis::expected));
    if (!expected || evaluation.standing != Standing::stands) return std::nullopt;
    std::optional<FigureRange> range = range_of(evaluation, metric, *expected);
    if (!range) return std::nullopt;
    if (const auto bound = metric.get(evaluation.on(Basis::bound))) {
        if (metric.better == Better::lower)
            range->low = std::max(range->low, *bound);
        else
            range->high = std::min(range->high, *bound);
    }
    return FigureRange{std::min(range->low, *expected), std::max(range->high, *expected)};
}

}  // namespace roofline
