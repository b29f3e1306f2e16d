// What to type instead of a device that the catalog does not have.
#pragma once

#include "error/suggest.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace roofline {

/// E201 for a name of none of `ids`; `names` are all that can be typed.
[[noreturn]] void refuse_device(std::string_view name, std::span<const Candidate> names,
                                const std::vector<std::string>& ids);

/// E201 for "a100-sxm-80gb:40gb", where the device has no modes: another may be of that size.
[[noreturn]] void refuse_size(std::string_view id, std::string_view asked, std::string_view mode,
                              const std::vector<std::string>& ids);

}  // namespace roofline
