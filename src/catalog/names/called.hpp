// Names as other tools and people write them, and what they are called here.
#pragma once

#include "error/suggest.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace roofline {

struct CalledModel {
    std::string id;
    std::string format = {};   ///< that the name says its weights have; as formats are called here
    std::string unknown = {};  ///< the same where none is called so: "q5_k_m"
};

/// "llama3.1:8b", "Qwen3-30B-A3B-Instruct-2507", "org/Llama-3.1-8B-Instruct.Q4_K_M.gguf": the model
/// among `names`, without what only says who trained it to answer or how it is stored.
std::optional<CalledModel> model_called(std::string_view name, std::span<const Candidate> names);

/// "NVIDIA H100", "Tesla V100-SXM2-16GB", "H100 80GB x8": the device, without maker, brand, kind
/// and size of memory, and its count behind it. Empty for none.
std::string device_called(std::string_view name, std::span<const Candidate> names);

}  // namespace roofline
