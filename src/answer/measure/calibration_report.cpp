#include "calibration_report.hpp"

#include "error_record.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline {
namespace {

Cell median_cell(const ErrorSummary& summary) {
    return summary.n == 0 ? Cell() : Cell(Share{summary.median});
}

std::string held_out_words(const CalibrationResult& result) {
    if (result.held_out.n == 0) return "one row leaves nothing to check it on";
    return formatted("time per token off by {} on rows that were left out, {} without it",
                     humanize_percent(result.held_out.median),
                     humanize_percent(result.before.median));
}

Table scale_table(const CalibrationResult& result) {
    const CalibrationScales& scales = result.calibration.scales;
    return {.title = "",
            .columns = {{"scale", "scale"},
                        {"value", "value"},
                        {"off before", "before_median_ape"},
                        {"off, left out", "held_out_median_ape"}},
            .next = rows_of({{std::string("decode step"), scales.decode_step,
                              median_cell(result.before), median_cell(result.held_out)},
                             {std::string("interference"), scales.interference, Cell(), Cell()},
                             {std::string("first token"), scales.first_token,
                              median_cell(result.first_token_before),
                              median_cell(result.first_token_held_out)}}),
            .notes = {"write it with -o profile.json, use it with --calibration profile.json"}};
}

// What read_calibration() reads.
Record result_record(const CalibrationResult& result) {
    const Calibration& calibration = result.calibration;
    const CalibrationScales& scales = calibration.scales;
    return Record()
        .add("device", calibration.device)
        .add("model", calibration.model)
        .add("engine", calibration.engine)
        .add("rows", calibration.rows)
        .add("scales", Record()
                           .add("decode_step", scales.decode_step)
                           .add("interference", scales.interference)
                           .add("first_token", scales.first_token))
        .add("tpot", Record()
                         .add("before", error_record(result.before))
                         .add("held_out", error_record(result.held_out)))
        .add("ttft", Record()
                         .add("before", error_record(result.first_token_before))
                         .add("held_out", error_record(result.first_token_held_out)));
}

}  // namespace

Report calibration_report(const std::string& file, const CalibrationResult& result) {
    const Calibration& calibration = result.calibration;
    Report report{.command = "calibrate"};
    report.verdict =
        formatted("{} on {} with {}, {} rows: {}", calibration.model, calibration.device,
                  calibration.engine, calibration.rows, held_out_words(result));
    report.inputs.add("file", file);
    report.result = result_record(result);
    report.blocks.emplace_back(scale_table(result));
    if (result.held_out.n > 0 && result.held_out.median >= result.before.median)
        report.warnings.push_back({"W305",
                                   "rows that were left out are no better off: these scales "
                                   "do not help, the fit alone is as good"});
    return report;
}

}  // namespace roofline
