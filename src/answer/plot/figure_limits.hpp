// What figures are asked to keep, as lines of their picture.
#pragma once

#include "roofline/search/selection.hpp"

#include "report/chart/chart.hpp"

#include <string>
#include <vector>

namespace roofline {

/// Adds a line for each condition. Throws E106 where neither axis shows the figure, E102 for a
/// share of a memory that devices have different amounts of.
void add_limits(const std::vector<Condition>& conditions, Chart& chart);

/// "tpot < 30.0 ms".
std::string words_of(const Condition& condition);

/// "12 of 18 points keep tpot < 30.0 ms, 9 in eight of ten runs"; empty without conditions.
std::string kept_words(const std::vector<Condition>& conditions, const Chart& chart);

/// "tpot < 5.00 ms is below the picture", of each limit that its axis does not go to.
std::vector<std::string> limits_outside(const Chart& chart);

}  // namespace roofline
