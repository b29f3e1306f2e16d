// What measurements of one deployment say about it that the fitted efficiencies do not.
#pragma once

#include <string>

namespace roofline {

/// Factors on the steady state's times; 1 changes nothing.
struct Scales {
    double decode_step = 1;
    double interference = 1;
    double first_token = 1;
};

/// Scales, and whose they are.
struct Calibration {
    Scales scales;
    std::string device;
    std::string model;
    std::string engine;
    double rows = 0;   ///< that it was made from
    std::string file;  ///< that it was read from
};

}  // namespace roofline
