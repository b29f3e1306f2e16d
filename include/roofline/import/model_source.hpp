// Where a model comes from: a file or folder if there is one of that name, else the catalog.
#pragma once

#include "roofline/catalog/catalog.hpp"

#include <memory>
#include <string_view>

namespace roofline {

/// Throws UserError: E211 for a name that is neither, E300 and E331 for a file.
std::shared_ptr<const Model> find_model(std::string_view name_or_path, Catalog& catalog);

}  // namespace roofline
