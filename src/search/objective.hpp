// What a plan has the least of: how it is read off an answer, bounded from below and said.
#pragma once

#include "roofline/search/plan.hpp"

namespace roofline {

/// What no deployment of a shape is below: the time of a whole answer, and the most tokens per
/// second that come of it.
struct LeastOf {
    const Deployment& deployment;
    Seconds whole;
    double output = 0;
};

struct ObjectiveRow {
    std::optional<double> (*of)(const PointAnswer&);  ///< less is better; base units
    double (*least)(const LeastOf&);                  ///< 0 where nothing bounds it
    std::string (*words)(double);
};

const ObjectiveRow& row_of(Objective objective);

}  // namespace roofline
