#include "ci_outputs.hpp"

#include "roofline/gate/reports.hpp"

#include "error/choice.hpp"
#include "gate/reports/report_kinds.hpp"
#include "gate/reports/repository_path.hpp"
#include "report/format.hpp"
#include "text/formatted.hpp"
#include "text/markdown_text.hpp"

#include <cstdlib>

namespace roofline::cli {
namespace {

std::size_t kind_of(const std::string& name) {
    return choice(name, "--report", "kind of report", names_of(report_kinds, &ReportKind::name));
}

std::string_view variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string_view() : std::string_view(value);
}

// GitHub refuses a summary above 1 MiB; what is cut ends with a whole line, and still says what was
// used.
std::string summary_text(const Answer& answer) {
    constexpr std::size_t most = 900'000;
    std::string text = markdown_text(answer) + "\n";
    if (text.size() <= most) return text;
    text.erase(text.rfind('\n', most) + 1);
    text += "\n…\n\n";
    for (const std::string& line : used_lines(answer.report)) text += "- " + markdown(line) + "\n";
    return text;
}

}  // namespace

std::string markdown_text(const Answer& answer) {
    if (answer.silent) return {};
    Report shown = answer.comment.value_or(answer.report);
    shown.assumptions = answer.report.assumptions;
    shown.warnings = answer.report.warnings;
    std::string text;
    find_format("md")->render(shown, Page{}, [&](std::string_view part) { text += part; });
    return text;
}

bool annotates() { return variable("GITHUB_ACTIONS") == "true"; }

void write_guarded(const std::function<void(const Write&)>& render, Markup markup,
                   const Write& write) {
    if (!annotates()) return render(write);
    std::string line;
    render([&](std::string_view text) {
        for (std::size_t end = 0; (end = text.find('\n')) != std::string_view::npos;) {
            line += text.substr(0, end);
            write(without_commands(line, markup) + "\n");
            line.clear();
            text.remove_prefix(end + 1);
        }
        line += text;
    });
    write(without_commands(line, markup));
}

std::vector<ReportFile> report_files(const std::vector<std::string>& parts) {
    std::vector<ReportFile> files;
    for (const std::string& part : parts) {
        const auto equals = part.find('=');
        const std::size_t kind = kind_of(part.substr(0, equals));
        if (equals == std::string::npos || equals + 1 == part.size())
            fail(ErrorCode::missing_argument, formatted("--report {}: into which file?", part),
                 formatted("--report {}=FILE", report_kinds[kind].name));
        files.push_back({kind, part.substr(equals + 1)});
    }
    return files;
}

bool shows_answer(const ReportFile& file) { return report_kinds[file.kind].text == nullptr; }

Answer with_outputs(Answer answer, Outputs outputs, std::vector<Check> checks) {
    for (Check& check : checks) check.file = repository_path(check.file, outputs.path_base);
    answer.finish = [outputs = std::move(outputs), checks = std::move(checks)](Answer& whole) {
        const std::vector<std::string> used = used_lines(whole.report);
        for (const ReportFile& file : outputs.files) {
            const ReportKind& kind = report_kinds[file.kind];
            std::string text =
                kind.text == nullptr ? markdown_text(whole) : kind.text(checks, used);
            whole.files.push_back({file.path, std::move(text), kind.markup});
        }
        if (!annotates()) return;
        whole.annotations = github_annotations(checks);
        const std::string summary(variable("GITHUB_STEP_SUMMARY"));
        if (!summary.empty()) whole.summary = SideFile{summary, summary_text(whole)};
    };
    return answer;
}

}  // namespace roofline::cli
