// Which budget is meant where none is named.
#pragma once

#include <string>
#include <string_view>

namespace roofline {

inline constexpr std::string_view plain_budget = "roofline.budget.json";
inline constexpr std::string_view commented_budget = "roofline.budget.jsonc";

/// That of the two which is in `folder` (empty: where one stands), as a path; the plain one where
/// neither is. Throws UserError (E352) where both are: which one is judged must not depend on luck.
std::string default_budget(const std::string& folder = {});

}  // namespace roofline
