#include "answer/memory/memory_derivations.hpp"

#include "catch.hpp"
#include "engine/ledgers.hpp"

namespace memory_derivations_test {

using namespace roofline;

namespace {

std::string formulas_of(const std::string& scenario, double gib) {
    const Prepared prepared = prepared_with(scenario, gib);
    std::string lines;
    for (const Derivation& step : memory_derivations(prepared, memory_of(prepared)))
        lines += step.path + " = " + step.formula + " = " + step.numbers + "\n";
    return lines;
}

bool says(const std::string& text, const std::string& words) {
    return text.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("every term of vllm's ledger with its numbers: 71.3 - 15.0 - 4.76 - 0.12 = 51.4") {
    CHECK(formulas_of("llama-3.1-8b@h100-sxm engine=vllm@0.11", 79.19) ==
          "result.memory.reported_bytes = what a program is given = 79.2 GiB\n"
          "result.memory.usable_bytes = share x reported = 0.9 x 79.2 GiB = 71.3 GiB\n"
          "result.memory.weights_bytes = parameters x bytes = 15.0 GiB\n"
          "result.memory.working_bytes = max(9.6 copies x 1,024 sequences x 128,256 words x 4 B + "
          "8,192 tokens x 4,096 x 2 B, tokens x 2 B x (widest intermediate + 4 x 4,096)) = "
          "max(4.76 GiB, 0.91 GiB) = 4.76 GiB\n"
          "result.memory.other_bytes = driver, collectives = 0.12 GiB\n"
          "result.memory.graphs_bytes = CUDA graphs that count in the budget = 0.00 GiB\n"
          "result.memory.room_bytes = usable - weights - working - other - graphs = 71.3 GiB - "
          "15.0 GiB - 4.76 GiB - 0.12 GiB - 0.00 GiB = 51.4 GiB\n");
}

TEST_CASE("sglang takes its share of what is free, trtllm of the rest, llama.cpp all of it") {
    CHECK(says(formulas_of("llama-3.1-8b@h100-sxm engine=sglang mem-share=0.8", 80.5),
               "usable_bytes = share x (reported - gone at start) = 0.8 x (80.5 GiB - 0.50 GiB) = "
               "64.0 GiB\n"));
    CHECK(says(formulas_of("llama-3.1-8b@h100-sxm engine=trtllm", 80),
               "usable_bytes = weights + working + share x rest = 15.0 GiB + "));
    const std::string whole = formulas_of("qwen2.5-7b@rtx-4090 quant=q8_0 engine=llama.cpp", 24);
    CHECK(says(whole, "usable_bytes = all of it = 24.0 GiB\n"));
    CHECK(says(whole, "weights_bytes = parameters x bytes, as loaded = 7.00 GiB\n"));
    CHECK(says(whole, "working_bytes = n_ubatch x 4 B x (vocabulary + hidden) = 0.30 GiB\n"));
}

TEST_CASE("padded experts and an embedding on the host say why weights are not what was counted") {
    const auto source_of_weights = [](const std::string& scenario) {
        const Prepared prepared = prepared_with(scenario);
        return memory_derivations(prepared, memory_of(prepared)).at(2).source;
    };
    CHECK(source_of_weights("gpt-oss-120b@h100-sxm engine=vllm@0.11")
              .starts_with("expert weights are padded to whole tiles"));
    CHECK(source_of_weights("qwen2.5-7b@rtx-4090 quant=q8_0 engine=llama.cpp") ==
          "the input embedding stays in the memory of the host");
    CHECK(source_of_weights("llama-3.1-8b@h100-sxm") == "the model's file");
}

}  // namespace memory_derivations_test
