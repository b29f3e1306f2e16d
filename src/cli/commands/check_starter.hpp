// `check --init`: a budget to start from.
#pragma once

#include "cli/line/arguments.hpp"
#include "cli/run/answer.hpp"
#include "cli/run/session.hpp"

namespace roofline::cli {

/// Of --model on --hw. Throws UserError: E103 without them, and what keeps it from standing.
Answer starter_answer(const Arguments& arguments, Session& session);

}  // namespace roofline::cli
