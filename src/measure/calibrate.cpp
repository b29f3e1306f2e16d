#include "roofline/measure/calibrate.hpp"

#include "error/dialect.hpp"
#include "input/json.hpp"
#include "input/json_object.hpp"
#include "least_squares.hpp"
#include "sources.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace roofline {
namespace {

constexpr double loss_scale = 0.15;
constexpr double first_token_weight = 0.6;
// Deployments differ from the fit by about this much: a scale further off needs more rows.
constexpr double usual_spread = 0.2;
constexpr Bounds bounds_of_a_scale{.lower = 0.3, .upper = 3};

using RowPointers = std::vector<const MeasuredRow*>;

[[noreturn]] void fail(std::string message, std::string hint) {
    throw UserError({.code = ErrorCode::not_enough_rows,
                     .message = std::move(message),
                     .hint = std::move(hint)});
}

CalibrationScales scales_of(const std::vector<double>& values) {
    return {.decode_step = values[0], .interference = values[1], .first_token = values[2]};
}

std::vector<double> values_of(const CalibrationScales& scales) {
    return {scales.decode_step, scales.interference, scales.first_token};
}

// Fits, and counts what they take.
class Fitter {
  public:
    explicit Fitter(const FittedEfficiency& fitted) : fitted_(fitted) {}

    Prediction predicted(const Deployment& deployment, const CalibrationScales& scales) {
        ++predictions_;
        return predict(deployment, fitted_, scales);
    }
    CalibrationScales scales(const RowPointers& rows, const CalibrationScales& from = {});
    std::size_t predictions() const { return predictions_; }

  private:
    std::vector<double> residuals(const RowPointers& rows, const std::vector<double>& values);

    const FittedEfficiency& fitted_;
    std::size_t predictions_ = 0;
};

std::vector<double> Fitter::residuals(const RowPointers& rows, const std::vector<double>& values) {
    std::vector<double> residuals;
    for (const MeasuredRow* row : rows) {
        const Prediction predicted = this->predicted(row->deployment, scales_of(values));
        residuals.push_back(std::log(predicted.time_per_token / *row->time_per_token));
        const bool first = row->first_token_usable && row->time_to_first_token > Seconds();
        residuals.push_back(first ? first_token_weight * std::log(predicted.time_to_first_token /
                                                                  *row->time_to_first_token)
                                  : 0);
    }
    for (const double value : values)
        residuals.push_back(loss_scale / usual_spread * std::log(value));
    return residuals;
}

CalibrationScales Fitter::scales(const RowPointers& rows, const CalibrationScales& from) {
    std::set<double> loads;
    for (const MeasuredRow* row : rows) loads.insert(*row->deployment.concurrency);
    const Bounds still{.lower = 1, .upper = 1};
    const std::vector<Bounds> bounds{
        bounds_of_a_scale, loads.size() > 1 ? bounds_of_a_scale : still, bounds_of_a_scale};
    std::vector<double> start = values_of(from);
    for (std::size_t i = 0; i < start.size(); ++i)
        start[i] = std::clamp(start[i], bounds[i].lower, bounds[i].upper);
    return scales_of(
        least_squares([&](const std::vector<double>& values) { return residuals(rows, values); },
                      std::move(start), bounds, loss_scale));
}

struct ErrorLists {
    std::vector<double> token;
    std::vector<double> first;

    void add(const MeasuredRow& row, const Prediction& predicted) {
        const RowErrors errors = errors_of({row, predicted});
        if (errors.time_per_token) token.push_back(*errors.time_per_token);
        if (errors.time_to_first_token) first.push_back(*errors.time_to_first_token);
    }
};

// Each row by a fit without it. Up to `most_fits` rows are left out one at a time; of more, every
// `most_fits`th row together, from where the fit of all of them ended, so that the work grows with
// the rows and not with their square.
ErrorLists held_out_errors(const RowPointers& all, Fitter& fitter, const CalibrationScales& whole) {
    constexpr std::size_t most_fits = 50;
    ErrorLists errors;
    if (all.size() == 1) return errors;
    const bool few = all.size() <= most_fits;
    for (std::size_t part = 0; part < std::min(all.size(), most_fits); ++part) {
        RowPointers left_out;
        RowPointers others;
        for (std::size_t i = 0; i < all.size(); ++i)
            (i % most_fits == part ? left_out : others).push_back(all[i]);
        const CalibrationScales scales = fitter.scales(others, few ? CalibrationScales() : whole);
        for (const MeasuredRow* row : left_out)
            errors.add(*row, fitter.predicted(row->deployment, scales));
    }
    return errors;
}

void refuse_impossible(const MeasuredRow& row, const Prediction& predicted) {
    if (!beats_the_data_sheet(row, predicted)) return;
    throw UserError(
        {.code = ErrorCode::bad_table,
         .message = formatted(
             "line {}: {:.4g} ms per token is less than the data sheet allows, {:.4g} ms", row.line,
             row.time_per_token->in(millisecond), predicted.least_time_per_token.in(millisecond)),
         .hint = "is tpot_ms in milliseconds? Rows with a flag are passed over"});
}

void check_one_deployment(const std::vector<MeasuredRow>& rows) {
    std::set<std::string> names;
    for (const MeasuredRow& row : rows) {
        const Deployment& d = row.deployment;
        names.insert(formatted("{} on {} with {}", d.model->id, d.device->id,
                               name_of(d.engine.value_or(EngineChoice()).program)));
    }
    if (names.size() > 1)
        fail(formatted("the rows are of {} deployments: {} and {}", names.size(), *names.begin(),
                       *std::next(names.begin())),
             "calibrate one deployment at a time");
}

// Why the last row that was left out cannot be used is said where there is none that can.
std::vector<MeasuredRow> usable_rows(Source source, Catalog& catalog,
                                     const FittedEfficiency& fitted) {
    std::vector<MeasuredRow> rows;
    std::string why = "the file has no rows";
    read_measured_rows(std::move(source), catalog, [&](MeasuredRow row) {
        const bool measured = row.time_per_token && *row.time_per_token > Seconds();
        if (!row.skip.empty()) why = row.skip;
        if (!measured) why = "tpot_ms is unknown";
        if (row.deployment.batch) why = "a static batch says nothing of a server";
        if (!row.flag.empty()) why = formatted("flagged {}", row.flag);
        const bool served = row.skip.empty() && !row.deployment.batch;
        if (!served || !row.flag.empty() || !measured) return;
        try {
            refuse_impossible(row, predict(row.deployment, fitted));
            rows.push_back(std::move(row));
        } catch (const UserError& error) {
            if (error.fault().code == ErrorCode::bad_table) throw;
            const Fault fault = in_dialect(error.fault(), Dialect::keys);
            why = formatted("line {}: {}", row.line, fault.message);
        }
    });
    if (rows.empty())
        fail(formatted("no row can be used: {}", why),
             "a row needs hardware, model, concurrency, input_tokens, output_tokens and tpot_ms");
    return rows;
}

}  // namespace

CalibrationResult calibrate(Source source, Catalog& catalog, const FittedEfficiency& fitted) {
    const std::vector<MeasuredRow> rows = usable_rows(std::move(source), catalog, fitted);
    check_one_deployment(rows);
    RowPointers all;
    for (const MeasuredRow& row : rows) all.push_back(&row);
    const Deployment& d = rows.front().deployment;
    Fitter fitter(fitted);
    CalibrationResult result;
    result.calibration = {.scales = fitter.scales(all),
                          .device = d.device->id,
                          .model = d.model->id,
                          .engine = std::string(name_of(d.engine.value_or(EngineChoice()).program)),
                          .rows = static_cast<double>(rows.size())};
    ErrorLists before;
    for (const MeasuredRow* row : all) before.add(*row, fitter.predicted(row->deployment, {}));
    const ErrorLists held_out = held_out_errors(all, fitter, result.calibration.scales);
    result.before = summary_of(before.token);
    result.held_out = summary_of(held_out.token);
    result.first_token_before = summary_of(before.first);
    result.first_token_held_out = summary_of(held_out.first);
    result.predictions = fitter.predictions();
    return result;
}

CalibrationResult calibrate(const std::string& path, Catalog& catalog,
                            const FittedEfficiency& fitted) {
    return calibrate(read_source(path), catalog, fitted);
}

Calibration read_calibration(Source source) {
    const JsonDocument document = parse_json(std::move(source), JsonDialect::strict);
    JsonObject root(document);
    if (root.text("schema") != "roofline/calibrate/1")
        root.fail("schema", "this is no calibration",
                  "roofline calibrate runs.csv -o profile.json writes one");
    JsonObject result = root.object("result");
    JsonObject scales = result.object("scales");
    return {.scales = {.decode_step = scales.positive("decode_step"),
                       .interference = scales.positive("interference"),
                       .first_token = scales.positive("first_token")},
            .device = result.text("device"),
            .model = result.text("model"),
            .engine = result.text("engine"),
            .rows = result.positive("rows"),
            .file = document.source.name};
}

Calibration read_calibration(const std::string& path) {
    Calibration calibration = read_calibration(read_source(path));
    calibration.file = path;
    return calibration;
}

}  // namespace roofline
