// Signals: Ctrl-C during a long answer ends rows with a whole one, and files stay as they were.
#pragma once

#include <string>

namespace roofline::cli {

/// From now on the first SIGINT, SIGTERM or SIGHUP is remembered and the second one ends the
/// process.
void remember_interrupts();

/// 128 and the number of the signal once one came, else 0.
int interrupted();

/// A file that a signal which ends the process takes with it; empty for none. There is one at most.
void remove_on_signal(const std::string& path);

/// Thrown where an answer that was interrupted would be a wrong one.
struct Interrupted {};

}  // namespace roofline::cli
