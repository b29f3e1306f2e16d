// The sentences of a comment on a pull request.
#pragma once

#include "roofline/evaluate/comparison.hpp"

#include "gate/changes/keeping.hpp"

#include <span>
#include <string>
#include <vector>

namespace roofline {

/// Whether it keeps a run from passing: a figure beyond its limit, or one that cannot be judged.
bool is_broken(const Check& check);

/// "❌ roofline: 1 of 6 limits broken — chat-70b time per token 38.8 ms, allowed 30.0 ms".
std::string comment_verdict(std::span<const Check> checks);

/// "+31.0 % worse", "same", "new", "no figure".
std::string change_text(const Delta& delta);

/// "--concurrency ≤ 33 · --kv-dtype fp8 up to concurrency 37 · --hw b200x4 (22.0 ms, $2.40)"; empty
/// where there is nothing.
std::string keeping_words(const JudgedTarget& judged, const std::vector<Keeping>& keeping);

/// Figures without a limit that changed: "throughput +15.2 % better". Empty where there are none.
std::string other_changes(const JudgedTarget& judged);

}  // namespace roofline
