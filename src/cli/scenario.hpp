// A deployment named in one word of the command line: inline, or an answer that was saved.
#pragma once

#include "roofline/input/json.hpp"
#include "roofline/workload/deployment.hpp"

#include "command.hpp"

#include <optional>

namespace roofline::cli {

struct Scenario {
    std::string name;                   ///< as it was written
    Deployment deployment;              ///< as asked, prices looked up
    std::optional<JsonDocument> saved;  ///< the answer that it was read from
};

/// 'llama-3.1-70b@h100x4 quant=fp8 tp=4', or the path of a JSON answer of analyze, estimate or
/// cost. Throws UserError: E106 and E103 for an inline one, E302 for a file that is no such answer.
Scenario read_scenario(const std::string& text, Session& session);

}  // namespace roofline::cli
