#include "roofline/gate/reports.hpp"

#include "report/humanize.hpp"
#include "text/formatted.hpp"
#include "text/xml.hpp"

#include <algorithm>

namespace roofline {
namespace {

std::string counts_text(std::span<const Check> checks) {
    const auto counts = count_by_status(checks);
    const auto of = [&](CheckStatus status) { return counts[static_cast<std::size_t>(status)]; };
    return formatted(R"(tests="{}" failures="{}" errors="{}" skipped="{}")", checks.size(),
                     of(CheckStatus::fail), of(CheckStatus::error), of(CheckStatus::skip));
}

// "317 ms of 600 ms: 53 % of the limit", so that a passing case has its figure too.
std::string figure_text(const Check& check) {
    if (!check.value || !check.limit) return check.why;
    return formatted("{} of {} {}: {}", words_of(*check.value),
                     check.upper ? "at most" : "at least", words_of(*check.limit), check.why);
}

// What stands inside a test case.
std::string outcome_text(const Check& check) {
    const std::string message = xml(sentence_of(check));
    switch (check.status) {
        case CheckStatus::pass:
            return formatted("<system-out>{}</system-out>", xml(figure_text(check)));
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

// Jenkins takes what is before the last point for a package: "roofline.chat" of
// "deploy/chat.budget.json".
std::string class_name(std::string_view file) {
    std::string_view base = file.substr(file.rfind('/') + 1);
    for (const std::string_view end : {".jsonc", ".json", ".budget"})
        if (base.size() > end.size() && base.ends_with(end)) base.remove_suffix(end.size());
    std::string name(base);
    std::ranges::replace(name, '.', '-');
    return "roofline." + name;
}

// The name is unique in the whole report: with the file where there is more than one.
void append_case(const Check& check, bool one_file, std::string& text) {
    text += formatted(R"(    <testcase name="{}" classname="{}" file="{}")",
                      xml(one_file ? check.name() : check.file + ": " + check.name()),
                      xml(class_name(check.file)), xml(check.file));
    if (check.where.line > 0) text += formatted(R"( line="{}")", check.where.line);
    text += formatted(">{}</testcase>\n", outcome_text(check));
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
