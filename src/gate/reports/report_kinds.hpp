// The kinds of files that checks are written to besides the answer.
#pragma once

#include "roofline/gate/reports.hpp"

#include <array>
#include <string>
#include <string_view>

namespace roofline {

struct ReportKind {
    std::string_view name;
    std::string (*text)(std::span<const Check>,
                        std::span<const std::string> used);  ///< nullptr: the answer as Markdown
};

inline constexpr std::array report_kinds{
    ReportKind{"junit", junit_text},
    ReportKind{"sarif", sarif_text},
    ReportKind{"codequality", code_quality_text},
    ReportKind{"md", nullptr},
};

}  // namespace roofline
