// Parts of an answer about a deployment that `analyze`, `estimate` and `cost` share.
#pragma once

#include "roofline/evaluate/figures.hpp"
#include "roofline/evaluate/outcome.hpp"

#include "cli/line/command.hpp"
#include "report/report.hpp"

#include <functional>

namespace roofline::cli {

/// "llama-3.1-8b · bf16 weights · bf16 KV cache · 1 x h100-sxm · batch 32 · context 4,096".
std::string headline(const Deployment& deployment);

/// The same without batch and lengths.
std::string setup_words(const Deployment& deployment);

/// "2 x h100-sxm".
std::string hardware_words(const Deployment& deployment);

/// Which model, how many layers and where that is known from.
Record model_record(const Deployment& deployment);

Record memory_record(const Prepared& prepared, const Outcome& outcome);
Bar memory_bar(const Prepared& prepared, const Outcome& outcome);
Bar memory_bar(const MemoryLedger& memory, const Layout& layout, std::string note);

/// null when the outcome has no such phase.
Value phase_value(const Prepared& prepared, const Outcome& outcome, PhaseKind kind,
                  std::optional<Seconds> expected);

/// One line per phase for those who read CSV, with the same columns whether it fits or not.
using ExpectedTime = std::function<std::optional<Seconds>(PhaseKind)>;
Table phase_lines(const Prepared& prepared, const Outcome& outcome, const ExpectedTime& expected);

/// Every metric that the outcome answers, null where it does not.
Record metrics_record(const Figures& figures);
Record metrics_record(const Outcome& outcome);

/// The answer when it does not fit: fits false, phases null, exit 4, and what would fit.
Answer misfit_answer(const std::string& command, const Prepared& prepared, const Outcome& outcome,
                     Session& session);

}  // namespace roofline::cli
