// A check as CI reports are told of it, on line 9 of b.json.
#pragma once

#include "roofline/gate/checks.hpp"

#include <string>
#include <string_view>

inline roofline::Check finding(roofline::CheckStatus status,
                               roofline::LimitSeverity severity = roofline::LimitSeverity::error) {
    return {.file = "b.json",
            .target = "chat",
            .metric = "tpot",
            .op = "max",
            .status = status,
            .severity = severity,
            .message = "ask Ann",
            .why = "too slow",
            .where = {.file = "b.json", .line = 9, .column = 26}};
}

inline bool says(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}
