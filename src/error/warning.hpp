// What is said beside an answer that is one.
#pragma once

#include <string>

namespace roofline {

/// A note says how the question was understood; a warning that the answer may not be what one
/// wants.
enum class Severity { note, warning };

struct WarningNote {
    std::string code;
    std::string message;
    Severity severity = Severity::warning;
};

}  // namespace roofline
