#include "roofline/evaluate/metric.hpp"
#include "roofline/gate/reports.hpp"
#include "roofline/version.hpp"

#include "fingerprint.hpp"
#include "report/format.hpp"
#include "text/formatted.hpp"
#include "text/printable.hpp"
#include "text/project_address.hpp"

#include <algorithm>
#include <cctype>

namespace roofline {
namespace {

// A path as a relative reference: what RFC 3986 does not allow is percent-encoded.
std::string uri_of(std::string_view path) {
    constexpr std::string_view plain = "-._~/";
    std::string uri;
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        const bool kept =
            byte < 0x80 && (std::isalnum(byte) != 0 || plain.find(c) != std::string_view::npos);
        uri += kept ? std::string(1, c) : formatted("%{:02X}", static_cast<unsigned>(byte));
    }
    return uri;
}

std::string_view level_of(const Check& check) {
    if (check.status == CheckStatus::fail || check.status == CheckStatus::error) return "error";
    return check.severity == LimitSeverity::info || check.status == CheckStatus::skip ? "note"
                                                                                      : "warning";
}

std::vector<std::string> rules_of(std::span<const Check> checks) {
    std::vector<std::string> rules;
    for (const Check& check : checks)
        if (std::ranges::find(rules, check.metric) == rules.end()) rules.push_back(check.metric);
    return rules;
}

// In a sentence, and how one goes on from there.
struct RuleHelp {
    std::string brief;
    std::string full;
    std::string next;
};

RuleHelp help_of(const std::string& rule) {
    if (const Metric* metric = find_metric(rule))
        return {std::string(metric->help),
                formatted("A limit of a budget on {} ({}) that is broken, cannot be judged or is "
                          "skipped.",
                          metric->noun, metric->help),
                formatted("The limit stands in the budget at the place of this result, as \"{}\" "
                          "under \"limits\". The Markdown of the same check says what changed, "
                          "why, and what would keep it.",
                          metric->id)};
    if (rule == price_age_metric)
        return {"age of a price", "A price of the catalog is older than \"max_price_age\" allows.",
                "Lay a newer file of prices over the catalog, or write the price in the budget as "
                "an amount."};
    return {"whether a budget can be read", "A budget, or a file that it names, cannot be used.",
            "The message names the file, the line and what to write instead; the schema of "
            "budgets is data/schema/budget-1.json."};
}

Record message_record(std::string_view text) { return Record().add("text", text); }

List rule_list(const std::vector<std::string>& rules) {
    List list;
    for (const std::string& rule : rules) {
        const RuleHelp help = help_of(rule);
        list.emplace_back(Record()
                              .add("id", rule)
                              .add("shortDescription", message_record(help.brief))
                              .add("fullDescription", message_record(help.full))
                              .add("help", message_record(help.next))
                              .add("helpUri", formatted("{}/docs/ci.md", project_address)));
    }
    return list;
}

Record place_record(const Check& check) {
    Record physical;
    physical.add("artifactLocation", Record().add("uri", uri_of(check.file)));
    if (check.where.line > 0)
        physical.add("region", Record()
                                   .add("startLine", check.where.line)
                                   .add("startColumn", std::max(check.where.column, 1)));
    return Record().add("physicalLocation", std::move(physical));
}

Record result_record(const Check& check, const std::vector<std::string>& rules) {
    const auto rule = std::ranges::find(rules, check.metric) - rules.begin();
    Record result;
    result.add("ruleId", check.metric)
        .add("ruleIndex", static_cast<double>(rule))
        .add("level", level_of(check))
        .add("message", Record().add("text", printable(sentence_of(check))))
        .add("locations", List{place_record(check)})
        .add("partialFingerprints", Record().add("limit/v1", gate::fingerprint_of(check)));
    if (check.status == CheckStatus::skip)
        result.add("suppressions",
                   List{Record().add("kind", "inSource").add("justification", check.why)});
    return result;
}

// Beside the results, which are about limits.
Record invocation_record(std::span<const std::string> used) {
    List notes;
    for (const std::string& line : used)
        notes.emplace_back(Record()
                               .add("level", "note")
                               .add("message", Record().add("text", "used: " + printable(line))));
    return Record()
        .add("executionSuccessful", true)
        .add("toolConfigurationNotifications", std::move(notes));
}

}  // namespace

std::string sarif_text(std::span<const Check> checks, std::span<const std::string> used) {
    const std::vector<std::string> rules = rules_of(checks);
    List results;
    for (const Check& check : checks)
        if (check.status != CheckStatus::pass) results.emplace_back(result_record(check, rules));
    Record driver;
    driver.add("name", "roofline")
        .add("version", version)
        .add("informationUri", project_address)
        .add("rules", rule_list(rules));
    Record run;
    run.add("tool", Record().add("driver", std::move(driver)))
        .add("automationDetails", Record().add("id", "roofline/check/"));
    if (!used.empty()) run.add("invocations", List{invocation_record(used)});
    run.add("results", std::move(results));
    return json_text(Record()
                         .add("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
                         .add("version", "2.1.0")
                         .add("runs", List{std::move(run)}));
}

}  // namespace roofline
