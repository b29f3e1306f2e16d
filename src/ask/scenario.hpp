// A deployment named in one word of the command line: inline, or an answer that was saved.
#pragma once

#include "roofline/workload/fields.hpp"

#include "cli/line/command.hpp"
#include "input/json.hpp"

#include <optional>

namespace roofline::cli {

struct Scenario {
    std::string name;                   ///< as it was written
    Deployment deployment;              ///< as asked, prices looked up
    std::optional<JsonDocument> saved;  ///< the answer that it was read from
};

/// A field and its text, as they were written.
struct ScenarioPair {
    const Field* field = nullptr;
    std::string text;
};

/// The pairs of an inline scenario, model and device first. Throws UserError: E103 for what is
/// none, E106 for an unknown field, E105 for one that is given twice.
std::vector<ScenarioPair> scenario_pairs(const std::string& text);

/// Whether `text` is a file, or inline.
bool names_file(const std::string& text);

/// 'llama-3.1-70b@h100x4 quant=fp8 tp=4', or the path of a JSON answer of analyze, estimate or
/// cost. Throws UserError: E106 and E103 for an inline one, E302 for a file that is no such answer.
Scenario read_scenario(const std::string& text, Session& session);

}  // namespace roofline::cli
