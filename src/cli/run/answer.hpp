// What a command gives back: a report, and what is written beside it.
#pragma once

#include "roofline/error/user_error.hpp"

#include "answer/ending.hpp"
#include "report/report.hpp"
#include "text/workflow.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace roofline::cli {

/// A file that a command was asked to write beside its answer.
struct SideFile {
    std::string path;
    std::string text;
    Markup markup = Markup::text;  ///< how it spells what must not stand as itself
};

struct Answer {
    Report report;
    Exit status = Exit::ok;                    ///< when the answer is negative, another
    std::optional<std::string> document = {};  ///< text of a form of its own, instead of the report
    std::optional<Report> comment = {};        ///< what Markdown shows in place of the report
    bool silent = false;                       ///< whether Markdown is empty: nothing is new
    std::vector<SideFile> files = {};          ///< each is written, whatever becomes of the others
    std::string annotations = {};              ///< lines for the CI system that reads the output
    std::optional<SideFile> summary = {};      ///< appended to what a CI system shows of the run
    /// Asked for files and annotations once the report is whole, and before anything is written.
    std::function<void(Answer&)> finish = {};
    std::function<Ending()> ending = {};  ///< asked when all is written, where rows are made then
};

}  // namespace roofline::cli
