// What is wrong with catalog files: the page of `hw validate`.
#pragma once

#include "roofline/error/user_error.hpp"

#include "report/report.hpp"

#include <cstddef>
#include <vector>

namespace roofline {

Report catalog_faults(std::size_t files, std::vector<Fault> faults);

}  // namespace roofline
