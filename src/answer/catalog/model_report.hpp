// Models: the pages of `models list` and `models show`.
#pragma once

#include "roofline/catalog/model.hpp"
#include "roofline/workload/deployment.hpp"

#include "listing.hpp"
#include "model_makers.hpp"
#include "report/report.hpp"

#include <memory>
#include <string>
#include <vector>

namespace roofline {

/// By maker, newest first. Throws E106 for a column that there is none of.
Report model_list_report(const Models& models, const ListQuestion& question = {});

/// Of a deployment the model and the formats of weights and cache count. `asked` is the name that
/// was given; with `layers` there is a row per shape of layer.
Report model_report(const Deployment& formats, const std::string& asked, bool layers);

}  // namespace roofline
