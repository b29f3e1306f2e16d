#include "answer/estimate/estimate_assumptions.hpp"

#include "answer/memory/memory_assumptions.hpp"
#include "catch.hpp"
#include "deployed.hpp"
#include "report/format.hpp"

namespace estimate_assumptions_test {

using namespace roofline;

namespace {

PreparedService service_of(const std::string& scenario) {
    Efficiency efficiency;
    efficiency.expert_spread = 0.5;
    return prepare_service(deployed(scenario), efficiency);
}

/// "id: text: value (source)", a line each.
std::string lines_of(const std::vector<AssumptionNote>& notes) {
    std::string lines;
    for (const AssumptionNote& note : notes)
        lines +=
            note.id + ": " + note.text + ": " + raw_text(note.value) + " (" + note.source + ")\n";
    return lines;
}

std::string named_numbers() {
    return "efficiency: shares of rates and fixed times: " +
           std::to_string(efficiency_rows().size()) +
           " named numbers (fitted, data/efficiency/serving.json; --explain and --json list "
           "them)\n";
}

}  // namespace

TEST_CASE("a plain load assumes what the server keeps of memory, and the fit") {
    const PreparedService service = service_of("llama-3.1-8b@h100 concurrency=8 engine=vllm@0.11");
    CHECK(lines_of(service_assumptions(service)) ==
          lines_of(memory_assumptions(service.prepared)) + named_numbers());
    CHECK(lines_of(service_assumptions(service))
              .starts_with("mem_share: share of the memory that vllm@0.11 uses: 0.9 (vllm's "
                           "default from 0.11: "));
}

TEST_CASE("habits of the load: 256 of 1,024 cached, 768 in chunks of 256, one guess half right") {
    const auto notes = service_assumptions(
        service_of("llama-3.1-8b@h100 concurrency=8 isl=1024 prefix-hit=25% prefill-chunk=256 "
                   "draft-tokens=1 acceptance=50%"));
    CHECK(lines_of(notes).find(
              "prefix_cache: prompt tokens found in the prefix cache: 256 of 1,024 (--prefix-hit; "
              "every sequence still holds its whole cache)\n"
              "prefill_chunk: steps that work on a prompt: 3 (--prefill-chunk)\n"
              "speculation: tokens from a step: 1.50 of at most 2 (--acceptance, each guess by "
              "itself (Leviathan et al. 2023); guessed by a module of one layer like the model's "
              "own, whose weights are not counted)\n" +
              named_numbers()) != std::string::npos);
}

TEST_CASE("a model of experts says how far its routing spreads; links and prices are said too") {
    const std::string lines = lines_of(
        service_assumptions(service_of("qwen3-30b-a3b@h100x2 concurrency=8 price=$2.5/h")));
    CHECK(
        lines.find("expert_spread: share s of the experts among which tokens choose, independently "
                   "and evenly: ") != std::string::npos);
    CHECK(lines.ends_with(named_numbers()));
    CHECK(lines.find("release_month") == std::string::npos);
    const auto month = [](const std::string& engine) {
        return lines_of(
            service_assumptions(service_of("qwen3-30b-a3b@b200 concurrency=8 engine=" + engine)));
    };
    CHECK(month("vllm").find("its fixed times get shorter: 2026-04 (the newest measured; --engine "
                             "vllm@VERSION names another)") != std::string::npos);
    CHECK(month("sglang@0.5.6")
              .find("its fixed times get shorter: 2025-12 (--engine; measured "
                    "from 2025-10 to 2026-04)") != std::string::npos);
    CHECK(lines.starts_with("link: tensor-parallel traffic through: "));
    CHECK(lines.find("price: $2.50/h per device, as given") != std::string::npos);
}

}  // namespace estimate_assumptions_test
