// The only place that writes: an answer to stdout or a file, an error to stderr.
#pragma once

#include "roofline/error/user_error.hpp"

#include "report/format.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace roofline::cli {

using Render = std::function<void(const Write&)>;

/// Renders to stdout ("" or "-") or to a file. A regular file is replaced as a whole or not at all,
/// and not where it was read until then. Throws UserError: E740 when writing fails, E105.
void write_answer(const std::string& path, const Render& render);

/// Adds to the end of a file. Throws UserError (E740).
void append_to_file(const std::string& path, std::string_view text);

/// "error[E201]: …" with hint and snippet on stderr.
void print_error(const Fault& fault, const Page& page);

/// "warning[W…]: …" or "note: …" on stderr.
void print_warning(const WarningNote& warning, const Page& page);

/// Text on stderr as it is.
void print_text(std::string_view text);

/// A sentence on stderr.
void print_note(const std::string& text, const Page& page);

}  // namespace roofline::cli
