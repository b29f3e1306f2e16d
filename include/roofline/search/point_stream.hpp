// The points of a sweep in their order, worked out by several threads at once. Memory stays the
// same however many there are.
#pragma once

#include "roofline/search/point.hpp"

#include <cstdint>
#include <memory>

namespace roofline {

/// Points `first` up to, not including, `last`.
struct PointRange {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
};

/// Part `part` (from 1) of `parts` contiguous ones of `points`.
PointRange shard(std::uint64_t points, std::uint64_t part, std::uint64_t parts);

class PointStream {
  public:
    /// `sweep` outlives the stream. `threads` is from 1 up.
    PointStream(const Sweep& sweep, const PointRange& range, unsigned threads);
    ~PointStream();
    PointStream(const PointStream&) = delete;
    PointStream& operator=(const PointStream&) = delete;

    /// The next point and its answer; false at the end.
    bool next(std::uint64_t& point, PointAnswer& answer);

  private:
    struct Workers;
    PointAnswerer answerer_;
    PointRange range_;
    std::unique_ptr<Workers> workers_;  ///< none for one thread
};

}  // namespace roofline
