// Scenarios of a file or a pipe, one a line: JSON objects, or CSV under a header. All of it is read
// before the first line is.
#pragma once

#include "roofline/workload/fields.hpp"

#include "input/source.hpp"

#include <memory>
#include <string>
#include <vector>

namespace roofline {

/// What a line says of one field.
struct GivenField {
    const Field* field = nullptr;
    std::string text;  ///< as set_field() reads it
    ShownField shown;  ///< as it was written
};

/// A field that lines give, under the name that its first one uses: "kv-dtype", "kv_dtype".
struct GivenColumn {
    const Field* field = nullptr;
    std::string key;
};

/// Lines one after another; a bad one does not end them. The columns of a sweep's answers (line,
/// fits, figures, reason) are answers of another run and passed over.
class ScenarioLines {
  public:
    virtual ~ScenarioLines() = default;
    virtual const std::vector<GivenColumn>& columns() const = 0;

    /// The next line's fields; false at the end. Throws UserError for a bad line, of which `given`
    /// then holds what could be read.
    virtual bool next(std::vector<GivenField>& given) = 0;

    /// Number of the line read last.
    virtual int line() const = 0;
};

/// Whether a word of the command line is such a file rather than a model.
bool names_lines(const std::string& word);

/// Throws UserError when the file cannot be read, is a JSON array, or names a column twice.
std::unique_ptr<ScenarioLines> scenario_lines(const std::string& path);
/// The same of a file that was read.
std::unique_ptr<ScenarioLines> scenario_lines(Source source);

}  // namespace roofline
