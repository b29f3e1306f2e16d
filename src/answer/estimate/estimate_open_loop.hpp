// What `estimate` says of requests that arrive at a rate.
#pragma once

#include "roofline/evaluate/open_loop.hpp"

#include "report/report.hpp"

#include <string>

namespace roofline {

/// What a verdict ends with: how busy the rate keeps the deployment.
std::string open_words(const OpenLoop& open);

Record open_loop_record(const OpenLoop& open);
Table percentile_table(const OpenLoop& open);

}  // namespace roofline
