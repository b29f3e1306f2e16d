// Two columns of figures as a chart.
#pragma once

#include "ask/figure_rows.hpp"
#include "report/chart/chart.hpp"

#include <vector>

namespace roofline {

/// Which columns a picture shows, and how its points are grouped.
struct FigureChoice {
    std::size_t x = 0;
    std::size_t y = 0;
    std::vector<std::size_t> groups;  ///< each combination of their values is a series
};

/// Every input that varies beside x where x is an input, so that a line has one point over each;
/// else those that are no numbers.
std::vector<std::size_t> usual_groups(const FigureRows& rows, std::size_t x, std::size_t y);

struct FigureChart {
    Chart chart;
    std::size_t left_out = 0;  ///< rows without a figure
    std::string reason = {};   ///< why the first of them is
    std::size_t guessed = 0;   ///< points that are shown and that no measured run is behind
};

/// A series is a line where the order of its points is known: by x, or by the one input of numbers
/// that varies in it. Throws UserError: E311, E312 when no row has both figures, E106 for more
/// groups than can be told apart.
FigureChart figure_chart(const FigureRows& rows, const FigureChoice& choice);

}  // namespace roofline
