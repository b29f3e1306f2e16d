#include "sweep_rows.hpp"

#include "ask/asked_space.hpp"

#include <algorithm>

namespace roofline::cli {
namespace {

constexpr int count_digits = 9;  // counts are shown whole

// What people look at first; the others stand where there is room.
Need need_of(const Metric& metric, bool priced) {
    for (const Metric* first :
         {&the_metric("ttft"), &the_metric("tpot"), &the_metric("tokens_per_s")})
        if (&metric == first) return Need::if_filled;
    return priced && &metric == &the_metric("usd_per_1m_output") ? Need::if_filled : Need::if_room;
}

}  // namespace

bool is_priced(const Space& space) {
    const auto pays = [](const Axis& axis) {
        return axis.field().kind == FieldKind::price || axis.field().kind == FieldKind::purchase;
    };
    return space.base.price || space.base.purchase || std::ranges::any_of(space.axes, pays);
}

void add_answer_columns(bool priced, std::vector<Column>& columns) {
    columns.push_back({"fits", "fits"});
    for (const Metric& metric : metrics())
        columns.push_back(
            {std::string(metric.id), std::string(metric.key), 3, need_of(metric, priced)});
    columns.push_back({"reason", "reason", 3, Need::if_filled});
}

void add_figure_cells(const PointAnswer& answer, Row& row) {
    for (std::size_t i = 0; i < metric_count; ++i) {
        const auto& figure = answer.figures[i];
        if (!figure)
            row.emplace_back();
        else if (metrics()[i].dimension == dimension::none)
            row.emplace_back(*figure);
        else
            row.emplace_back(Measure(*figure, metrics()[i].dimension));
    }
}

void add_answer_cells(const PointAnswer& answer, Row& row) {
    row.emplace_back();
    if (answer.fits) row.back() = *answer.fits;
    add_figure_cells(answer, row);
    row.emplace_back();
    if (!answer.reason.empty()) row.back() = answer.reason;
}

Column column_of(const Field& field) {
    return {std::string(field.name), key_of(field.name), count_digits};
}

Cell cell_of(const FieldValue& value) {
    const ShownField shown = shown_field(value);
    if (const auto* number = std::get_if<double>(&shown)) return *number;
    const auto* text = std::get_if<std::string>(&shown);
    return text == nullptr ? Cell() : Cell(*text);
}

std::vector<Column> columns_of(const Space& space) {
    std::vector<Column> columns;
    for (const Axis& axis : space.axes) columns.push_back(column_of(axis.field()));
    add_answer_columns(is_priced(space), columns);
    return columns;
}

void fill_row(const Space& space, std::uint64_t point, const PointAnswer& answer, Row& row) {
    std::vector<std::uint64_t> places;
    places_of(space, point, places);
    row.clear();
    for (std::size_t i = 0; i < places.size(); ++i)
        row.push_back(cell_of(space.axes[i].value(places[i])));
    add_answer_cells(answer, row);
}

}  // namespace roofline::cli
