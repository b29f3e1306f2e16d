// Why a deployment has no figure to judge.
#pragma once

#include "roofline/evaluate/metric.hpp"
#include "roofline/workload/deployment.hpp"

#include <string>

namespace roofline::gate {

/// What a complete deployment that stands lacks for `metric`, and what to write.
std::string missing_figure(const Metric& metric, const Figures& figures,
                           const Deployment& deployment);

}  // namespace roofline::gate
