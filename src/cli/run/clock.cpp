#include "clock.hpp"

#include "roofline/error/user_error.hpp"

#include "text/formatted.hpp"

#include <charconv>
#include <chrono>
#include <cstdlib>

namespace roofline::cli {
namespace {

std::string_view given_seconds() {
    const char* given = std::getenv("SOURCE_DATE_EPOCH");
    return given == nullptr ? std::string_view() : std::string_view(given);
}

}  // namespace

bool day_is_given() { return !given_seconds().empty(); }

Day today() {
    using std::chrono::floor;
    if (!day_is_given()) return floor<std::chrono::days>(std::chrono::system_clock::now());
    const std::string_view text = given_seconds();
    long long seconds = 0;
    constexpr long long last = 253402300799;  // the end of the year 9999
    const auto read = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || seconds < 0 ||
        seconds > last)
        fail(ErrorCode::bad_number,
             formatted("SOURCE_DATE_EPOCH must be seconds since 1970, got '{}'", text),
             "unset it, or write for example SOURCE_DATE_EPOCH=$(date +%s)");
    return floor<std::chrono::days>(std::chrono::sys_seconds(std::chrono::seconds(seconds)));
}

}  // namespace roofline::cli
