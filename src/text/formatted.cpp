#include "formatted.hpp"

#include <fmt/format.h>

namespace roofline {

std::string formatted_from(fmt::string_view pattern, fmt::format_args values) {
    return fmt::vformat(pattern, values);
}

}  // namespace roofline
