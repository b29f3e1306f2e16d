#include "answer/deployment/deployment_assumptions.hpp"

#include "catch.hpp"
#include "deployed.hpp"
#include "report/format.hpp"

namespace deployment_assumptions_test {

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

std::string work_lines(const std::string& scenario) {
    return lines_of(work_assumptions(prepare(deployed(scenario))));
}

Device device_with(const std::string& technology, bool reported) {
    Memory dram{.level = MemoryLevel::dram,
                .technology = technology,
                .capacity = Figure<Bytes>{64 * gigabyte, {.source = "its sheet"}}};
    if (reported) dram.reported = Figure<Bytes>{63 * gigabyte, {.source = "its driver"}};
    Device device;
    device.memory.push_back(dram);
    return device;
}

std::string warnings_of(const std::string& scenario) {
    std::string lines;
    for (const WarningNote& warning : deployment_warnings(prepare(deployed(scenario)), {}))
        lines += warning.code + ": " + warning.message + "\n";
    return lines;
}

}  // namespace

TEST_CASE(
    "memory: the share that is used, what is kept free, and what is not known of a device's own") {
    CHECK(lines_of(
              memory_assumptions({.memory_utilization = 0.75, .runtime_reserve = 2 * gigabyte})) ==
          "memory_utilization: usable share of the reported memory: 0.75 (the default of vLLM's "
          "gpu_memory_utilization)\n"
          "runtime_reserve: kept free per GPU for activations and workspace: 2000000000 (fitted to "
          "served deployments of 1 to 8 GPUs)\n");
    CHECK(lines_of(capacity_assumptions(device_with("HBM3", true))).empty());
    CHECK(lines_of(capacity_assumptions(device_with("HBM3", false))) ==
          "capacity: the driver's figure is not in the catalog; nominal memory of: 64000000000 "
          "(its sheet)\n");
    CHECK(lines_of(capacity_assumptions(device_with("LPDDR5X unified", true))) ==
          "unified_memory: memory is shared with the CPU; the system's own share is not taken "
          "off: null (LPDDR5X unified)\n");
    Device shared = device_with("LPDDR5X unified", true);
    shared.memory[0].usable =
        Figure<Bytes>{48 * gigabyte, {.source = "3/4", .confidence = Confidence::rule}};
    CHECK(lines_of(capacity_assumptions(shared)) ==
          "capacity: memory that programs get, by a rule: 48000000000 (3/4)\n");
}

TEST_CASE(
    "links of each kind of traffic, 61 layers in two stages, 31 in the fullest, and formats that "
    "nobody asked for") {
    CHECK(work_lines("deepseek-v3@h200-sxmx32 tp=2 dp=8 ep=16 pp=2") ==
          "link: tensor-parallel traffic through: NVLink 4 via NVSwitch, 450 GB/s one way (the "
          "device's catalog entry)\n"
          "link: expert-parallel traffic through: the network card, 50.0 GB/s one way (the "
          "device's catalog entry)\n"
          "link: traffic between pipeline stages through: the network card, 50.0 GB/s one way "
          "(the device's catalog entry)\n"
          "activation_bytes: bytes per element sent between GPUs: 2 (bf16)\n"
          "stages: layers of the fullest pipeline stage: 31 (memory counts that stage)\n");
    CHECK(work_lines("qwen3-next-80b-a3b@b300") ==
          "state_bytes: bytes per element of recurrent states: 4 (fp32, as servers keep them)\n");
    CHECK(work_lines("deepseek-v3.2@b300x4")
              .find("\nindex_key_bytes: bytes per element of the sparse indexer's keys: 1 (fp8, "
                    "DeepSeek-V3.2)\n") != std::string::npos);
    CHECK(work_lines("llama-3.1-8b@h100-sxm").empty());
}

TEST_CASE(
    "a format that the model's file does not name covers what is usual; where it is widened, why") {
    CHECK(work_lines("llama-3.1-8b@h100-sxm quant=fp8") ==
          "coverage: what fp8 covers: every linear layer of the blocks (usual for such editions; "
          "the model's file names none)\n");
    CHECK(work_lines("mixtral-8x7b@b300x2 quant=nvfp4")
              .ends_with("coverage: what nvfp4 covers: the routed experts (usual for such "
                         "editions; the model's file names none)\n"));
    CHECK(work_lines("llama-3.1-8b@h100-sxm quant=q4_k_m") ==
          "coverage: what q4_k_m covers: every matrix but the router's, lm_head as q6_k (as "
          "llama.cpp writes its files)\n");
    CHECK(work_lines("llama-3.1-8b@h100-sxm quant=fp16").empty());
    const std::string multiplied = " weights are stored so and multiplied in: bf16 ";
    CHECK(work_lines("llama-3.1-8b@h100-sxm quant=nvfp4")
              .ends_with("computed_in: nvfp4" + multiplied + "(h100-sxm has no fp4 arithmetic)\n"));
    CHECK(work_lines("llama-3.1-8b@h100-sxm quant=fp8 dtype=bf16")
              .ends_with("computed_in: fp8" + multiplied + "(--dtype)\n"));
    CHECK(work_lines("llama-3.1-8b@h100-sxm quant=int4")
              .ends_with("computed_in: int4" + multiplied + "(a weight-only format)\n"));
}

TEST_CASE("remarks on the model, and the price, rented or owned") {
    Deployment d = deployed("llama-3.1-8b@h100-sxm price=$2.5/h");
    Model remarked = *d.model;
    remarked.remarks = {"its vision tower is left out"};
    remarked.from.source = "config.json";
    d.model = std::make_shared<const Model>(remarked);
    CHECK(lines_of(work_assumptions(prepare(d))) ==
          "model: its vision tower is left out: null (config.json)\n"
          "price: $2.50/h per device, as given: null (--price)\n");
    CHECK(work_lines("llama-3.1-8b@h100-sxm purchase=$35040 power-price=$0.1/kWh power=1kW") ==
          "price: owned: $35,040.00 per device over 4 years, 1.00 kW x PUE 1.20 at $0.100/kWh: "
          "null (--purchase)\n"
          "power: owned devices draw their nominal power: all the time (an upper bound: idle "
          "devices draw less)\n");
}

TEST_CASE(
    "a bound assumes memory, efficiencies of 1, the device, routing and the work, in turn; "
    "expected times an engine") {
    const Prepared prepared = prepare(deployed("deepseek-v3.2@dgx-sparkx2"));
    std::string ids;
    for (const AssumptionNote& note : bound_assumptions(prepared, {})) ids += note.id + " ";
    CHECK(ids ==
          "memory_utilization runtime_reserve efficiency unified_memory routing link "
          "index_key_bytes activation_bytes ");
    CHECK(lines_of({bound_assumptions(prepared, {})[2]}) ==
          "efficiency: efficiency of compute, memory and links: 1 (a bound, not a forecast)\n");
    CHECK(lines_of(routing_assumptions(*prepared.deployment.model)) ==
          "routing: tokens choose experts: independently and evenly (touched experts: "
          "E(1-(1-k/E)^T))\n");
    const std::string fitted = " (fitted, data/efficiency/serving.json; docs/accuracy.md)\n";
    const std::string text =
        "expected: expected times: shares of the rates and fixed times, served by: ";
    CHECK(lines_of({expected_note({})}) == text + "vllm" + fitted);
    CHECK(lines_of({expected_note({.engine = ServingEngine::trtllm})}) == text + "trtllm" + fitted);
}

TEST_CASE("W201: 68.44 + 16.06 + 1.50 GB in 76.45 are 9.55 short; W202: ranks without experts") {
    CHECK(warnings_of("llama-3.1-8b@h100-sxm batch=85 isl=4k osl=2k") ==
          "W201: at the end of their answers 85 sequences of 6,143 tokens would be 9.55 GB short; "
          "this looks at 5,120 tokens in the cache\n");
    CHECK(warnings_of("llama-3.1-8b@h100-sxmx2 batch=200 isl=4k osl=2k") ==
          "W201: at the end of their answers 200 sequences of 6,143 tokens would be 13.6 GB short "
          "per GPU; this looks at 5,120 tokens in the cache\n");
    CHECK(warnings_of("llama-3.1-8b@h100-sxm batch=73 isl=4k osl=2k").empty());
    CHECK(warnings_of("llama-3.1-8b@h100-sxmx2 dp=2") ==
          "W202: --dp 2 spreads the feed-forwards of llama-3.1-8b, which has no experts, over all "
          "ranks; servers do so for experts alone. For copies: --replicas\n");
    CHECK(warnings_of("qwen3-30b-a3b@h100-sxmx2 dp=2").empty());
}

}  // namespace deployment_assumptions_test
