#include "answer/deployment/deployment_assumptions.hpp"

#include "catch.hpp"
#include "engine/ledgers.hpp"
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
    for (const WarningNote& warning : deployment_warnings(prepare(deployed(scenario))))
        lines += warning.code + ": " + warning.message + "\n";
    return lines;
}

}  // namespace

TEST_CASE("what is not known of a device's own memory") {
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
    Deployment d = deployed("deepseek-v3.2@dgx-sparkx2 engine=vllm@0.11");
    Device device = *d.device;
    for (Memory& memory : device.memory) {
        memory.reported.reset();
        memory.usable.reset();
        memory.reserved.reset();
    }
    d.device = std::make_shared<const Device>(device);
    const Prepared prepared = prepare(d);
    const std::vector<AssumptionNote> notes = bound_assumptions(prepared);
    std::string ids;
    for (const AssumptionNote& note : notes) ids += note.id + " ";
    CHECK(ids ==
          "mem_share max_model_len max_num_seqs step_tokens efficiency capacity unified_memory "
          "expert_spread link index_key_bytes activation_bytes ");
    CHECK(lines_of({notes.at(4)}) ==
          "efficiency: efficiency of compute, memory and links: 1 (a bound, not a forecast)\n");
    CHECK(lines_of(routing_assumptions(*prepared.deployment.model))
              .starts_with("expert_spread: share s of the experts among which tokens choose, "
                           "independently and evenly: "));
    const std::string fitted = " (fitted, data/efficiency/serving.json; docs/accuracy.md)\n";
    const std::string text =
        "expected: expected times: shares of the rates and fixed times, served by: ";
    CHECK(lines_of({expected_note({.engine = EngineChoice()})}) == text + "vllm" + fitted);
    CHECK(lines_of({expected_note({.engine = EngineChoice{.program = ServingEngine::trtllm}})}) ==
          text + "trtllm" + fitted);
}

// 0.9 x 84.94 - 16.06 - 5.24 of the server's own leave 55.15 GB for 80 x 384 pages of 2.097 MB; of
// two GPUs each 76.45 - 8.03 - 5.70 for half of 180.
TEST_CASE("W201: 64.42 GB in a room of 55.15 are 9.28 short; W202: ranks without experts") {
    CHECK(warnings_of("llama-3.1-8b@h100-sxm batch=80 isl=4k osl=2k engine=vllm@0.11") ==
          "W201: at the end of their answers 80 sequences of 6,143 tokens would be 9.28 GB short; "
          "this looks at 5,120 tokens in the cache\n");
    CHECK(warnings_of("llama-3.1-8b@h100-sxmx2 batch=180 isl=4k osl=2k engine=vllm@0.11") ==
          "W201: at the end of their answers 180 sequences of 6,143 tokens would be 9.76 GB short "
          "per GPU; this looks at 5,120 tokens in the cache\n");
    CHECK(warnings_of("llama-3.1-8b@h100-sxm batch=68 isl=4k osl=2k engine=vllm@0.11").empty());
    CHECK(warnings_of("llama-3.1-8b@h100-sxmx2 dp=2") ==
          "W202: --dp 2 spreads the feed-forwards of llama-3.1-8b, which has no experts, over all "
          "ranks; servers do so for experts alone. For copies: --replicas\n");
    CHECK(warnings_of("qwen3-30b-a3b@h100-sxmx2 dp=2").empty());
}

TEST_CASE("W203 where the room is within its spread of what the longest request needs") {
    const auto warnings = deployment_warnings(
        prepared_with("llama-3.1-8b@rtx-4090 isl=40000 osl=256 engine=vllm@0.25", 24));
    REQUIRE(warnings.size() == 1);
    CHECK(warnings[0].code == "W203");
    CHECK(warnings[0].message.starts_with(
        "may not start with vllm@0.25: a request of 40,256 tokens needs 4.91 GiB "));
}

}  // namespace deployment_assumptions_test
