// --threads: how many points are worked out at once.
#pragma once

#include "command.hpp"

namespace roofline::cli {

/// All cores where it is not given. Throws E102.
unsigned threads_from(const Arguments& arguments);

inline constexpr Flag threads_flag{"threads", "N", "at once [all cores]"};

}  // namespace roofline::cli
