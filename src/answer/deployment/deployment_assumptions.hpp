// What an answer about a deployment rests on, in parts that answers are composed of, and what it
// warns of.
#pragma once

#include "roofline/evaluate/outcome.hpp"

#include "report/report.hpp"

#include <vector>

namespace roofline {

/// What the catalog does not know of a device's memory.
std::vector<AssumptionNote> capacity_assumptions(const Device& device);

/// How tokens choose experts, under a bound.
std::vector<AssumptionNote> routing_assumptions(const Model& model);

/// Links, formats and shares that nobody asked for, remarks on the model, and the price.
std::vector<AssumptionNote> work_assumptions(const Prepared& prepared);

/// All of these and those of memory, and that efficiencies are 1.
std::vector<AssumptionNote> bound_assumptions(const Prepared& prepared);

/// Whose efficiencies expected figures are of.
AssumptionNote expected_note(const Deployment& deployment);

void append(std::vector<AssumptionNote> more, std::vector<AssumptionNote>& notes);
void append(std::vector<WarningNote> more, std::vector<WarningNote>& notes);

/// W204: layers that are split across nodes.
std::vector<WarningNote> node_warnings(const Prepared& prepared);

/// W201: fits now, but not at the end of the answers. W202: data-parallel ranks without experts.
/// W203: the server may not start.
std::vector<WarningNote> deployment_warnings(const Prepared& prepared);

}  // namespace roofline
