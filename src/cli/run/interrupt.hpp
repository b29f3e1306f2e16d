// Ctrl-C during a long answer: rows end with a whole one, files stay as they were.
#pragma once

namespace roofline::cli {

/// From now on the first SIGINT or SIGTERM is remembered and the second one ends the process.
void remember_interrupts();

/// 130 or 143 once one came, else 0.
int interrupted();

/// Thrown where an answer that was interrupted would be a wrong one.
struct Interrupted {};

}  // namespace roofline::cli
