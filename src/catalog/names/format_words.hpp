// How other tools call formats of weights, in flags and at the end of model names.
#pragma once

#include <string_view>

namespace roofline {

/// The name here of "awq", "GPTQ-Int4", "Q4_K_M", "w8a8", "modelopt_fp4", "4bit"; empty for what is
/// none. Upper and lower case, '-' and '_' are alike.
std::string_view format_called(std::string_view word);

}  // namespace roofline
