// Programs that serve a model, and the habits of each that decide how requests share its steps.
// What each keeps of memory: engine_era.hpp.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace roofline {

enum class ServingEngine { vllm, sglang, trtllm, llama_cpp, generic };

struct ServingEngineRow {
    ServingEngine engine;
    std::string_view name;
    bool prefills_alone;  ///< a step holds prompts or decoding sequences, never both
    bool reserves_ahead;  ///< cache for the whole answer is taken when a request is admitted
    bool pads_experts;    ///< products of few tokens are padded to tiles
    bool splits_by_layers = false;  ///< over several GPUs, and loads files of its own formats
};

inline constexpr std::array serving_engines{
    ServingEngineRow{ServingEngine::vllm, "vllm", false, false, true},
    ServingEngineRow{ServingEngine::sglang, "sglang", true, false, true},
    ServingEngineRow{ServingEngine::trtllm, "trtllm", false, true, true},
    ServingEngineRow{ServingEngine::llama_cpp, "llama.cpp", false, true, false, true},
    ServingEngineRow{ServingEngine::generic, "generic", false, false, true},
};

constexpr const ServingEngineRow& row_of(ServingEngine engine) {
    return serving_engines[static_cast<std::size_t>(engine)];
}
constexpr std::string_view name_of(ServingEngine engine) { return row_of(engine).name; }

/// Taken where a deployment names none.
inline constexpr ServingEngine default_engine = ServingEngine::vllm;

struct EngineEra;

/// A program in one of its releases, as asked for: "vllm@0.11", "llama.cpp/vulkan".
struct EngineChoice {
    ServingEngine program = default_engine;
    std::string backend = {};                   ///< empty: the usual one
    std::string version = {};                   ///< empty: the newest
    std::shared_ptr<const EngineEra> era = {};  ///< of that version; unset: the newest
    std::string released = {};                  ///< "2025-12"; empty: the newest measured

    friend bool operator==(const EngineChoice& a, const EngineChoice& b) {
        return a.program == b.program && a.backend == b.backend && a.version == b.version;
    }
};

/// As it is asked for.
std::string name_of(const EngineChoice& choice);

/// By name, upper or lower case; "tensorrt-llm" is trtllm.
std::optional<ServingEngine> find_serving_engine(std::string_view name);

}  // namespace roofline
