#include "sweep_rows.hpp"

#include "answer/figure_cells.hpp"
#include "search/point_choice.hpp"

#include <algorithm>

namespace roofline {
namespace {

// What was asked for, then what people look at first; the others stand where there is room.
Need need_of(const Metric& metric, std::span<const Metric* const> asked) {
    if (std::ranges::find(asked, &metric) != asked.end()) return Need::asked;
    for (const Metric* first :
         {&the_metric("ttft"), &the_metric("tpot"), &the_metric("tokens_per_s")})
        if (&metric == first) return Need::if_filled;
    return Need::if_room;
}

}  // namespace

void add_answer_columns(std::span<const Metric* const> asked, std::vector<Column>& columns) {
    columns.push_back({"fits", "fits"});
    for (const Metric& metric : metrics())
        columns.push_back(
            {std::string(metric.name), std::string(metric.key), 3, need_of(metric, asked)});
    columns.push_back({"measured", "measured", 3, Need::if_filled});
    columns.push_back({"starts", "starts", 3, Need::if_room});
    columns.push_back({"requests", "requests", 3, Need::if_room});
    columns.push_back({"waiting", "waiting", 3, Need::if_filled});
    columns.push_back({"reason", "reason", 3, Need::if_room});
}

void add_answer_cells(const PointAnswer& answer, Dialect dialect, Row& row) {
    row.emplace_back();
    if (answer.fits) row.back() = *answer.fits;
    add_figure_cells(answer, row);
    row.push_back(answer.measured ? Cell(*answer.measured) : Cell());
    row.push_back(answer.starts ? Cell(std::string(name_of(*answer.starts))) : Cell());
    row.push_back(answer.requests ? Cell(*answer.requests) : Cell());
    row.push_back(answer.waiting.value_or(0) > 0 ? Cell(*answer.waiting) : Cell());
    row.emplace_back();
    if (!answer.reason.empty())
        row.back() = in_dialect(answer.reason, dialect);
    else if (answer.starts == Starts::marginal)
        row.back() = std::string("may not start");
    else if (!answer.unpriced.empty())
        row.back() = in_dialect(answer.unpriced, dialect);
}

std::vector<Column> columns_of(const Space& space, std::span<const Metric* const> asked) {
    std::vector<Column> columns;
    for (const Axis& axis : space.axes) {
        columns.push_back(column_of(axis.field()));
        columns.back().need = Need::asked;
    }
    add_answer_columns(asked, columns);
    return columns;
}

void fill_row(const Space& space, std::uint64_t point, const PointAnswer& answer, Row& row) {
    std::vector<std::uint64_t> places;
    places_of(space, point, places);
    row.clear();
    for (std::size_t i = 0; i < places.size(); ++i)
        row.push_back(cell_of(shown_field(space.axes[i].value(places[i]))));
    add_answer_cells(answer, Dialect::flags, row);
}

}  // namespace roofline
