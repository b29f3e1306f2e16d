// How a run came to its end whose rows are made while they are written.
#pragma once

#include "roofline/error/user_error.hpp"

#include "report/report.hpp"

#include <functional>
#include <string>
#include <vector>

namespace roofline {

/// What was met on the way, in its order.
struct Ending {
    Exit status = Exit::ok;
    std::vector<WarningNote> notes = {};
    std::vector<Fault> faults = {};
    std::string more = {};  ///< a sentence about faults beyond those
};

/// A report whose rows are still to be made, and what to ask when all are.
struct Streamed {
    Report report;
    std::function<Ending()> ending;
};

}  // namespace roofline
