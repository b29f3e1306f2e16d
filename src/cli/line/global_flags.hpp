// The flags of every command.
#pragma once

#include "arguments.hpp"
#include "flag.hpp"
#include "report/format.hpp"

#include <array>
#include <span>
#include <string>
#include <vector>

namespace roofline::cli {

namespace global {

inline constexpr std::array<std::string_view, 3> times{"auto", "always", "never"};

inline constexpr Flag output{"output", "FILE",
                             "write the answer to FILE; its extension picks the format", 'o'};
inline constexpr Flag format{.name = "format",
                             .value = "FORMAT",
                             .help = "how to write the answer: {}",
                             .choices = format_names,
                             .noun = "format"};
inline constexpr Flag json{"json", "", "same as --format json"};
inline constexpr Flag get{"get", "PATH",
                          "print one value of the JSON answer: result.decode.bound_s"};
inline constexpr Flag explain{"explain", "", "add how the figures were worked out"};
inline constexpr Flag why{"why", "", "print all that the answer rests on, and every row"};
inline constexpr Flag schema{
    "schema", "",
    "print the JSON Schema of the answer; of check that of budgets, unless "
    "--json is beside it"};
inline constexpr Flag catalog{
    .name = "catalog",
    .value = "FILE",
    .help = "lay a device, model or price file over the built-in ones; repeatable",
    .repeats = true};
inline constexpr Flag prices{
    .name = "prices",
    .value = "FILE",
    .help = "add a file of prices, which come before the catalog's; repeatable",
    .repeats = true};
inline constexpr Flag color{
    .name = "color", .value = "WHEN", .help = "{} [auto]", .choices = times, .noun = "choice"};
inline constexpr Flag width{"width", "N", "columns of the page"};
inline constexpr Flag ascii{"ascii", "", "no characters beyond ASCII"};
inline constexpr Flag help{"help", "", "this page; -h: the most of it, on one screen", 'h'};
inline constexpr Flag version{"version", "", "version and catalog", 'V'};

}  // namespace global

std::span<const Flag> global_flags();

/// The format of the answer: --format, --json, else what the name of --output says. Throws
/// UserError: E105 for two that contradict each other, E106 for a name without a format.
const Format& format_from(const Arguments& arguments);

}  // namespace roofline::cli
