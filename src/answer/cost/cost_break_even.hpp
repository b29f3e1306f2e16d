// Where a bill breaks even: against an API, and against other devices.
#pragma once

#include "roofline/cost/break_even.hpp"
#include "roofline/units/date.hpp"

#include "evaluate/devices/other_devices.hpp"
#include "report/report.hpp"

#include <optional>

namespace roofline {

struct ApiComparison {
    ApiPrice api;
    ApiBreakEven even;
};

/// What a bill was held against.
struct BreakEvens {
    std::optional<ApiComparison> api;
    std::optional<OtherDevices> hardware;  ///< that stand

    bool empty() const { return !api && !hardware; }
};

Record break_even_record(const BreakEvens& evens, const Bill& bill);
Text break_even_text(const BreakEvens& evens, const Bill& bill, Day today);

}  // namespace roofline
