// A deployment named in one word of the command line: inline, or an answer that was saved.
#pragma once

#include "field.hpp"
#include "input/json.hpp"

#include <optional>
#include <string>
#include <vector>

namespace roofline {

struct Scenario {
    std::string name;                   ///< as it was written
    Deployment deployment;              ///< as asked, prices looked up
    std::optional<JsonDocument> saved;  ///< the answer that it was read from
};

/// The fields of an inline scenario, model and device first. Throws UserError: E103 for what is
/// none, E106 for an unknown field, E105 for one that is given twice.
std::vector<FieldText> scenario_fields(const std::string& text);

/// Whether `text` is a file, or inline.
bool names_file(const std::string& text);
bool is_inline(const std::string& text);

/// Whether any field of an inline scenario has several values.
bool has_range(const std::string& text);
/// 'llama-3.1-70b@h100x4 quant=fp8 tp=4', or the path of a JSON answer of analyze, estimate or
/// cost. Throws UserError: E106, E103 and E105 for an inline one, E302 for a file that is no such
/// answer.
Scenario read_scenario(const std::string& text, const Asking& asking);
/// A saved answer that was read.
Scenario read_scenario(Source saved, const Asking& asking);

}  // namespace roofline
