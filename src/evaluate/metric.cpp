#include "roofline/evaluate/metric.hpp"

#include "roofline/error/suggest.hpp"
#include "roofline/error/user_error.hpp"
#include "roofline/units/parse.hpp"

#include "text/formatted.hpp"

#include <algorithm>
#include <array>

namespace roofline {
namespace {

using Number = std::optional<double>;

template <auto Member>
Number seconds(const Figures& figures) {
    const auto& time = figures.*Member;
    return time ? Number(time->in(second)) : std::nullopt;
}

Number output(const Figures& figures) {
    return figures.output ? Number(figures.output->in(token / second)) : std::nullopt;
}

Number power(const Figures& figures) {
    return figures.power ? Number(figures.power->in(watt)) : std::nullopt;
}

Number memory(const Figures& figures) {
    const bool known = figures.memory.usable > Bytes();
    return known ? Number(figures.memory.used().in(byte)) : std::nullopt;
}
Number gpus(const Figures& figures) { return figures.gpus; }

Number usd(const Figures& figures, Money (Bill::*amount)() const) {
    if (!figures.bill || figures.bill->currency != Currency::usd) return std::nullopt;
    return ((*figures.bill).*amount)().in(dollar);
}

Number usd_per_1k_output(const Figures& figures) { return usd(figures, &Bill::per_1k_output); }
Number usd_per_1m_output(const Figures& figures) { return usd(figures, &Bill::per_1m_output); }

Number usd_per_1m_input(const Figures& figures) {
    const bool dollars = figures.bill && figures.bill->currency == Currency::usd;
    const auto price = dollars ? figures.bill->per_1m_input() : std::nullopt;
    return price ? Number(price->in(dollar)) : std::nullopt;
}

Number usd_per_month(const Figures& figures) { return usd(figures, &Bill::per_month); }

constexpr std::array<Metric, metric_count> rows{
    Metric{"ttft", "ttft_s", "time to the first token; of a step: one prefill", dimension::second,
           Better::lower, seconds<&Figures::time_to_first_token>},
    Metric{"tpot", "tpot_s", "time per output token; of a step: one decode step", dimension::second,
           Better::lower, seconds<&Figures::time_per_token>},
    Metric{"e2e", "e2e_s", "one request from prompt to last token", dimension::second,
           Better::lower, seconds<&Figures::end_to_end>},
    Metric{"tokens_per_s", "tokens_per_s", "output tokens of all GPUs while decoding",
           dimension::token_per_second, Better::higher, output},
    Metric{"memory", "memory_bytes", "used on the fullest GPU", dimension::byte, Better::lower,
           memory},
    Metric{"gpus", "gpus", "devices in all", dimension::none, Better::lower, gpus},
    Metric{"power", "power_w", "nominal power of all devices", dimension::watt, Better::lower,
           power},
    Metric{"usd_per_1k_output", "usd_per_1k_output_tokens", "the bill over 1,000 output tokens",
           dimension::money, Better::lower, usd_per_1k_output},
    Metric{"usd_per_1m_output", "usd_per_1m_output_tokens", "the bill over 1M output tokens",
           dimension::money, Better::lower, usd_per_1m_output},
    Metric{"usd_per_1m_input", "usd_per_1m_input_tokens",
           "the prompts' part of the bill over 1M input tokens", dimension::money, Better::lower,
           usd_per_1m_input},
    Metric{"usd_per_month", "usd_per_month", "the bill of 730 hours", dimension::money,
           Better::lower, usd_per_month},
};

}  // namespace

std::span<const Metric, metric_count> metrics() { return rows; }

const Metric* find_metric(std::string_view id) {
    const auto found = std::ranges::find(rows, id, &Metric::id);
    return found == rows.end() ? nullptr : &*found;
}

const Metric& metric_named(std::string_view id, std::string_view label) {
    if (const Metric* metric = find_metric(id)) return *metric;
    std::vector<std::string_view> known;
    for (const Metric& metric : rows) known.push_back(metric.id);
    fail(ErrorCode::bad_choice, formatted("{}: '{}' is no figure", label, id),
         choice_hint(id, known));
}

double parse_figure(const Metric& metric, std::string_view text, std::string_view label) {
    const bool bare = metric.dimension == dimension::none || metric.dimension == dimension::money ||
                      metric.dimension == dimension::token_per_second;
    return bare ? parse_number(text, label) : parse_with_unit(text, metric.dimension, label);
}

}  // namespace roofline
