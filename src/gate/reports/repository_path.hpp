// Paths as CI systems want them: from the root of the repository, without "./".
#pragma once

#include <string>
#include <string_view>

namespace roofline {

/// `path` seen from `base`, or where that is empty from the nearest folder above it that holds
/// ".git". What lies outside stays as it was given; without a repository only "./" goes.
std::string repository_path(const std::string& path, const std::string& base);

/// `folder`, which is one. Throws E106 for what is none; `label` names the flag.
std::string base_folder(const std::string& folder, std::string_view label);

}  // namespace roofline
