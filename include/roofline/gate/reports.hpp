// Checks in the forms that CI systems read. Every function returns text; the command writes it.
// `used` are lines about the files and the day that a run took beside its budgets.
#pragma once

#include "roofline/gate/checks.hpp"

#include <span>
#include <string>

namespace roofline {

/// JUnit XML: a suite per budget, a test case per check; what was used is a property of each suite.
std::string junit_text(std::span<const Check> checks, std::span<const std::string> used = {});

/// SARIF 2.1.0: a result per check that does not pass; a skipped one is suppressed with its reason.
/// What was used are notifications of the run.
std::string sarif_text(std::span<const Check> checks, std::span<const std::string> used = {});

/// GitLab's code-quality report. The fingerprint of a finding depends on file, target, metric and
/// side alone. What was used are findings of the severity "info".
std::string code_quality_text(std::span<const Check> checks,
                              std::span<const std::string> used = {});

/// GitHub's workflow commands, one line per check that does not pass.
std::string github_annotations(std::span<const Check> checks);

/// "chat-8b tpot: 26.5 ms is over the limit of 25 ms (+5.8 %). Agreed with finance": what happened,
/// and the user's own words where it is broken.
std::string sentence_of(const Check& check);

}  // namespace roofline
