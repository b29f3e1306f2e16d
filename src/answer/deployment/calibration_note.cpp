#include "calibration_note.hpp"

#include "roofline/measure/calibrate.hpp"

#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline::cli {

Calibration calibration_from(const Arguments& arguments) {
    const auto path = arguments.text("calibration");
    return path ? read_calibration(*path) : Calibration();
}

void assume_calibration(const Calibration& calibration, Report& report) {
    if (calibration.file.empty()) return;
    const CalibrationScales& scales = calibration.scales;
    report.assumptions.push_back(
        {.id = "calibration",
         .text = "expected times are scaled",
         .value = formatted("decode step x {:.3f}, interference x {:.3f}, first token x {:.3f}",
                            scales.decode_step, scales.interference, scales.first_token),
         .source = formatted("{}, {} rows of {} on {} with {}", calibration.file, calibration.rows,
                             calibration.model, calibration.device, calibration.engine)});
}

void name_calibration(const Calibration& calibration, const Deployment& d, Report& report) {
    if (calibration.file.empty()) return;
    assume_calibration(calibration, report);
    if (!d.model || !d.device) return;  // several are asked about
    const std::string engine(name_of(d.engine.value_or(default_engine)));
    const bool same = calibration.model == d.model->id && calibration.device == d.device->id &&
                      calibration.engine == engine;
    if (!same)
        report.warnings.push_back(
            {"W303", formatted("{} was made from {} on {} with {}, this is {} on {} with {}",
                               calibration.file, calibration.model, calibration.device,
                               calibration.engine, d.model->id, d.device->id, engine)});
}

}  // namespace roofline::cli
