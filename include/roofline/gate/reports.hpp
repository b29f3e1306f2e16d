// Checks in the forms that CI systems read. Every function returns text; the command writes it.
#pragma once

#include "roofline/gate/checks.hpp"

#include <span>
#include <string>

namespace roofline {

/// JUnit XML: a suite per budget, a test case per check.
std::string junit_text(std::span<const Check> checks);

/// SARIF 2.1.0: a result per check that does not pass; a skipped one is suppressed with its reason.
std::string sarif_text(std::span<const Check> checks);

/// GitLab's code-quality report. The fingerprint of a finding depends on file, target, metric and
/// side alone.
std::string code_quality_text(std::span<const Check> checks);

/// GitHub's workflow commands, one line per check that does not pass.
std::string github_annotations(std::span<const Check> checks);

/// "chat-8b tpot: 26.5 ms is over the limit of 25 ms (+5.8 %). Agreed with finance": what happened,
/// and the user's own words where it is broken.
std::string sentence_of(const Check& check);

}  // namespace roofline
