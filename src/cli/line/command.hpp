// A command: what it takes, and the function that answers it.
#pragma once

#include "roofline/workload/fields.hpp"

#include "arguments.hpp"
#include "error/dialect.hpp"
#include "flag.hpp"

#include <array>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

namespace roofline::cli {

struct Answer;
struct Session;

/// Whether a command's answer holds a chart.
enum class Draws { nothing, pictures };

/// Deployment fields that a command takes as flags: all of a part but the model, or one by name.
using FieldWord = std::variant<FieldPart, std::string_view>;

struct Command {
    std::string_view path;  ///< "analyze", "hw list"
    std::string_view summary;
    std::string_view examples;  ///< lines, without the prompt
    std::span<const Positional> positionals = {};
    std::span<const FieldWord> fields = {};
    std::span<const Flag> flags = {};  ///< its own
    Answer (*run)(const Arguments&, Session&);
    Draws draws = Draws::nothing;
    Dialect dialect = Dialect::flags;  ///< how its user writes fields
};

/// Every command there is, in the order of the help page.
std::span<const Command* const> commands();

/// Every flag of a command: its fields' in their own order, its own and the global ones.
std::vector<Flag> flags_of(const Command& command);

/// The model by name or path: the positional of most commands.
inline constexpr std::array model_name{
    Positional{"MODEL", "a model's name, a config.json or the folder that holds one"}};
/// The device alone.
inline constexpr std::array<FieldWord, 1> hardware_field{"hw"};

}  // namespace roofline::cli
