// Names of modules, as quantisation sections list them, into parts of a model.
#pragma once

#include "roofline/catalog/model.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roofline::hugging_face {

/// Which part of a model a module's name or pattern speaks of.
std::optional<Component> component_of(std::string_view module);

/// Of the weights of each part, those that a list of modules names: whole layers, whole parts, or
/// some matrices of them. Names hold globs and, after "re:", regular expressions; both are read for
/// the words in them.
std::array<double, component_count> named_shares(const std::vector<std::string>& modules,
                                                 const Model& model);

}  // namespace roofline::hugging_face
