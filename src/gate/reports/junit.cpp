#include "roofline/gate/reports.hpp"

#include "text/formatted.hpp"
#include "text/xml.hpp"

namespace roofline {
namespace {

std::string counts_text(std::span<const Check> checks) {
    const auto counts = count_by_status(checks);
    const auto of = [&](CheckStatus status) { return counts[static_cast<std::size_t>(status)]; };
    return formatted(R"(tests="{}" failures="{}" errors="{}" skipped="{}")", checks.size(),
                     of(CheckStatus::fail), of(CheckStatus::error), of(CheckStatus::skip));
}

// What stands inside a test case: nothing where it passed.
std::string outcome_text(const Check& check) {
    const std::string message = xml(sentence_of(check));
    switch (check.status) {
        case CheckStatus::pass:
            break;
        case CheckStatus::warn:
            return formatted("<system-out>{}</system-out>", message);
        case CheckStatus::fail:
            return formatted(R"(<failure message="{}" type="{}"/>)", message, xml(check.op));
        case CheckStatus::error:
            return formatted(R"(<error message="{}" type="{}"/>)", message,
                             code_name(check.error.value_or(ErrorCode::internal)));
        case CheckStatus::skip:
            return formatted(R"(<skipped message="{}"/>)", message);
    }
    return {};
}

// The name is unique in the whole report: with the file where there is more than one.
void append_case(const Check& check, bool one_file, std::string& text) {
    text += formatted(R"(    <testcase name="{}" classname="{}" file="{}")",
                      xml(one_file ? check.name() : check.file + ": " + check.name()),
                      xml(check.file), xml(check.file));
    if (check.where.line > 0) text += formatted(R"( line="{}")", check.where.line);
    const std::string outcome = outcome_text(check);
    text += outcome.empty() ? "/>\n" : formatted(">{}</testcase>\n", outcome);
}

void append_used(std::span<const std::string> used, std::string& text) {
    if (used.empty()) return;
    text += "    <properties>\n";
    for (const std::string& line : used)
        text += formatted("      <property name=\"used\" value=\"{}\"/>\n", xml(line));
    text += "    </properties>\n";
}

}  // namespace

std::string junit_text(std::span<const Check> checks, std::span<const std::string> used) {
    std::string text = formatted(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"roofline check\" {}>\n",
        counts_text(checks));
    for (std::size_t start = 0; start < checks.size();) {
        std::size_t stop = start;
        while (stop < checks.size() && checks[stop].file == checks[start].file) ++stop;
        const auto suite = checks.subspan(start, stop - start);
        const std::string file = xml(suite[0].file);
        text +=
            formatted("  <testsuite name=\"{}\" {} file=\"{}\">\n", file, counts_text(suite), file);
        append_used(used, text);
        for (const Check& check : suite) append_case(check, suite.size() == checks.size(), text);
        text += "  </testsuite>\n";
        start = stop;
    }
    return text + "</testsuites>\n";
}

}  // namespace roofline
