// "a, b,c" part by part.
#pragma once

#include "roofline/error/user_error.hpp"

#include "split_number.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <string_view>

namespace roofline {

/// Calls `take` with every part, without spaces around it. An empty one is E102.
template <typename Take>
void each_part(std::string_view text, std::string_view label, Take take) {
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t stop = std::min(text.find(',', start), text.size());
        const std::string_view part = units::trim(text.substr(start, stop - start));
        if (part.empty())
            fail(ErrorCode::bad_count,
                 formatted("{}: '{}' has an empty place in its list", label, text),
                 "leave out the comma");
        take(part);
        start = stop + 1;
    }
}

}  // namespace roofline
