#include "roofline/measure/validation.hpp"

#include "roofline/error/user_error.hpp"

#include "evaluate/static_batch.hpp"
#include "sources.hpp"
#include "text/formatted.hpp"

namespace roofline {
namespace {

Prediction prediction_of(const StaticBatch& batch, const FittedEfficiency& fitted) {
    return {.time_to_first_token = batch.prompts,
            .time_per_token = batch.step,
            .end_to_end = batch.whole,
            .output_per_gpu = batch.output_per_gpu,
            .band = fitted.widest()};
}

Layout full_layout(const Deployment& d) {
    return layout_of(d.batch ? complete_batch(d) : complete_service(d));
}

// That a run was measured says that it started: nothing but the weights is held against it.
void check_room(const Prepared& prepared) {
    const Device& device = *prepared.deployment.device;
    const Bytes weights = prepared.workload.weights;
    const Bytes capacity = device.capacity();
    if (weights > capacity)
        fail(ErrorCode::does_not_fit,
             formatted("the weights do not fit: {:.4g} GB on {:.4g} GB of {}", weights.in(gigabyte),
                       capacity.in(gigabyte), device.id),
             "more GPUs, or a narrower format");
}

}  // namespace

Prediction predict(const Deployment& deployment, const FittedEfficiency& fitted,
                   const CalibrationScales& scales) {
    if (deployment.batch)
        return prediction_of(static_batch(deployment, fitted.values, scales), fitted);
    LoweredDeployment lowered(deployment, {.fit = Fit::given, .fitted = &fitted, .scales = scales});
    check_room(lowered.prepared());
    const Evaluation evaluation = lowered.evaluate();
    const ServedOutcome& outcome = evaluation.service();
    return {.time_to_first_token = outcome.expected.time_to_first_token,
            .time_per_token = outcome.expected.time_per_token,
            .end_to_end = outcome.expected.end_to_end,
            .output_per_gpu = outcome.expected.output_per_gpu,
            .least_time_per_token = outcome.bound.time_per_token,
            .band = outcome.band};
}

bool beats_the_data_sheet(const MeasuredRow& row, const Prediction& predicted) {
    return row.flag.empty() && row.time_per_token && *row.time_per_token > Seconds() &&
           *row.time_per_token < predicted.least_time_per_token;
}

Validation validate(Source source, Catalog& catalog, const FittedEfficiency& fitted,
                    const CalibrationScales& scales) {
    Validation validation;
    validation.unread_columns =
        read_measured_rows(std::move(source), catalog, [&](MeasuredRow row) {
            ValidatedRow validated{.row = std::move(row), .predicted = {}};
            if (validated.row.skip.empty()) {
                try {
                    validated.predicted = predict(validated.row.deployment, fitted, scales);
                } catch (const UserError& error) {
                    validated.row.skip = error.fault().message;
                }
            }
            if (!validated.row.skip.empty()) ++validation.skipped[validated.row.skip];
            validation.rows.push_back(std::move(validated));
        });
    return validation;
}

Validation validate(const std::string& path, Catalog& catalog, const FittedEfficiency& fitted,
                    const CalibrationScales& scales) {
    return validate(read_source(path), catalog, fitted, scales);
}

std::optional<TokensPerSecond> measured_output_per_gpu(const MeasuredRow& row) {
    const Deployment& d = row.deployment;
    if (row.output) return *row.output / full_layout(d).gpus();
    if (!row.time_to_first_token || !row.time_per_token || !row.first_token_usable || d.batch)
        return std::nullopt;
    const double answer = *d.osl;
    const Seconds turn = *row.time_to_first_token + answer * *row.time_per_token;
    return *d.concurrency * answer * token / (turn * full_layout(d).instance());
}

RowErrors errors_of(const ValidatedRow& validated) {
    const MeasuredRow& row = validated.row;
    RowErrors errors;
    if (!row.skip.empty() || !row.flag.empty()) return errors;
    const Prediction& predicted = validated.predicted;
    const auto error = [](Seconds expected, const std::optional<Seconds>& measured) {
        const bool known = measured && *measured > Seconds();
        return known ? std::optional(expected / *measured - 1) : std::nullopt;
    };
    errors.time_per_token = error(predicted.time_per_token, row.time_per_token);
    errors.end_to_end = error(predicted.end_to_end, row.end_to_end);
    if (row.first_token_usable)
        errors.time_to_first_token = error(predicted.time_to_first_token, row.time_to_first_token);
    if (!row.output && !errors.time_to_first_token) return errors;
    if (const auto measured = measured_output_per_gpu(row))
        errors.output = predicted.output_per_gpu / *measured - 1;
    return errors;
}

}  // namespace roofline
