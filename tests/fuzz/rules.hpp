// What may stand in each form that is written. Nothing here asks the library what is right.
#pragma once

#include "roofline/error/user_error.hpp"

#include "report/report.hpp"

#include <algorithm>
#include <string_view>

namespace fuzz {

template <typename Rule>
void for_lines(std::string_view text, Rule rule) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        rule(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

/// Valid UTF-8 without a control, a mark that reorders, or what has no width; line breaks apart.
void hold_shown(std::string_view text);
/// The same on one line.
void hold_one_line(std::string_view text);
void hold_json(std::string_view text);
/// Rows of one width, and no cell that a spreadsheet computes.
void hold_csv(std::string_view text);
/// Well-formed, as far as we write it: elements, attributes, five entities, comments.
void hold_xml(std::string_view text);
/// No HTML, nobody who is mentioned, no fence that is open at the end.
void hold_markdown(std::string_view text);
/// No line that GitHub's runner obeys.
void hold_no_command(std::string_view line);

/// Every form of a report, on pages of several widths.
void hold_report(const roofline::Report& report, int width);
/// What is said of a fault, to people and to programs.
void hold_fault(const roofline::Fault& fault);

}  // namespace fuzz
