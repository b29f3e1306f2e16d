// The number at the start of what a user wrote, and what stands behind it.
#pragma once

#include <string_view>

namespace roofline::units {

struct Split {
    double number;
    std::string_view unit;
};

std::string_view trim(std::string_view text);

/// Throws E120 with `name` and `text`, or E123 where a comma is the reason.
[[noreturn]] void not_a_number(std::string_view text, std::string_view name);

Split split_number(std::string_view text, std::string_view name);

/// Whether a number above 0 is small and large enough to compute with: 1e-30 to 1e30.
bool is_computable(double number);

/// `number`, which must be above 0 and small and large enough to compute with (E120).
double positive(double number, std::string_view text, std::string_view name);

}  // namespace roofline::units
