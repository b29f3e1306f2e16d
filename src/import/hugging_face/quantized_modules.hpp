// Names of modules, as quantisation sections list them, into parts of a model.
#pragma once

#include "roofline/catalog/model.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace roofline::hugging_face {

/// Which part of a model a module's name or pattern speaks of.
std::optional<Component> component_of(std::string_view module);

/// Parts that a list of modules left in 16 bits leaves out in at least half of their layers.
std::set<Component> excluded_parts(const std::vector<std::string>& modules, const Model& model);

}  // namespace roofline::hugging_face
