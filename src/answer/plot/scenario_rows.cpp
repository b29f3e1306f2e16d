#include "scenario_rows.hpp"

#include "roofline/error/user_error.hpp"
#include "roofline/search/point.hpp"

#include "ask/asked_space.hpp"
#include "ask/scenario.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <map>

namespace roofline {
namespace {

constexpr std::uint64_t most_points = 20'000;

using Cells = std::map<std::string, std::string>;  // by column

std::string cell_text(const FieldValue& value) {
    const ShownField shown = shown_field(value);
    if (const auto* number = std::get_if<double>(&shown)) return formatted("{}", *number);
    const auto* text = std::get_if<std::string>(&shown);
    return text == nullptr ? std::string() : *text;
}

Cells inputs_at(const Space& space, std::uint64_t point) {
    std::vector<std::uint64_t> places;
    places_of(space, point, places);
    Deployment d = space.base;
    Cells cells;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const Axis& axis = space.axes[i];
        cells[key_of(axis.field().name)] = cell_text(axis.value(places[i]));
    }
    for (const Field& field : deployment_fields())
        if (const std::string text = cell_text(field.get(d)); !text.empty())
            cells.emplace(key_of(field.name), text);
    if (d.gpus && *d.gpus > 1) cells["hw"] += formatted("x{}", *d.gpus);
    return cells;
}

/// The points of all scenarios, and why the first of them has no figures, if none has any.
struct Points {
    std::vector<Cells> cells;
    std::optional<Fault> silent;
    bool any = false;
};

void add_points(const Sweep& sweep, const std::string& scenario, Points& points) {
    PointAnswerer answer(sweep);
    const std::uint64_t size = sweep.space.size();
    if (points.cells.size() + size > most_points)
        fail(ErrorCode::bad_count,
             formatted("a picture shows {} points at most, these are more", most_points),
             "give the ranges larger steps");
    for (std::uint64_t point = 0; point < size; ++point) {
        Cells cells = inputs_at(sweep.space, point);
        const PointAnswer answered = answer(point);
        for (const Metric& metric : metrics())
            if (const auto figure = answered.figure(metric); figure && answered.reason.empty())
                cells[std::string(metric.key)] = formatted("{}", *figure);
        if (answered.measured)
            cells[std::string(measured_column)] = *answered.measured ? "true" : "false";
        if (answered.requests) cells["requests"] = formatted("{}", *answered.requests);
        if (answered.waiting.value_or(0) > 0)
            cells[std::string(waiting_column)] = formatted("{}", *answered.waiting);
        points.cells.push_back(std::move(cells));
        points.any = points.any || answered.reason.empty();
        if (!points.silent && !answered.reason.empty())
            points.silent = {.code = answered.code,
                             .message = formatted("'{}': {}", scenario, answered.reason)};
    }
}
}  // namespace

FigureRows scenario_rows(const std::vector<std::string>& scenarios, const Knowledge& knowledge,
                         Basis basis, const Asking& asking) {
    Points points;
    for (const std::string& scenario : scenarios) {
        Sweep sweep{.space = space_of(scenario_fields(scenario), asking),
                    .knowledge = knowledge,
                    .basis = basis};
        sweep.prices = PriceTable(sweep.space, asking.catalog);
        add_points(sweep, scenario, points);
    }
    if (!points.any) throw UserError(*points.silent);
    const std::vector<Cells>& all = points.cells;
    FigureRows rows{.name = formatted("{}, of {}", name_of(basis), joined(scenarios, ", ")),
                    .columns = {},
                    .rows = {}};
    const auto add_column = [&](const std::string& key) {
        const bool any =
            std::ranges::any_of(all, [&](const Cells& cells) { return cells.contains(key); });
        if (any) rows.columns.push_back(key);
    };
    for (const Field& field : deployment_fields()) add_column(key_of(field.name));
    for (const Metric& metric : metrics()) add_column(std::string(metric.key));
    add_column("requests");
    add_column(std::string(waiting_column));
    for (const Cells& cells : all) {
        FigureRow row;
        for (const std::string& column : rows.columns) {
            const auto cell = cells.find(column);
            row.cells.push_back(cell == cells.end() ? std::string() : cell->second);
        }
        rows.rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace roofline
