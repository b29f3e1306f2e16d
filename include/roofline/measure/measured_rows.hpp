// A measured serving run: its deployment, and what was measured of it.
#pragma once

#include "roofline/workload/deployment.hpp"

#include <optional>
#include <string>

namespace roofline {

struct MeasuredRow {
    std::string id;
    std::string group;  ///< a label of the file's own; may be empty
    int line = 0;
    std::string flag;   ///< why the row does not count; empty when it does
    std::string model;  ///< as the file names it
    std::string device;
    Deployment deployment;  ///< served at a concurrency, or a static batch
    std::string skip;       ///< why it cannot be predicted; empty when it can

    // What a prediction never reads.
    std::optional<Seconds> time_to_first_token;
    std::optional<Seconds> time_per_token;
    std::optional<Seconds> end_to_end;
    std::optional<TokensPerSecond> output;  ///< of all GPUs
    bool first_token_usable = true;
};

}  // namespace roofline
