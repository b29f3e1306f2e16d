// From the words of a command line to everything that is written.
#pragma once

#include "roofline/error/user_error.hpp"

#include <string>
#include <vector>

namespace roofline::cli {

/// Answers, and returns the exit status. Throws UserError, and Interrupted.
int run(const std::vector<std::string>& words);

/// Says what is wrong, in the form that `words` ask for, and returns the exit status.
int fail_run(const Fault& fault, const std::vector<std::string>& words);

}  // namespace roofline::cli
