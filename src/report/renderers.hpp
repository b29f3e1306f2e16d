// One function per format; `formats()` in format.cpp lists them.
#pragma once

#include "format.hpp"

namespace roofline {

void render_terminal(const Report& report, const Page& page, const Write& write);
void render_json(const Report& report, const Page& page, const Write& write);
void render_jsonl(const Report& report, const Page& page, const Write& write);
void render_csv(const Report& report, const Page& page, const Write& write);
void render_markdown(const Report& report, const Page& page, const Write& write);
/// Throws UserError (E106) when the report has no chart.
void render_svg(const Report& report, const Page& page, const Write& write);

}  // namespace roofline
