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

struct Answered {
    Cells cells;
    std::map<std::string, FigureRange, std::less<>> ranges;
    std::string reason;  ///< why it lacks figures
    ErrorCode code = {};
    bool stands = false;
};

/// The points of all scenarios, and what the first of them lacks, if all do.
struct Points {
    std::vector<Answered> all;
    std::optional<Fault> silent;    ///< figures
    std::optional<Fault> unpriced;  ///< a price
    bool any = false;
    bool any_priced = false;
};

void add_figures(const Evaluation& evaluation, Basis basis, Answered& answered) {
    const PointAnswer answer = answer_of(evaluation, basis);
    Cells& cells = answered.cells;
    if (answer.measured) cells[std::string(measured_column)] = *answer.measured ? "true" : "false";
    if (answer.requests) cells["requests"] = formatted("{}", *answer.requests);
    if (answer.waiting.value_or(0) > 0)
        cells[std::string(waiting_column)] = formatted("{}", *answer.waiting);
    if (!answer.reason.empty()) {
        answered.reason = answer.reason;
        answered.code = answer.code;
        return;
    }
    answered.stands = true;
    for (const Metric& metric : metrics()) {
        const std::string key(metric.key);
        if (const auto figure = answer.figure(metric)) cells[key] = formatted("{}", *figure);
        if (basis != Basis::expected) continue;
        if (const auto range = expected_range(evaluation, metric)) answered.ranges[key] = *range;
    }
}

/// Answers the points of a scenario with ranges.
class ScenarioPoints {
  public:
    explicit ScenarioPoints(const Sweep& sweep) : basis_(sweep.basis), points_(sweep) {}

    Answered operator()(const Space& space, std::uint64_t point) {
        Answered result{.cells = inputs_at(space, point)};
        try {
            const Evaluation evaluation = points_.evaluate(point);
            result.reason = points_.unpriced();
            add_figures(evaluation, basis_, result);
        } catch (const UserError& error) {
            result.reason = message_text(error.fault());
            result.code = error.fault().code;
        }
        return result;
    }

  private:
    Basis basis_;
    PointAnswerer points_;
};

// Each price that varies is asked about by itself.
bool price_varies(const Space& space) {
    return std::ranges::any_of(space.axes, [](const Axis& axis) {
        const FieldKind kind = axis.field().kind;
        return kind == FieldKind::price || kind == FieldKind::purchase;
    });
}

// Where no device has the price, all points go without, and `lacking` says so.
Sweep priced(Sweep sweep, Catalog& catalog, std::optional<Fault>& lacking) {
    try {
        sweep.prices = PriceTable(sweep.space, catalog);
    } catch (const UserError& error) {
        if (error.fault().code != ErrorCode::unknown_price || price_varies(sweep.space)) throw;
        lacking = error.fault();
        sweep.space.base.price.reset();
        sweep.space.base.purchase.reset();
        sweep.prices = PriceTable(sweep.space, catalog);
    }
    return sweep;
}

void add_points(const Sweep& asked, const std::string& scenario, Catalog& catalog, Points& points) {
    std::optional<Fault> lacking;
    const Sweep sweep = priced(asked, catalog, lacking);
    points.any_priced = points.any_priced || !lacking;
    if (!points.unpriced) points.unpriced = lacking;
    ScenarioPoints answer(sweep);
    const std::uint64_t size = asked.space.size();
    if (points.all.size() + size > most_points)
        fail(ErrorCode::bad_count,
             formatted("a picture shows {} points at most, these are more", most_points),
             "give the ranges larger steps");
    for (std::uint64_t point = 0; point < size; ++point) {
        Answered answered = answer(asked.space, point);
        points.any = points.any || answered.stands;
        if (lacking && answered.stands) answered.reason = message_text(*lacking);
        if (!points.silent && !answered.stands)
            points.silent = {.code = answered.code,
                             .message = formatted("'{}': {}", scenario, answered.reason)};
        points.all.push_back(std::move(answered));
    }
}

std::vector<std::string> columns_of(const std::vector<Answered>& all) {
    std::vector<std::string> columns;
    const auto add = [&](std::string_view key) {
        const std::string name(key);
        const bool any = std::ranges::any_of(
            all, [&](const Answered& answered) { return answered.cells.contains(name); });
        if (any) columns.push_back(name);
    };
    for (const Field& field : deployment_fields()) add(key_of(field.name));
    for (const Metric& metric : metrics()) add(metric.key);
    add(measured_column);
    add("requests");
    add(waiting_column);
    return columns;
}

}  // namespace

FigureRows scenario_rows(const std::vector<std::string>& scenarios, const Knowledge& knowledge,
                         Basis basis, const Asking& asking) {
    Points points;
    for (const std::string& scenario : scenarios) {
        const Sweep asked{.space = space_of(scenario_fields(scenario), asking),
                          .prices = {},
                          .knowledge = knowledge,
                          .basis = basis};
        add_points(asked, scenario, asking.catalog, points);
    }
    if (points.unpriced && !points.any_priced) throw UserError(*points.unpriced);
    if (!points.any) throw UserError(*points.silent);
    FigureRows rows{.name = formatted("{}, of {}", name_of(basis), joined(scenarios, ", ")),
                    .columns = columns_of(points.all),
                    .rows = {}};
    for (Answered& answered : points.all) {
        FigureRow row{.cells = {},
                      .ranges = std::move(answered.ranges),
                      .reason = std::move(answered.reason)};
        for (const std::string& column : rows.columns) row.cells.push_back(answered.cells[column]);
        rows.rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace roofline
