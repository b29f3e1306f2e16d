// What mixes tokens in a layer of a model file.
#pragma once

#include "roofline/catalog/layer.hpp"

#include "input/json_object.hpp"

#include <vector>

namespace roofline {

/// `mixer` of a layer, or several side by side as `mixers`; none where it has neither.
std::vector<Mixer> read_mixers(JsonObject& layer);

}  // namespace roofline
