// A deployment in words, as every answer begins with it.
#pragma once

#include "roofline/evaluate/evaluation.hpp"
#include "roofline/evaluate/levers.hpp"

#include "report/role.hpp"

#include <string>
#include <string_view>
namespace roofline {

/// "2 x h100-sxm".
std::string hardware_words(const Deployment& deployment);

/// "llama-3.1-8b · bf16 weights · bf16 KV cache · 1 x h100-sxm · tp 2", without batch and lengths.
std::string setup_words(const Deployment& deployment);

/// The same with batch, prompt and context.
std::string headline(const Deployment& deployment);

/// What a verdict that names model, hardware and batch leaves out: "bf16 weights · bf16 KV cache ·
/// tp 2 · prompt 4,096 · context 4,096"; of a served one the answer in place of the context.
std::string detail_words(const Deployment& deployment);

/// Degrees above one: "tp 2, replicas 4".
std::string layout_words(const Layout& layout);

/// What one would type to pull a lever: "--hw h100-sxmx4 --tp 4".
std::string lever_words(const Lever& lever);

Role role_of(Bound bound);

}  // namespace roofline
