// Scenarios from a file or a pipe, one a line: one in, one out.
#pragma once

#include "roofline/evaluate/evaluation.hpp"
#include "roofline/measure/calibrate.hpp"

#include "answer/ending.hpp"
#include "ask/field.hpp"
#include "ask/scenario_lines.hpp"

#include <functional>
#include <memory>
#include <string>

namespace roofline {

struct LinesQuestion {
    std::unique_ptr<ScenarioLines> lines;
    std::string file;  ///< as messages name it
    Deployment base;   ///< what lines leave out
    Knowledge knowledge;
    Basis basis = Basis::expected;
    Asking asking;
    std::function<bool()> interrupted;  ///< true ends the rows
};

/// Each line is a deployment. One that is none is a row with its reason, and a fault of the run.
Streamed sweep_lines(LinesQuestion question, const Calibration& calibration);

}  // namespace roofline
