// How far a long answer is, on stderr, for people who would otherwise look at nothing.
#pragma once

#include "roofline/search/point_stream.hpp"

#include <chrono>
#include <cstdint>

namespace roofline::cli {

class Progress {
  public:
    /// Says something only where stderr is a terminal that nothing else is written to: `quiet`
    /// when rows go to the same one.
    Progress(const PointRange& range, bool quiet);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    /// `point` is one of the range; those before it are done.
    void at(std::uint64_t point);

  private:
    PointRange range_;
    bool shown_ = false;
    bool drawn_ = false;
    std::chrono::steady_clock::time_point next_;
};

}  // namespace roofline::cli
