// The ways in which up to so many devices can share a model.
#pragma once

#include "roofline/workload/deployment.hpp"

#include <vector>

namespace roofline {

/// Layouts of one instance: powers of two, tensor parallelism within the switch domain, ranks and
/// spread experts for models that have experts, and pipeline stages; of an engine that splits by
/// layers stages alone.
std::vector<Layout> instance_layouts(const Deployment& asked, double most_gpus);

/// The published format, and the narrower ones that the device multiplies without widening them.
std::vector<WeightFormat> formats_for(const Model& model, const Device& device);

}  // namespace roofline
