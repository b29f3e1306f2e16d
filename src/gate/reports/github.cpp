#include "roofline/gate/reports.hpp"

#include "text/formatted.hpp"
#include "text/printable.hpp"
#include "text/workflow.hpp"

namespace roofline {
namespace {

// What the runner takes for the end of a line or a property, percent-encoded as it decodes it:
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
std::string encoded(std::string_view text, std::string_view marks) {
    std::string result;
    for (const char c : without_commands(printable_lines(text), Markup::text)) {
        const auto byte = static_cast<unsigned char>(c);
        const bool encode = byte < 0x20 || byte == 0x7F || marks.find(c) != std::string_view::npos;
        result += encode ? formatted("%{:02X}", static_cast<unsigned>(byte)) : std::string(1, c);
    }
    return result;
}

std::string message_text(std::string_view text) { return encoded(text, "%"); }
std::string property(std::string_view text) { return encoded(text, "%:,"); }

std::string_view command_of(const Check& check) {
    if (check.status == CheckStatus::fail || check.status == CheckStatus::error) return "error";
    return check.severity == LimitSeverity::info ? "notice" : "warning";
}

std::string place_properties(const Check& check) {
    std::string text = "file=" + property(check.file);
    if (check.where.line > 0) text += formatted(",line={}", check.where.line);
    if (check.where.column > 0) text += formatted(",col={}", check.where.column);
    return text;
}

}  // namespace

std::string github_annotations(std::span<const Check> checks) {
    std::string text;
    for (const Check& check : checks) {
        if (check.status == CheckStatus::pass || check.status == CheckStatus::skip) continue;
        text += formatted("::{} {},title={}::{}\n", command_of(check), place_properties(check),
                          property(check.target + " " + check.metric),
                          message_text(sentence_of(check)));
    }
    return text;
}

}  // namespace roofline
