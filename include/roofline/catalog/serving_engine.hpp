// Programs that serve a model, and the habits of each that decide how requests share its steps.
#pragma once

#include "roofline/units/quantity.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace roofline {

enum class ServingEngine { vllm, sglang, trtllm, llama_cpp, generic };

/// What of a GPU's memory is the cache's: `share` of all of it less weights and reserve, or `share`
/// of what weights and reserve leave.
enum class CacheMemory { share_of_all, share_of_rest };

struct ServingEngineRow {
    ServingEngine engine;
    std::string_view name;
    bool prefills_alone;  ///< a step holds prompts or decoding sequences, never both
    bool reserves_ahead;  ///< cache for the whole answer is taken when a request is admitted
    bool pads_experts;    ///< products of few tokens are padded to tiles
    CacheMemory cache_memory;
    double memory_share;
    Bytes reserve;
};

inline constexpr std::array serving_engines{
    // Shares: gpu_memory_utilization, mem_fraction_static (chosen by GPU size; .825 on 80 to 192
    // GB)
    // and free_gpu_memory_fraction as launched in public benchmarks; reserves fitted to the sizes
    // at which those runs begin to queue.
    ServingEngineRow{ServingEngine::vllm, "vllm", false, false, true, CacheMemory::share_of_all,
                     0.90, 1.5 * gigabyte},
    ServingEngineRow{ServingEngine::sglang, "sglang", true, false, true, CacheMemory::share_of_all,
                     0.825, 1.5 * gigabyte},
    ServingEngineRow{ServingEngine::trtllm, "trtllm", false, true, true, CacheMemory::share_of_rest,
                     0.90, 7.5 * gigabyte},
    ServingEngineRow{ServingEngine::llama_cpp, "llama.cpp", false, true, false,
                     CacheMemory::share_of_all, 0.90, 1.5 * gigabyte},
    ServingEngineRow{ServingEngine::generic, "generic", false, false, true,
                     CacheMemory::share_of_all, 0.90, 1.5 * gigabyte},
};

constexpr const ServingEngineRow& row_of(ServingEngine engine) {
    return serving_engines[static_cast<std::size_t>(engine)];
}
constexpr std::string_view name_of(ServingEngine engine) { return row_of(engine).name; }

/// Taken where a deployment names none.
inline constexpr ServingEngine default_engine = ServingEngine::vllm;

/// By name, upper or lower case; "tensorrt-llm" is trtllm.
std::optional<ServingEngine> find_serving_engine(std::string_view name);

}  // namespace roofline
