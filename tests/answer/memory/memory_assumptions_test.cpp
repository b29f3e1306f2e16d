#include "answer/memory/memory_assumptions.hpp"

#include "catch.hpp"
#include "engine/ledgers.hpp"
#include "report/format.hpp"

namespace memory_assumptions_test {

using namespace roofline;

namespace {

/// "id: text: value (source)", a line each.
std::string lines_of(const std::vector<AssumptionNote>& notes) {
    std::string lines;
    for (const AssumptionNote& note : notes)
        lines +=
            note.id + ": " + note.text + ": " + raw_text(note.value) + " (" + note.source + ")\n";
    return lines;
}

std::string lines_of(const std::string& scenario) {
    return lines_of(memory_assumptions(prepared_with(scenario)));
}

bool says(const std::string& text, const std::string& words) {
    return text.find(words) != std::string::npos;
}

}  // namespace

// 131,072 tokens of 131,072 B are 16 GiB.
TEST_CASE("what was not said is the engine's default of its release, and where that is from") {
    CHECK(lines_of("llama-3.1-8b@h100-sxm engine=vllm@0.11 isl=1000 osl=200") ==
          "mem_share: share of the memory that vllm@0.11 uses: 0.9 (vllm's default from 0.11: "
          "vLLM's own defaults: gpu_memory_utilization, max_num_seqs, max_num_batched_tokens "
          "(vllm/engine/arg_utils.py))\n"
          "max_model_len: tokens of the longest request that must have room: 1200 (prompt and "
          "answer; by itself vllm takes the model's 131,072, which need 16.0 GiB)\n"
          "max_num_seqs: sequences at once: 1024 (vllm's default from 0.11: vLLM's own defaults: "
          "gpu_memory_utilization, max_num_seqs, max_num_batched_tokens "
          "(vllm/engine/arg_utils.py))\n"
          "step_tokens: tokens of a step that memory has room for: 8192 (vllm's default from "
          "0.11: vLLM's own defaults: gpu_memory_utilization, max_num_seqs, "
          "max_num_batched_tokens (vllm/engine/arg_utils.py))\n");
}

TEST_CASE("what was said is named by its field") {
    CHECK(lines_of("llama-3.1-8b@h100-sxm engine=vllm@0.11 mem-share=0.85 max-model-len=131072 "
                   "max-num-seqs=64 prefill-chunk=2048") ==
          "mem_share: share of the memory that vllm@0.11 uses: 0.85 (--mem-share)\n"
          "max_model_len: tokens of the longest request that must have room: 131072 "
          "(--max-model-len)\n"
          "max_num_seqs: sequences at once: 64 (--max-num-seqs)\n"
          "step_tokens: tokens of a step that memory has room for: 2048 (--prefill-chunk)\n");
}

TEST_CASE("no release named is the newest era; one beyond the newest that was looked at is said") {
    const std::string newest = lines_of("llama-3.1-8b@h100-sxm");
    CHECK(
        newest.starts_with("engine_release: no release of vllm is named; as from: 0.21 (--engine "
                           "vllm@0.21 names one)\n"));
    CHECK(says(lines_of("llama-3.1-8b@h100-sxm engine=vllm@0.99"),
               "engine_release: vllm@0.99 is newer than what was looked at; as from: 0.21 "
               "(data/engines, up to 0.29)\n"));
    CHECK_FALSE(says(lines_of("llama-3.1-8b@h100-sxm engine=vllm@0.11"), "engine_release"));
}

TEST_CASE("sglang's share is what its own rule keeps free; llama.cpp has none, and no limit") {
    CHECK(says(lines_of("llama-3.1-8b@h100-sxm engine=sglang"),
               "(what the engine's own rule keeps free: SGLang's rule for mem_fraction_static"));
    const std::string whole = lines_of("llama-3.1-8b@rtx-4090 engine=llama.cpp");
    CHECK_FALSE(says(whole, "mem_share"));
    CHECK_FALSE(says(whole, "max_num_seqs"));
    CHECK(says(whole, "step_tokens: tokens of a step that memory has room for: 512 (llama.cpp's"));
}

TEST_CASE("of many deployments one line is said") {
    CHECK(lines_of({memory_note()}) ==
          "memory: memory as each engine keeps it by itself: by release, card and GPUs "
          "(data/engines; analyze --explain has every term)\n");
}

// 22.08 - 14.96 - 0.32 - 0.2 - 1.0 = 5.60 for a request that needs 4.91, known to 1.2.
TEST_CASE("W203: a room of 5.60, known to 1.2, for 4.91: may not start, and with what it would") {
    const Prepared prepared =
        prepared_with("llama-3.1-8b@rtx-4090 isl=40000 osl=256 engine=vllm@0.25", 24);
    const WarningNote warning = doubt_warning(prepared, memory_of(prepared));
    CHECK(warning.code == "W203");
    CHECK(warning.message ==
          "may not start with vllm@0.25: a request of 40,256 tokens needs 4.91 GiB of a room of "
          "5.60 GiB, give or take 1.20 GiB. It would start with --max-num-seqs 64 (room 6.30 GiB), "
          "--mem-share 95% (room 6.32 GiB), --isl 35584 --context 35584 (room 5.60 GiB) or "
          "--eager (room 6.60 GiB)");
}

}  // namespace memory_assumptions_test
