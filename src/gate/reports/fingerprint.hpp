// What makes two findings of two runs the same one.
#pragma once

#include "roofline/gate/checks.hpp"

namespace roofline::gate {

/// 16 hexadecimal digits of file, target, metric and side; values, limits and lines do not count.
std::string fingerprint_of(const Check& check);

}  // namespace roofline::gate
