// Kinds of layers where a file names periods, or the layers of one kind by their numbers.
#pragma once

#include "traits.hpp"

#include <vector>

namespace roofline::hugging_face {

/// Those of these numbers, which count from `first`, are `listed`, the others `rest`.
std::vector<LayerKind> from_indices(const std::vector<double>& indices, std::size_t layers,
                                    LayerKind listed, LayerKind rest, double first = 0);
std::vector<LayerKind> from_flags(const std::vector<double>& flags, LayerKind zero, LayerKind one);

/// From periods, offsets, intervals, windows and chunks; all full where there are none.
std::vector<LayerKind> counted_kinds(Config& config, const Frame& frame);

}  // namespace roofline::hugging_face
