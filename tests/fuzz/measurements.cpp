// Calibrations, and rows of measured runs.

#include "measure/sources.hpp"
#include "rules.hpp"
#include "target.hpp"

#include <array>
#include <cmath>

namespace fuzz {
namespace {

using namespace roofline;

Source source(std::string_view text) { return {.name = "input", .text = std::string(text)}; }

void calibration(std::string_view text) {
    const Calibration read = read_calibration(source(text));
    for (const double scale :
         {read.scales.decode_step, read.scales.interference, read.scales.first_token})
        hold(std::isfinite(scale) && scale > 0, "a scale is a number", text);
}

// A calibration predicts each row a hundred times.
void measured(std::string_view text) {
    constexpr std::ptrdiff_t few = 4;
    static Catalog catalog;
    const Validation all = validate(source(text), catalog, fitted_efficiency());
    for (const ValidatedRow& row : all.rows) errors_of(row);
    if (std::ssize(all.rows) > few) return;
    const CalibrationResult result = calibrate(source(text), catalog, fitted_efficiency());
    for (const double scale :
         {result.calibration.scales.decode_step, result.calibration.scales.interference,
          result.calibration.scales.first_token})
        hold(scale >= 0.3 && scale <= 3, "a scale is within its bounds", text);
}

constexpr std::array targets{Target{"calibration", calibration}, Target{"measured", measured}};

}  // namespace

std::span<const Target> measure_targets() { return targets; }

}  // namespace fuzz
