#include "figure_cells.hpp"

namespace roofline {
namespace {

constexpr int count_digits = 9;  // counts are shown whole

}  // namespace

Cell figure_cell(const std::optional<Measure>& measure) {
    if (!measure) return {};
    return measure->dimension == dimension::none ? Cell(measure->value) : Cell(*measure);
}

Cell figure_cell(const Metric& metric, const std::optional<double>& figure) {
    if (!figure) return {};
    if (metric.dimension == dimension::token_per_second) return *figure;  // its name is its unit
    return figure_cell(Measure(*figure, metric.dimension));
}

Record metrics_record(const Figures& figures) {
    Record record;
    for (const Metric& metric : metrics()) record.add(metric.key, Value(metric.get(figures)));
    return record;
}

Record metrics_record(const PointAnswer& answer) {
    Record record;
    for (const Metric& metric : metrics()) record.add(metric.key, Value(answer.figure(metric)));
    return record;
}

void add_figure_cells(const PointAnswer& answer, Row& row) {
    for (std::size_t i = 0; i < metric_count; ++i)
        row.push_back(figure_cell(metrics()[i], answer.figures[i]));
}

Column column_of(const Field& field) {
    return {std::string(field.name), key_of(field.name), count_digits};
}

Cell cell_of(const ShownField& shown) {
    if (const auto* number = std::get_if<double>(&shown)) return *number;
    const auto* text = std::get_if<std::string>(&shown);
    return text == nullptr ? Cell() : Cell(*text);
}

}  // namespace roofline
