#include "roofline/evaluate/metric.hpp"

#include "error/choice.hpp"
#include "units/parse.hpp"

namespace roofline {
namespace {

const Metric* find_by(std::string_view name, std::string_view Metric::*member) {
    const auto found = std::ranges::find(metric_table, name, member);
    return found == metric_table.end() ? nullptr : &*found;
}

}  // namespace

std::optional<double> figure::used_memory(const Figures& figures) {
    const bool known = figures.memory.usable > Bytes();
    return known ? std::optional(figures.memory.used().in(byte)) : std::nullopt;
}

std::optional<double> figure::gpus(const Figures& figures) { return figures.gpus; }

std::span<const Metric, metric_count> metrics() { return metric_table; }

const Metric* find_metric(std::string_view id) { return find_by(id, &Metric::id); }
const Metric* find_metric_by_key(std::string_view key) { return find_by(key, &Metric::key); }

const Metric& metric_named(std::string_view id, std::string_view label) {
    if (const Metric* metric = find_metric(id)) return *metric;
    if (const Metric* metric = find_by(id, &Metric::name)) return *metric;
    throw UserError(no_choice(id, label, "figure", names_of(metric_table, &Metric::id)));
}

double parse_figure(const Metric& metric, std::string_view text, std::string_view label) {
    const bool bare = metric.dimension == dimension::none || metric.dimension == dimension::money ||
                      metric.dimension == dimension::token_per_second;
    return bare ? parse_number(text, label) : parse_with_unit(text, metric.dimension, label);
}

}  // namespace roofline
