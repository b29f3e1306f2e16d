// What the terminal at the other end can show, from flags, environment and the stream itself.
#pragma once

#include "cli/line/arguments.hpp"
#include "report/format.hpp"

#include <cstdio>
#include <string>

namespace roofline::cli {

/// Colour: --color, then NO_COLOR, CLICOLOR_FORCE, FORCE_COLOR, then whether `stream` is a
/// terminal. Unicode: unless --ascii, when the locale is UTF-8. Width: --width, COLUMNS, the
/// terminal, 80; 100 in a pipe. Throws UserError for a bad --color or --width.
Page page_for(std::FILE* stream, const Arguments& arguments);

/// The same of stderr, where only people have a width: it is 0, which is any, in a pipe or file.
Page page_for_messages(const Arguments& arguments);

/// Whether a terminal may be sent more than text: not after --color never, nor to a dumb one.
bool takes_escapes(const Arguments& arguments);

}  // namespace roofline::cli
