// What one GPU of an instance holds: its part of every matrix, of the weights and of the cache.
#pragma once

#include "roofline/workload/parameters.hpp"
#include "roofline/workload/workload.hpp"

namespace roofline {

/// The fraction of a matrix's parameters on one GPU of its pipeline stage.
double share_on_one_gpu(const Matrix& matrix, const Layout& layout);

/// Where a table that is only looked up lies; one that is tied to the lm_head is on the GPU.
enum class Embedding { on_gpu, on_host };

/// Layers of the largest stage and the larger of the two ends: embedding first, lm_head last.
Bytes weights_on_one_gpu(const Deployment& deployment, const Layout& layout,
                         Embedding embedding = Embedding::on_gpu);

/// The routed experts of these layers, of the largest stage.
Bytes experts_on_one_gpu(const Deployment& deployment, const Layer& layer, const Layout& layout);

}  // namespace roofline
