// Figures of an earlier run, which limits on regression compare with.
#pragma once

#include "roofline/evaluate/evaluation.hpp"
#include "roofline/gate/budget.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace roofline {

/// Fields by key: "batch" 32, "lengths" "varied".
using BaselineLoad = std::map<std::string, std::variant<double, std::string>, std::less<>>;

struct BaselineTarget {
    Basis basis = Basis::expected;
    BaselineLoad load = {};                                   ///< what the figures hold for
    std::map<std::string, double, std::less<>> figures = {};  ///< by metric id, base units
    BaselineLoad asked = {};  ///< every field that the budget said; empty where none was kept
};

struct Baseline {
    std::string file;
    std::map<std::string, BaselineTarget, std::less<>> targets = {};  ///< by name
};

/// Throws UserError: E300, E301, and E354 for anything that baseline_text() would not write.
Baseline read_baseline(const std::string& path);

/// Whether nothing but an earlier baseline, of whatever version, is lost where one is written to
/// `path`.
bool may_hold_baseline(const std::string& path);

/// The file that read_baseline() reads.
std::string baseline_text(const Baseline& baseline);

/// What a baseline keeps of a target: its load, what was asked, and every figure that it answers.
BaselineTarget baseline_target(const Evaluation& evaluation, const Target& target);

}  // namespace roofline
