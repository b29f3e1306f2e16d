#include "progress.hpp"

#include "text/formatted.hpp"

#include <cstdio>
#include <unistd.h>

namespace roofline::cli {
namespace {

constexpr std::chrono::milliseconds first_after{1000};
constexpr std::chrono::milliseconds then_after{200};
constexpr std::uint64_t look_every = 1024;  // points: a look at the clock is not free

}  // namespace

Progress::Progress(const PointRange& range, bool quiet)
    : range_(range),
      shown_(!quiet && isatty(STDERR_FILENO) != 0),
      next_(std::chrono::steady_clock::now() + first_after) {}

Progress::~Progress() {
    if (drawn_) std::fputs("\r\x1b[K", stderr);
}

void Progress::at(std::uint64_t point) {
    const std::uint64_t done = point - range_.first;
    if (!shown_ || done % look_every != 0) return;
    const auto now = std::chrono::steady_clock::now();
    if (now < next_) return;
    next_ = now + then_after;
    drawn_ = true;
    const std::uint64_t points = range_.last - range_.first;
    const double share = static_cast<double>(done) / static_cast<double>(points);
    std::fputs(formatted("\r{} of {} points, {:.0f} %", done, points, share * 100).c_str(), stderr);
    std::fflush(stderr);
}

}  // namespace roofline::cli
