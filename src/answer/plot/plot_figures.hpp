// Figures of many deployments against each other, of a table or of scenarios with ranges.
#pragma once

#include "roofline/search/selection.hpp"

#include "figure_chart.hpp"
#include "report/report.hpp"

#include <optional>
#include <string>

namespace roofline {

struct FigurePicture {
    FigureChoice choice;
    bool pareto = false;                 ///< draws the points that no other beats in both figures
    std::optional<std::string> title;    ///< in place of its own
    std::vector<Condition> limits = {};  ///< lines, of figures on the axes
};

/// Throws UserError as figure_chart(), add_limits() and add_front() do.
Report figures_report(const FigureRows& rows, const FigurePicture& picture);

}  // namespace roofline
