// What `check` writes besides its answer: the files of --report, and what GitHub shows of a run.
#pragma once

#include "roofline/gate/checks.hpp"

#include "answer.hpp"
#include "report/format.hpp"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace roofline::cli {

struct ReportFile {
    std::size_t kind = 0;  ///< row of the table of kinds
    std::string path;
};

/// Whether GitHub reads along: annotations and a step summary are written.
bool annotates();

/// Renders into `write` what a runner of GitHub may read along: no line is a command of it.
void write_guarded(const std::function<void(const Write&)>& render, Markup markup,
                   const Write& write);

/// The answer as Markdown: its comment where it has one, with the evidence of the report.
std::string markdown_text(const Answer& answer);

/// The parts of KIND=FILE,… Throws E106 for an unknown kind.
std::vector<ReportFile> report_files(const std::vector<std::string>& parts);

/// Whether a file holds the answer as Markdown.
bool shows_answer(const ReportFile& file);

/// What the reports of a run are made of.
struct Outputs {
    std::vector<ReportFile> files;
    std::string path_base = {};  ///< folder that paths in them begin at; empty: the repository
};

/// `answer`, which ends with the files, and under GITHUB_ACTIONS the annotations and the step
/// summary.
Answer with_outputs(Answer answer, Outputs outputs, std::vector<Check> checks);

}  // namespace roofline::cli
