#include "threads_flag.hpp"

#include "roofline/error/user_error.hpp"

#include "text/formatted.hpp"
#include "units/parse.hpp"

#include <algorithm>
#include <thread>

namespace roofline::cli {

unsigned threads_from(const Arguments& arguments) {
    constexpr double most = 1024;
    const auto text = arguments.text("threads");
    if (!text) return std::max(1U, std::thread::hardware_concurrency());
    const double threads = parse_count(*text, "--threads");
    if (threads > most)
        fail(ErrorCode::bad_count, formatted("--threads {}: {} is the most", threads, most),
             "leave it out for one on each core");
    return static_cast<unsigned>(threads);
}

}  // namespace roofline::cli
