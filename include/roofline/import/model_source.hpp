// Where a model comes from: a file or folder if there is one of that name, else the catalog.
#pragma once

#include "roofline/catalog/catalog.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace roofline {

/// Whether a word can be nothing but a path, whether or not there is a file: "./m", "../m", "/m",
/// "~/m", "a/b/m", "m.json", and "-" for stdin. "org/name" is a name of the Hub too.
bool is_path_like(std::string_view word);

/// Whether a word is read as a file or folder, seen from `folder`: it is path-like, a file, a
/// folder that holds a config.json, or any folder where the catalog does not know the word or it
/// has a slash. The one place that decides.
bool names_model_file(std::string_view word, const Catalog& catalog, const std::string& folder);

/// Relative paths begin at `folder`, where one stands if it is empty; `accepted` are keys of the
/// file that may be left out though they look structural. Throws UserError: E211 for a name that is
/// neither, E300 and E331 for a file.
std::shared_ptr<const Model> find_model(std::string_view name_or_path, Catalog& catalog,
                                        const std::string& folder = {},
                                        std::span<const std::string> accepted = {});

}  // namespace roofline
