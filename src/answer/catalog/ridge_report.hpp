// Where a device turns from memory- to compute-bound: the page of `ridge`.
#pragma once

#include "roofline/engine/roof.hpp"

#include "report/report.hpp"

#include <vector>

namespace roofline {

/// At least one ridge, by arithmetic and then by level.
Report ridge_report(const Device& device, const std::vector<Ridge>& ridges);

}  // namespace roofline
