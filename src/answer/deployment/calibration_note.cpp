#include "calibration_note.hpp"

#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline {

std::optional<AssumptionNote> calibration_note(const Calibration& calibration) {
    if (calibration.file.empty()) return std::nullopt;
    const CalibrationScales& scales = calibration.scales;
    return AssumptionNote{
        .id = "calibration",
        .text = "expected times are scaled",
        .value = formatted("decode step x {:.3f}, interference x {:.3f}, first token x {:.3f}",
                           scales.decode_step, scales.interference, scales.first_token),
        .source = formatted("{}, {} rows of {} on {} with {}", calibration.file, calibration.rows,
                            calibration.model, calibration.device, calibration.engine),
        .used = true};
}

std::optional<WarningNote> calibration_warning(const Calibration& calibration,
                                               const Deployment& d) {
    if (calibration.file.empty() || !d.model || !d.device) return std::nullopt;
    const std::string engine(name_of(d.engine.value_or(EngineChoice()).program));
    const bool same = calibration.model == d.model->id && calibration.device == d.device->id &&
                      calibration.engine == engine;
    if (same) return std::nullopt;
    return WarningNote{"W303",
                       formatted("{} was made from {} on {} with {}, this is {} on {} with {}",
                                 calibration.file, calibration.model, calibration.device,
                                 calibration.engine, d.model->id, d.device->id, engine)};
}

void name_calibration(const Calibration& calibration, const Deployment& deployment,
                      Report& report) {
    if (auto note = calibration_note(calibration)) report.assumptions.push_back(std::move(*note));
    if (auto warning = calibration_warning(calibration, deployment))
        report.warnings.push_back(std::move(*warning));
}

}  // namespace roofline
