// What an answer about money is made of.
#pragma once

#include "roofline/evaluate/evaluation.hpp"
#include "roofline/measure/calibrate.hpp"

#include "cost_break_even.hpp"

namespace roofline {

/// A deployment that stands, with a bill.
struct PricedDeployment {
    const Prepared& prepared;
    const Evaluation& evaluation;
    const BreakEvens& evens;
    const Calibration& calibration;
    Day today;
};

}  // namespace roofline
