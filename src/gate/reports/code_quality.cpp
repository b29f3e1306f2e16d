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

}  // namespace

std::string code_quality_text(std::span<const Check> checks) {
    List list;
    for (const Check& check : checks) {
        if (check.status == CheckStatus::pass || check.status == CheckStatus::skip) continue;
        Record location;
        location.add("path", check.file)
            .add("lines", Record().add("begin", std::max(check.where.line, 1)));
        list.emplace_back(Record()
                              .add("description", printable(sentence_of(check)))
                              .add("check_name", "roofline/" + check.metric)
                              .add("fingerprint", gate::fingerprint_of(check))
                              .add("severity", severity_of(check))
                              .add("location", std::move(location)));
    }
    return json_text(list);
}

}  // namespace roofline
