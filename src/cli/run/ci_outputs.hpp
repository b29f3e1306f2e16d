// What `check` writes besides its answer: the files of --report, and what GitHub shows of a run.
#pragma once

#include "roofline/gate/checks.hpp"

#include "cli/line/command.hpp"

namespace roofline::cli {

struct ReportFile {
    std::size_t kind = 0;  ///< row of the table of kinds
    std::string path;
};

/// Whether GitHub reads along: annotations and a step summary are written.
bool annotates();

/// The parts of --report KIND=FILE,… Throws E106 for an unknown kind.
std::vector<ReportFile> report_files(const Arguments& arguments);

/// Adds the files, and under GITHUB_ACTIONS the annotations and the step summary.
void add_outputs(const std::vector<ReportFile>& files, std::span<const Check> checks,
                 Answer& answer);

}  // namespace roofline::cli
