#include "used.hpp"

#include "clock.hpp"
#include "input/source.hpp"

#include <algorithm>

namespace roofline::cli {
namespace {

AssumptionNote used_note(std::string id, std::string text, std::string value, std::string source) {
    return {.id = std::move(id),
            .text = std::move(text),
            .value = std::move(value),
            .source = std::move(source),
            .used = true};
}

// A file that is read for each of a hundred targets is named once.
void name_files(FileRole role, const std::string& id, const std::string& text, Report& report) {
    std::vector<std::string> named;
    for (const ReadFile& file : files_read()) {
        if (file.role != role || std::ranges::find(named, file.path) != named.end()) continue;
        named.push_back(file.path);
        report.assumptions.push_back(used_note(id, text, file.path, "your file"));
    }
}

}  // namespace

void name_used(const Catalog& catalog, Report& report) {
    for (const std::string& use : catalog.used_overrides())
        report.assumptions.push_back(used_note("catalog", "instead of the built-in catalog", use,
                                               "--catalog, --prices or ROOFLINE_CATALOG"));
    name_files(FileRole::model, "model-file", "model read from", report);
    name_files(FileRole::baseline, "baseline", "compared with the baseline", report);
}

void name_given_day(Day today, Report& report) {
    if (!day_is_given()) return;
    report.assumptions.push_back(
        used_note("today", "the day that stands for today", day_text(today), "SOURCE_DATE_EPOCH"));
}

}  // namespace roofline::cli
