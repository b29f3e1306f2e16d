#include "flags.hpp"

#include "roofline/workload/fields.hpp"

namespace roofline::cli {

std::optional<ServingEngine> engine_from(const Arguments& arguments) {
    const auto name = arguments.text(library_flag);
    return name ? std::optional(parse_engine(*name, label_of(library_flag)).program) : std::nullopt;
}

}  // namespace roofline::cli
