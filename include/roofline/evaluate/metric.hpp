// The one table of figures that limits, objectives, columns and comparisons speak of.
#pragma once

#include "roofline/evaluate/figures.hpp"
#include "roofline/units/dimension.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string_view>

namespace roofline {

enum class Better { lower, higher };

/// `get` gives base units, or nothing when the deployment does not answer it.
struct Metric {
    std::string_view id;
    std::string_view key;   ///< in JSON: the id and its unit
    std::string_view noun;  ///< in a title
    std::string_view name;  ///< in a column or a verdict, for people
    std::string_view help;
    Dimension dimension;
    Better better;
    std::optional<double> (*get)(const Figures&);
};

namespace figure {

/// A quantity of the figures, in base units.
template <auto Member>
std::optional<double> quantity(const Figures& figures) {
    const auto& known = figures.*Member;
    if (!known) return std::nullopt;
    return known->in(std::remove_cvref_t<decltype(*known)>::base_unit());
}

/// An amount of the bill, where it is in dollars.
template <auto Amount>
std::optional<double> usd(const Figures& figures) {
    if (!figures.bill || figures.bill->currency != Currency::usd) return std::nullopt;
    const std::optional<Money> amount = ((*figures.bill).*Amount)();
    return amount ? std::optional(amount->in(dollar)) : std::nullopt;
}

std::optional<double> used_memory(const Figures& figures);
std::optional<double> gpus(const Figures& figures);

}  // namespace figure

/// A new metric is a row here.
inline constexpr std::array metric_table{
    Metric{"ttft", "ttft_s", "time to the first token", "first token",
           "time to the first token; of a step: one prefill", dimension::second, Better::lower,
           figure::quantity<&Figures::time_to_first_token>},
    Metric{"tpot", "tpot_s", "time per token", "per token",
           "time per output token; of a step: one decode step", dimension::second, Better::lower,
           figure::quantity<&Figures::time_per_token>},
    Metric{"e2e", "e2e_s", "time per request", "whole answer",
           "one request from prompt to last token", dimension::second, Better::lower,
           figure::quantity<&Figures::end_to_end>},
    Metric{"tokens_per_s", "tokens_per_s", "throughput", "tokens/s",
           "output tokens of all GPUs while decoding", dimension::token_per_second, Better::higher,
           figure::quantity<&Figures::output>},
    Metric{"memory", "memory_bytes", "memory", "memory", "used on the fullest GPU", dimension::byte,
           Better::lower, figure::used_memory},
    Metric{"gpus", "gpus", "gpus", "GPUs", "devices in all", dimension::none, Better::lower,
           figure::gpus},
    Metric{"power", "power_w", "power", "power", "nominal power of all devices", dimension::watt,
           Better::lower, figure::quantity<&Figures::power>},
    Metric{"usd_per_1k_output", "usd_per_1k_output_tokens", "cost of 1k output tokens",
           "$ per 1K output", "the bill over 1,000 output tokens", dimension::money, Better::lower,
           figure::usd<&Bill::per_1k_output>},
    Metric{"usd_per_1m_output", "usd_per_1m_output_tokens", "cost of 1M output tokens",
           "$ per 1M output", "the bill over 1M output tokens", dimension::money, Better::lower,
           figure::usd<&Bill::per_1m_output>},
    Metric{"usd_per_1m_input", "usd_per_1m_input_tokens", "cost of 1M prompt tokens",
           "$ per 1M input", "the prompts' part of the bill over 1M input tokens", dimension::money,
           Better::lower, figure::usd<&Bill::per_1m_input>},
    Metric{"usd_per_month", "usd_per_month", "cost of a month", "$ per month",
           "the bill of 730 hours", dimension::money, Better::lower, figure::usd<&Bill::per_month>},
};

inline constexpr std::size_t metric_count = metric_table.size();
std::span<const Metric, metric_count> metrics();

/// Where a metric stands in the table.
inline std::size_t index_of(const Metric& metric) {
    return static_cast<std::size_t>(&metric - metric_table.data());
}

/// A metric that code speaks of. One that is not in the table does not compile.
consteval const Metric& the_metric(std::string_view id) {
    return *std::ranges::find(metric_table, id, &Metric::id);
}

/// nullptr where there is none of that id, or of that key.
const Metric* find_metric(std::string_view id);
const Metric* find_metric_by_key(std::string_view key);

/// The metric of that id, or of that name for people. `label` is what names it: "--sort". Throws
/// E106 with the nearest ids.
const Metric& metric_named(std::string_view id, std::string_view label);

/// A figure as people write it: with its unit ("25ms", "700W", "70GB") where the id has none, a
/// bare number for counts, tokens per second and money. In base units. Throws UserError.
double parse_figure(const Metric& metric, std::string_view text, std::string_view label);

}  // namespace roofline
