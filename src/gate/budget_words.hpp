// Advice for the command line, said to someone who writes a budget.
#pragma once

#include <string>
#include <string_view>

namespace roofline::gate {

/// Every flag of a deployment as its key: "--tp 3" is "'tp' 3", and "--price '$2/h'" is
/// "\"price\": \"$2/h\"".
std::string in_budget_words(std::string_view text);

}  // namespace roofline::gate
