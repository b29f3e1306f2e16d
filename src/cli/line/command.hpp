// What a subcommand is: a row of the table in commands.cpp and a function from arguments to a
// report. No command writes anything; main does.
#pragma once

#include "roofline/catalog/catalog.hpp"
#include "roofline/engine/assumptions.hpp"
#include "roofline/error/user_error.hpp"

#include "report/report.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace roofline::cli {

struct Flag {
    std::string_view name;   ///< without dashes
    std::string_view value;  ///< placeholder; empty for a switch
    std::string_view help;
    char letter = '\0';
    bool repeats = false;
};

struct Positional {
    std::string_view name;
    std::string_view help;
    std::size_t least = 1;
    std::size_t most = 1;
};

/// The words of a command line, sorted into flags and positionals.
class Arguments {
  public:
    struct Given {
        std::string name;
        std::string value;
    };

    void add_flag(std::string_view name, std::string value) {
        flags_.push_back({std::string(name), std::move(value)});
    }
    void add_positional(std::string value) { positionals_.push_back(std::move(value)); }

    bool has(std::string_view flag) const { return text(flag).has_value(); }
    std::optional<std::string> text(std::string_view flag) const;
    std::vector<std::string> all(std::string_view flag) const;
    const std::vector<std::string>& positionals() const { return positionals_; }

    /// Every flag, in the order of the command line.
    const std::vector<Given>& flags() const { return flags_; }

  private:
    std::vector<Given> flags_;
    std::vector<std::string> positionals_;
};

/// What every command may use.
struct Session {
    Catalog catalog;
    Assumptions assumptions;
    std::vector<WarningNote>
        notes;  ///< how its words were understood; main adds them to the report
};

/// A file that a command was asked to write beside its answer.
struct SideFile {
    std::string path;
    std::string text;
};

/// How a run came to its end, and what was met on the way, in its order.
struct Ending {
    int status = 0;
    std::vector<WarningNote> notes = {};
    std::vector<Fault> faults = {};
    std::string more = {};  ///< a sentence about faults beyond those
};

struct Answer {
    Report report;
    Exit status = Exit::ok;                    ///< when the answer is negative, another
    std::optional<std::string> document = {};  ///< text of a form of its own, instead of the report
    std::vector<SideFile> files = {};          ///< each is written, whatever becomes of the others
    std::string annotations = {};              ///< lines for the CI system that reads the output
    std::optional<SideFile> summary = {};      ///< appended to what a CI system shows of the run
    std::function<Ending()> ending = {};  ///< asked when all is written, where rows are made then
};

/// Whether a command's answer holds a chart.
enum class Draws { nothing, pictures };

struct Command {
    std::string_view path;  ///< "analyze", "hw list"
    std::string_view summary;
    std::span<const Positional> positionals;
    std::span<const std::string_view> fields;  ///< deployment fields that it takes as flags
    std::span<const Flag> flags;               ///< its own
    std::string_view examples;                 ///< lines, without the prompt
    Answer (*run)(const Arguments&, Session&);
    Draws draws = Draws::nothing;
};

std::span<const Command> commands();
std::span<const Flag> global_flags();

/// Every flag of a command: its fields', its own and the global ones.
std::vector<Flag> flags_of(const Command& command);

/// "a,b,c" into its parts, without spaces around them; an empty part is an error (E102).
std::vector<std::string> split_list(std::string_view text, std::string_view label);

Answer run_hw_list(const Arguments& arguments, Session& session);
Answer run_hw_show(const Arguments& arguments, Session& session);
Answer run_hw_validate(const Arguments& arguments, Session& session);
Answer run_models_list(const Arguments& arguments, Session& session);
Answer run_models_show(const Arguments& arguments, Session& session);
Answer run_ridge(const Arguments& arguments, Session& session);
Answer run_kernel_work(const Arguments& arguments, Session& session);
Answer run_kernel_gemm(const Arguments& arguments, Session& session);
Answer run_kernel_attention(const Arguments& arguments, Session& session);
Answer run_kernel_moe(const Arguments& arguments, Session& session);
Answer run_kernel_allreduce(const Arguments& arguments, Session& session);
Answer run_analyze(const Arguments& arguments, Session& session);
Answer run_compare(const Arguments& arguments, Session& session);
Answer run_cost(const Arguments& arguments, Session& session);
Answer run_prices_list(const Arguments& arguments, Session& session);
Answer run_estimate(const Arguments& arguments, Session& session);
Answer run_check(const Arguments& arguments, Session& session);
Answer run_calibrate(const Arguments& arguments, Session& session);
Answer run_plan(const Arguments& arguments, Session& session);
Answer run_sweep(const Arguments& arguments, Session& session);
Answer run_plot(const Arguments& arguments, Session& session);
Answer run_validate(const Arguments& arguments, Session& session);

}  // namespace roofline::cli
