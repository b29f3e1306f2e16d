#include "roofline/gate/reports.hpp"

#include "fingerprint.hpp"
#include "report/format.hpp"
#include "text/printable.hpp"

#include <algorithm>

namespace roofline {
namespace {

std::string_view severity_of(const Check& check) {
    if (check.status == CheckStatus::error) return "blocker";
    if (check.status == CheckStatus::fail) return "major";
    return check.severity == LimitSeverity::info ? "info" : "minor";
}

Record finding(const Check& check, std::string_view severity, std::string_view description) {
    Record location;
    location.add("path", check.file)
        .add("lines", Record().add("begin", std::max(check.where.line, 1)));
    return Record()
        .add("description", printable(description))
        .add("check_name", "roofline/" + check.metric)
        .add("fingerprint", gate::fingerprint_of(check))
        .add("severity", severity)
        .add("location", std::move(location));
}

}  // namespace

std::string code_quality_text(std::span<const Check> checks, std::span<const std::string> used) {
    List list;
    for (const Check& check : checks) {
        if (check.status == CheckStatus::pass || check.status == CheckStatus::skip) continue;
        list.emplace_back(finding(check, severity_of(check), sentence_of(check)));
    }
    const std::string file = checks.empty() ? std::string() : checks.front().file;
    for (const std::string& line : used)
        list.emplace_back(
            finding({.file = file, .target = line, .metric = "used"}, "info", "used: " + line));
    return json_text(list);
}

}  // namespace roofline
