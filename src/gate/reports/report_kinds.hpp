// The kinds of files that checks are written to besides the answer.
#pragma once

#include "roofline/gate/reports.hpp"

#include "text/workflow.hpp"

#include <array>
#include <string>
#include <string_view>

namespace roofline {

struct ReportKind {
    std::string_view name;
    std::string (*text)(std::span<const Check>,
                        std::span<const std::string> used);  ///< nullptr: the answer as Markdown
    Markup markup;
};

inline constexpr std::array report_kinds{
    ReportKind{"junit", junit_text, Markup::xml},
    ReportKind{"sarif", sarif_text, Markup::json},
    ReportKind{"codequality", code_quality_text, Markup::json},
    ReportKind{"md", nullptr, Markup::markdown},
};

}  // namespace roofline
