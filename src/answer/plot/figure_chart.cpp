#include "figure_chart.hpp"

#include "roofline/error/user_error.hpp"
#include "roofline/workload/fields.hpp"

#include "report/value.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <optional>
#include <utility>

namespace roofline {
namespace {

bool is_in(std::size_t column, const std::vector<std::size_t>& columns) {
    return std::ranges::find(columns, column) != columns.end();
}

// "sequences in a decode step, per replica [1]" without what stands for the default.
std::string_view words_before(std::string_view help, std::string_view stops) {
    std::string_view words = help.substr(0, help.find_first_of(stops));
    while (words.ends_with(' ')) words.remove_suffix(1);
    return words;
}

std::string label_of(std::string_view column) {
    if (const Metric* metric = find_metric_by_key(column))
        return formatted("{}: {}", metric->id, words_before(metric->help, ";"));
    const std::string name = name_of_key(column);
    const Field* field = find_field(name);
    return field == nullptr ? std::string(column)
                            : formatted("{}: {}", name, words_before(field->help, "[;"));
}

// More than one decade, and all above 0.
Scaling scaling_of(const std::vector<double>& values) {
    constexpr double decade = 10;
    const auto [least, most] = std::ranges::minmax(values);
    return least > 0 && most > decade * least ? Scaling::logarithmic : Scaling::linear;
}

ChartAxis axis_of(const std::string& column, const std::vector<double>& values) {
    const Metric* metric = find_metric_by_key(column);
    return {.name = metric == nullptr ? column : std::string(metric->id),
            .key = column,
            .label = label_of(column),
            .dimension = metric == nullptr ? dimension_of(column) : metric->dimension,
            .scaling = scaling_of(values)};
}

std::string noun_of(const ChartAxis& axis) {
    const Metric* metric = find_metric_by_key(axis.key);
    return metric == nullptr ? axis.name : std::string(metric->noun);
}
std::string title_of(const Chart& chart) {
    std::string title = formatted("{} against {}", noun_of(chart.y), noun_of(chart.x));
    title[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(title[0])));
    return title;
}

// Cells of some columns in words: "h100-sxm fp8 context=4096". Names speak for themselves, numbers
// do not.
class Combination {
  public:
    Combination(const FigureRows& rows, const std::vector<std::size_t>& columns) {
        for (const std::size_t column : columns)
            parts_.emplace_back(column,
                                holds_numbers(rows, column) ? rows.columns[column] + "=" : "");
    }
    std::string of(const FigureRow& row) const {
        std::vector<std::string> words;
        for (const auto& [column, prefix] : parts_) words.push_back(prefix + row.cells[column]);
        return joined(words, " ");
    }

  private:
    std::vector<std::pair<std::size_t, std::string>> parts_;
};

// Inputs that vary within a series, other than x.
std::vector<std::size_t> free_fields(const FigureRows& rows, const FigureChoice& choice) {
    std::vector<std::size_t> result = varying_fields(rows);
    std::erase_if(result, [&](std::size_t column) {
        return column == choice.x || column == choice.y || is_in(column, choice.groups);
    });
    return result;
}

// The column whose numbers order the points of a line; nullopt where there is none.
std::optional<std::size_t> ordering_column(const FigureRows& rows, const FigureChoice& choice,
                                           const std::vector<std::size_t>& free) {
    if (free.empty()) return choice.x;
    const bool curve = find_metric_by_key(rows.columns[choice.x]) != nullptr && free.size() == 1 &&
                       holds_numbers(rows, free[0]);
    return curve ? std::optional(free[0]) : std::nullopt;
}

/// A row that has both figures.
struct Plottable {
    const FigureRow* row;
    double x;
    double y;
    double order;
};

std::vector<Plottable> plottable_rows(const FigureRows& rows, const FigureChoice& choice,
                                      const std::optional<std::size_t>& ordering) {
    std::vector<Plottable> result;
    for (const FigureRow& row : rows.rows) {
        const auto x = number_in(rows, row, choice.x);
        const auto y = number_in(rows, row, choice.y);
        if (!x || !y) continue;
        const auto order = ordering ? number_in(rows, row, *ordering) : std::nullopt;
        result.push_back({&row, *x, *y, order.value_or(0)});
    }
    std::ranges::stable_sort(result, {}, &Plottable::order);
    return result;
}

ChartAxis axis_of(const std::string& column, const std::vector<Plottable>& rows,
                  double Plottable::*value) {
    std::vector<double> values;
    for (const Plottable& row : rows) values.push_back(row.*value);
    return axis_of(column, values);
}

void add_point(ChartPoint point, const std::string& name, Stroke stroke, Chart& chart) {
    auto series = std::ranges::find(chart.series, name, &Series::name);
    if (series == chart.series.end()) {
        chart.series.push_back({.name = name, .stroke = stroke, .points = {}});
        series = std::prev(chart.series.end());
    }
    series->points.push_back(std::move(point));
}

// Hollow where requests wait: its times are a queue's.
ChartPoint point_of(const FigureRows& rows, const FigureChoice& choice, const Plottable& one,
                    std::string name) {
    ChartPoint point{.x = one.x, .y = one.y, .name = std::move(name)};
    const auto range = one.row->ranges.find(rows.columns[choice.y]);
    if (range != one.row->ranges.end()) point.span = {range->second.low, range->second.high};
    const auto waiting = std::ranges::find(rows.columns, waiting_column);
    if (waiting == rows.columns.end()) return point;
    const auto column = static_cast<std::size_t>(waiting - rows.columns.begin());
    point.hollow = number_in(rows, *one.row, column).value_or(0) > 0;
    if (point.hollow) point.note = "requests wait for a place";
    return point;
}

std::string first_reason(const FigureRows& rows, const FigureChoice& choice) {
    const auto lacks = [&](const FigureRow& row) {
        return row.cells[choice.x].empty() || row.cells[choice.y].empty();
    };
    const auto found = std::ranges::find_if(rows.rows, lacks);
    return found == rows.rows.end() ? std::string() : found->reason;
}

void refuse_too_many(const Chart& chart) {
    constexpr std::size_t most = 30;
    if (chart.series.size() <= most) return;
    fail(ErrorCode::bad_choice,
         formatted("more than {} groups of points cannot be told apart", most),
         "group by fewer columns: --series hw");
}

[[noreturn]] void nothing_to_draw(const FigureRows& rows, const FigureChoice& choice) {
    if (rows.rows.empty())
        throw UserError({.code = ErrorCode::not_enough_rows,
                         .message = "there is no row under the header",
                         .hint = "every row is a point",
                         .where = {.file = rows.name}});
    const std::string reason = first_reason(rows, choice);
    throw UserError(
        {.code = ErrorCode::not_enough_rows,
         .message = formatted("none of {} rows has both {} and {}{}{}", rows.rows.size(),
                              rows.columns[choice.x], rows.columns[choice.y],
                              reason.empty() ? "" : ": ", reason),
         .hint = "a deployment that does not fit has no figures, and one without a "
                 "price no costs: take other columns",
         .where = {.file = rows.name}});
}

}  // namespace

std::vector<std::size_t> usual_groups(const FigureRows& rows, std::size_t x, std::size_t y) {
    const bool is_field = find_metric_by_key(rows.columns[x]) == nullptr;
    std::vector<std::size_t> groups = varying_fields(rows);
    std::erase_if(groups, [&](std::size_t column) {
        return column == x || column == y || (!is_field && holds_numbers(rows, column));
    });
    return groups;
}

FigureChart figure_chart(const FigureRows& rows, const FigureChoice& choice) {
    const std::vector<std::size_t> free = free_fields(rows, choice);
    const auto ordering = ordering_column(rows, choice, free);
    const std::vector<Plottable> shown = plottable_rows(rows, choice, ordering);
    if (shown.empty()) nothing_to_draw(rows, choice);
    Chart chart{.title = {},
                .x = axis_of(rows.columns[choice.x], shown, &Plottable::x),
                .y = axis_of(rows.columns[choice.y], shown, &Plottable::y)};
    chart.title = title_of(chart);
    const Combination series(rows, choice.groups);
    const Combination point(rows, free);
    for (const Plottable& one : shown) {
        const std::string name = choice.groups.empty() ? chart.y.name : series.of(*one.row);
        add_point(point_of(rows, choice, one, point.of(*one.row)), name,
                  ordering ? Stroke::line : Stroke::points, chart);
        refuse_too_many(chart);
    }
    if (chart.series.size() > 1)
        for (Series& one : chart.series)
            if (one.stroke == Stroke::line) one.label = one.name;
    FigureChart result{.chart = std::move(chart), .left_out = rows.rows.size() - shown.size()};
    result.reason = first_reason(rows, choice);
    for (const Plottable& one : shown)
        if (cell_of(rows, *one.row, measured_column) == "false") ++result.guessed;
    return result;
}

}  // namespace roofline
