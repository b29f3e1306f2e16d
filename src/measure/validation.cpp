#include "roofline/measure/validation.hpp"

#include "roofline/error/user_error.hpp"

namespace roofline {

Prediction predict(const Deployment& deployment, const Efficiency& efficiency,
                   const FittedEfficiency* fitted, const Scales& scales) {
    const PreparedService service = prepare_service(deployment, efficiency, fitted, scales);
    const ServedOutcome outcome = serve(service, service.load.concurrency);
    return {.time_to_first_token = outcome.expected.time_to_first_token,
            .time_per_token = outcome.expected.time_per_token,
            .output_per_gpu = outcome.expected.output_per_gpu,
            .band = outcome.band};
}

Validation validate(Source source, Catalog& catalog, const FittedEfficiency& fitted,
                    const Scales& scales) {
    Validation validation;
    validation.unread_columns =
        read_measured_rows(std::move(source), catalog, [&](MeasuredRow row) {
            ValidatedRow validated{.row = std::move(row), .predicted = {}};
            if (validated.row.skip.empty()) {
                try {
                    validated.predicted =
                        predict(validated.row.deployment, fitted.values, &fitted, scales);
                } catch (const UserError& error) {
                    validated.row.skip = error.fault().message;
                }
            }
            if (!validated.row.skip.empty()) ++validation.skipped[validated.row.skip];
            validation.rows.push_back(std::move(validated));
        });
    return validation;
}

std::optional<TokensPerSecond> measured_output_per_gpu(const MeasuredRow& row) {
    if (!row.time_to_first_token || !row.time_per_token || !row.first_token_usable)
        return std::nullopt;
    const Deployment& d = row.deployment;
    const double answer = *d.osl;
    const Seconds turn = *row.time_to_first_token + answer * *row.time_per_token;
    const double gpus = layout_of(d).instance();
    return *d.concurrency * answer * token / (turn * gpus);
}

RowErrors errors_of(const ValidatedRow& validated) {
    const MeasuredRow& row = validated.row;
    RowErrors errors;
    if (!row.skip.empty() || !row.flag.empty()) return errors;
    const Prediction& predicted = validated.predicted;
    const auto positive = [](const auto& time) { return time && *time > Seconds(); };
    if (positive(row.time_per_token))
        errors.time_per_token = predicted.time_per_token / *row.time_per_token - 1;
    if (!positive(row.time_to_first_token) || !row.first_token_usable) return errors;
    errors.time_to_first_token = predicted.time_to_first_token / *row.time_to_first_token - 1;
    if (const auto measured = measured_output_per_gpu(row))
        errors.output = predicted.output_per_gpu / *measured - 1;
    return errors;
}

}  // namespace roofline
