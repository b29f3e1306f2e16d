// What an answer about a served deployment warns of, whoever gives it.
#pragma once

#include "roofline/evaluate/evaluation.hpp"

#include "report/report.hpp"

#include <vector>

namespace roofline {

/// W301 when the steady state did not settle, W302 when nothing like it was measured, W307 when
/// requests wait for a place in the cache, W203 when the server may not start.
std::vector<WarningNote> service_warnings(const Prepared& prepared, const Evaluation& evaluation);

/// W302, and what of a complete deployment no row of the fit has.
WarningNote unmeasured_warning(const Deployment& deployment);

}  // namespace roofline
