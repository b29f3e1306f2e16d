// What the user got wrong, said once: place, what was found, what was expected, what to type next.
#pragma once

#include <exception>
#include <string>
#include <string_view>

namespace roofline {

/// Why a run cannot answer. The first digit decides the exit status (see `exit_status`).
enum class ErrorCode : int {
    unknown_command = 100,
    unknown_flag = 101,
    bad_count = 102,
    missing_argument = 103,
    extra_argument = 104,
    conflicting_arguments = 105,
    bad_choice = 106,
    does_not_divide = 110,
    does_not_multiply_out = 111,
    beyond_switch_domain = 112,
    beyond_context = 113,
    bad_number = 120,
    missing_unit = 121,
    bits_for_bytes = 122,
    decimal_comma = 123,
    missing_price = 130,
    two_currencies = 131,
    unknown_device = 201,
    unknown_model = 211,
    unknown_price = 221,
    unknown_path = 231,
    unreadable_file = 300,
    malformed_json = 301,
    bad_record = 302,
    bad_table = 311,
    not_enough_rows = 312,
    unsupported_config = 331,
    unknown_budget_key = 351,
    bad_budget_value = 352,
    nothing_judged = 353,
    bad_baseline = 354,
    unanswered_limit = 355,
    unsettled = 356,
    unsupported_precision = 401,
    does_not_fit = 402,
    cannot_keep_up = 403,
    internal = 700,
    write_failed = 740,
};

/// What the process tells the shell.
enum class Exit {
    ok = 0,
    negative = 1,  ///< answered: no
    usage = 2,
    input = 3,
    infeasible = 4,  ///< answered: it cannot be
    internal = 70,
    output = 74,
};

Exit exit_status(ErrorCode code);
/// "E201": what `error[...]` prints and JSON's `error.code` holds.
std::string code_name(ErrorCode code);

/// A place in a file; `line` and `column` count from 1, 0 means unknown.
struct Location {
    std::string file;
    int line = 0;
    int column = 0;
    std::string pointer = {};  ///< JSON pointer of the value meant, e.g. "/peaks/0/precision"
    std::string snippet = {};  ///< the source line and a caret, ready to print; empty if unknown
};

/// "file:12:3", or "" without a file.
std::string place_text(const Location& location);

/// Message and hint name fields of a deployment in backquotes, with a value where there is one:
/// "`tp 8` does not divide 28 heads".
struct Fault {
    ErrorCode code = ErrorCode::internal;
    std::string message;
    std::string hint = {};  ///< what to type next; empty if there is nothing to say
    Location where = {};
    std::string next = {};  ///< the command that would help: "hw list"
};

/// The one exception of the project: thrown where a fault of the user is known, caught in main.
class UserError : public std::exception {
  public:
    explicit UserError(Fault fault);
    const char* what() const noexcept override { return text_.c_str(); }
    const Fault& fault() const noexcept { return fault_; }

  private:
    Fault fault_;
    std::string text_;
};

/// Throws a fault that has no place in a file.
[[noreturn]] void fail(ErrorCode code, std::string message, std::string hint = {},
                       std::string next = {});

/// The message with its place and JSON pointer in front, without code or hint.
std::string message_text(const Fault& fault);

}  // namespace roofline
