// What a run is about to write, held against what it has read.
#pragma once

#include <span>
#include <string>

namespace roofline::cli {

/// Throws E105 where one of `paths` is a file that was read in this run, or two of them are one
/// file, whatever names they go by. Pipes and terminals keep all that is written.
void refuse_lost_files(std::span<const std::string> paths);

}  // namespace roofline::cli
