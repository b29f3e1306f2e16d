#include "validated_rows.hpp"

#include "error/dialect.hpp"

namespace roofline {
namespace {

Cell seconds_cell(const std::optional<Seconds>& time) {
    return time ? Cell(Measure(*time)) : Cell();
}

Cell output_cell(const MeasuredRow& row) {
    const auto output = measured_output_per_gpu(row);
    return output ? Cell(Measure(*output)) : Cell();
}

}  // namespace

Table row_table(const Validation& validation) {
    std::vector<Row> rows;
    for (const ValidatedRow& validated : validation.rows) {
        const MeasuredRow& row = validated.row;
        const bool predicted = row.skip.empty();
        const auto cell = [&](auto value) { return predicted ? Cell(Measure(value)) : Cell(); };
        rows.push_back(
            {row.id, row.model, row.device, row.flag, cell(validated.predicted.time_per_token),
             seconds_cell(row.time_per_token), cell(validated.predicted.time_to_first_token),
             seconds_cell(row.time_to_first_token), cell(validated.predicted.end_to_end),
             seconds_cell(row.end_to_end), cell(validated.predicted.output_per_gpu),
             predicted ? output_cell(row) : Cell(), in_dialect(row.skip, Dialect::keys)});
    }
    return {.title = "",
            .columns = {{"", "id"},
                        {"", "model"},
                        {"", "hw"},
                        {"", "flag"},
                        {"", "tpot_s"},
                        {"", "measured_tpot_s"},
                        {"", "ttft_s"},
                        {"", "measured_ttft_s"},
                        {"", "e2e_s"},
                        {"", "measured_e2e_s"},
                        {"", "tokens_per_s_per_gpu"},
                        {"", "measured_tokens_per_s_per_gpu"},
                        {"", "skipped"}},
            .next = rows_of(std::move(rows)),
            .notes = {},
            .audience = Audience::machines};
}

Value row_value(const ValidatedRow& validated) {
    const MeasuredRow& row = validated.row;
    Record record;
    record.add("id", row.id)
        .add("line", row.line)
        .add("flag", row.flag.empty() ? Value() : Value(row.flag));
    if (!row.skip.empty()) return record.add("skipped", in_dialect(row.skip, Dialect::keys));
    const RowErrors errors = errors_of(validated);
    const Prediction& predicted = validated.predicted;
    const BandRow& band = predicted.band;
    return record.add("tpot", predicted.time_per_token)
        .add("tpot_low", predicted.time_per_token * band.time_per_token.low)
        .add("tpot_high", predicted.time_per_token * band.time_per_token.high)
        .add("ttft", predicted.time_to_first_token)
        .add("ttft_low", predicted.time_to_first_token * band.time_to_first_token.low)
        .add("ttft_high", predicted.time_to_first_token * band.time_to_first_token.high)
        .add("e2e", predicted.end_to_end)
        .add("tokens_per_s_per_gpu", validated.predicted.output_per_gpu.in(token / second))
        .add("tpot_error", Value(errors.time_per_token))
        .add("ttft_error", Value(errors.time_to_first_token))
        .add("e2e_error", Value(errors.end_to_end))
        .add("tokens_per_s_error", Value(errors.output));
}

}  // namespace roofline
