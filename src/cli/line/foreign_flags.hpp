// Flags of other tools, and what they are here: one row for each, and nothing at start-up.
#pragma once

#include <array>
#include <string_view>

namespace roofline::cli {

/// What becomes of a foreign flag's value.
enum class Becomes {
    same,     ///< the value as it stands
    share,    ///< 0.9 is 90%
    format,   ///< a name of weights or caches: awq is int4
    nothing,  ///< a switch; whatever follows is another word
    count,    ///< of devices: it stands behind the device
    model,    ///< the model, which has no flag here
    unsaid,   ///< it has no counterpart, and may be left out
    hinted,   ///< a switch there, and a flag with a value here
};

/// `name` has no dashes in front, and '-' for '_'; `ours` is the flag here.
struct ForeignFlag {
    std::string_view name;
    std::string_view ours;
    Becomes becomes = Becomes::same;
    std::string_view value = {};  ///< that ours takes, where theirs has none
};

// vLLM, SGLang, TensorRT-LLM, llama.cpp with llama-bench, ollama, aiconfigurator, and what clients
// and calculators of this kind call the same things. The newest release of each in 2026-11.
inline constexpr std::array foreign_flags{
    // the device
    ForeignFlag{"gpu", "hw"},
    ForeignFlag{"gpus", "hw"},
    ForeignFlag{"gpu-type", "hw"},
    ForeignFlag{"gpu-name", "hw"},
    ForeignFlag{"device", "hw"},
    ForeignFlag{"hardware", "hw"},
    ForeignFlag{"accelerator", "hw"},
    ForeignFlag{"system", "hw"},
    ForeignFlag{"system-name", "hw"},
    ForeignFlag{"num-gpus", "hw", Becomes::count},
    ForeignFlag{"n-gpus", "hw", Becomes::count},
    ForeignFlag{"gpu-count", "hw", Becomes::count},
    ForeignFlag{"total-gpus", "max-gpus"},
    // the model
    ForeignFlag{"model", "", Becomes::model},
    ForeignFlag{"m", "", Becomes::model},
    ForeignFlag{"model-path", "", Becomes::model},
    ForeignFlag{"model-id", "", Becomes::model},
    ForeignFlag{"model-name", "", Becomes::model},
    ForeignFlag{"hf-id", "", Becomes::model},
    ForeignFlag{"hf-repo", "", Becomes::model},
    ForeignFlag{"hf", "", Becomes::model},
    // the layout
    ForeignFlag{"tensor-parallel-size", "tp"},
    ForeignFlag{"tensor-parallel", "tp"},
    ForeignFlag{"tp-size", "tp"},
    ForeignFlag{"pipeline-parallel-size", "pp"},
    ForeignFlag{"pipeline-parallel", "pp"},
    ForeignFlag{"pp-size", "pp"},
    ForeignFlag{"data-parallel-size", "dp"},
    ForeignFlag{"dp-size", "dp"},
    ForeignFlag{"expert-parallel-size", "ep"},
    ForeignFlag{"ep-size", "ep"},
    ForeignFlag{"moe-ep-size", "ep"},
    ForeignFlag{"enable-expert-parallel", "ep", Becomes::hinted, "N"},
    ForeignFlag{"num-replicas", "replicas"},
    // formats
    ForeignFlag{"quantization", "quant", Becomes::format},
    ForeignFlag{"q", "quant", Becomes::format},
    ForeignFlag{"quant-mode", "quant", Becomes::format},
    ForeignFlag{"precision", "quant", Becomes::format},
    ForeignFlag{"weight-dtype", "quant", Becomes::format},
    ForeignFlag{"kv-cache-dtype", "kv-dtype", Becomes::format},
    ForeignFlag{"cache-type-k", "kv-dtype", Becomes::format},
    ForeignFlag{"cache-type-v", "kv-dtype", Becomes::format},
    ForeignFlag{"ctk", "kv-dtype", Becomes::format},
    ForeignFlag{"ctv", "kv-dtype", Becomes::format},
    // lengths
    ForeignFlag{"input-len", "isl"},
    ForeignFlag{"input-length", "isl"},
    ForeignFlag{"input-tokens", "isl"},
    ForeignFlag{"max-input-len", "isl"},
    ForeignFlag{"random-input-len", "isl"},
    ForeignFlag{"random-input", "isl"},
    ForeignFlag{"prompt-len", "isl"},
    ForeignFlag{"prompt-tokens", "isl"},
    ForeignFlag{"n-prompt", "isl"},
    ForeignFlag{"p", "isl"},
    ForeignFlag{"output-len", "osl"},
    ForeignFlag{"output-length", "osl"},
    ForeignFlag{"output-tokens", "osl"},
    ForeignFlag{"random-output-len", "osl"},
    ForeignFlag{"random-output", "osl"},
    ForeignFlag{"max-tokens", "osl"},
    ForeignFlag{"max-new-tokens", "osl"},
    ForeignFlag{"n-gen", "osl"},
    ForeignFlag{"n-predict", "osl"},
    ForeignFlag{"num-predict", "osl"},
    ForeignFlag{"n", "osl"},
    ForeignFlag{"ctx-size", "max-model-len"},
    ForeignFlag{"c", "max-model-len"},
    ForeignFlag{"num-ctx", "max-model-len"},
    ForeignFlag{"n-depth", "context"},
    ForeignFlag{"d", "context"},
    ForeignFlag{"seq-len", "context"},
    ForeignFlag{"context-length", "max-model-len"},
    ForeignFlag{"max-seq-len", "max-model-len"},
    // the load
    ForeignFlag{"max-concurrency", "concurrency"},
    ForeignFlag{"parallel", "concurrency"},
    ForeignFlag{"np", "concurrency"},
    ForeignFlag{"num-parallel", "concurrency"},
    ForeignFlag{"request-rate", "rate"},
    ForeignFlag{"qps", "rate"},
    ForeignFlag{"rps", "rate"},
    ForeignFlag{"batch-size", "batch"},
    ForeignFlag{"bs", "batch"},
    // the server
    ForeignFlag{"backend", "engine"},
    ForeignFlag{"gpu-memory-utilization", "mem-share", Becomes::share},
    ForeignFlag{"mem-fraction-static", "mem-share", Becomes::share},
    ForeignFlag{"free-gpu-memory-fraction", "mem-share", Becomes::share},
    ForeignFlag{"kv-cache-free-gpu-memory-fraction", "mem-share", Becomes::share},
    ForeignFlag{"max-num-batched-tokens", "prefill-chunk"},
    ForeignFlag{"chunked-prefill-size", "prefill-chunk"},
    ForeignFlag{"max-num-tokens", "prefill-chunk"},
    ForeignFlag{"ubatch-size", "prefill-chunk"},
    ForeignFlag{"ub", "prefill-chunk"},
    ForeignFlag{"enable-chunked-prefill", "prefill-chunk", Becomes::hinted, "TOKENS"},
    ForeignFlag{"max-running-requests", "max-num-seqs"},
    ForeignFlag{"max-batch-size", "max-num-seqs"},
    ForeignFlag{"enforce-eager", "eager", Becomes::nothing},
    ForeignFlag{"disable-cuda-graph", "eager", Becomes::nothing},
    ForeignFlag{"enable-prefix-caching", "prefix-hit", Becomes::hinted, "SHARE"},
    ForeignFlag{"num-speculative-tokens", "draft-tokens"},
    ForeignFlag{"speculative-num-draft-tokens", "draft-tokens"},
    ForeignFlag{"speculative-num-steps", "draft-tokens"},
    ForeignFlag{"draft-max", "draft-tokens"},
    ForeignFlag{"num-scheduler-steps", "poll-steps"},
    ForeignFlag{"num-continuous-decode-steps", "poll-steps"},
    ForeignFlag{"num-prompts", "waves", Becomes::hinted, "N"},
    // money and pages
    ForeignFlag{"gpu-price", "price"},
    ForeignFlag{"hourly-price", "price"},
    ForeignFlag{"cost-per-hour", "price"},
    ForeignFlag{"csv", "format", Becomes::hinted, "csv"},
    ForeignFlag{"markdown", "format", Becomes::hinted, "md"},
    ForeignFlag{"no-color", "color", Becomes::hinted, "never"},
    ForeignFlag{"verbose", "explain", Becomes::nothing},
    // what changes no answer
    ForeignFlag{"ngl", "", Becomes::unsaid},
    ForeignFlag{"n-gpu-layers", "", Becomes::unsaid},
    ForeignFlag{"flash-attn", "", Becomes::unsaid},
    ForeignFlag{"fa", "", Becomes::unsaid},
    ForeignFlag{"trust-remote-code", "", Becomes::unsaid},
    ForeignFlag{"served-model-name", "", Becomes::unsaid},
    ForeignFlag{"tokenizer", "", Becomes::unsaid},
    ForeignFlag{"host", "", Becomes::unsaid},
    ForeignFlag{"port", "", Becomes::unsaid},
    ForeignFlag{"seed", "", Becomes::unsaid},
};

}  // namespace roofline::cli
