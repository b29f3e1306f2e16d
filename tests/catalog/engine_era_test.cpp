#include "roofline/catalog/engine_era.hpp"

#include "roofline/catalog/catalog.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace engine_era_test {

using namespace roofline;

namespace {

EngineChoice found(std::string_view text) { return *find_engine(text, "it"); }
std::string era(std::string_view text) { return era_of(found(text)).first; }

// "E106 message (hint)".
std::string refusal(std::string_view text) {
    const Fault fault = fault_of([&] { find_engine(text, "it"); });
    return code_name(fault.code) + " " + fault.message + " (" + fault.hint + ")";
}

struct Card {
    std::string chip;
    std::string vendor;
    double gib = 80;
    bool linked = true;
};

Device device_of(const Card& card) {
    Device device;
    device.chip = card.chip;
    device.vendor = card.vendor;
    device.memory = {{.level = MemoryLevel::dram,
                      .technology = {},
                      .capacity = Figure<Bytes>{.value = card.gib * gibibyte, .from = {}}}};
    if (card.linked)
        device.scale_up = Link{
            .name = "a link",
            .topology = Topology::all_to_all,
            .per_direction = Figure<BytesPerSecond>{.value = 1e11 * byte / second, .from = {}}};
    return device;
}

constexpr auto vllm_eras =
    "0.1 (2023-06), 0.9 (2025-05), 0.11 (2025-10), 0.17 (2026-03), 0.20 (2026-05) and 0.21 "
    "(2026-05)";

}  // namespace

TEST_CASE("an engine is asked for by name, backend and version, and named as it was asked for") {
    CHECK(found("vllm") == EngineChoice{.program = ServingEngine::vllm});
    CHECK(found("TensorRT-LLM@1.0").program == ServingEngine::trtllm);
    CHECK(name_of(found("vLLM@0.11")) == "vllm@0.11");
    CHECK(name_of(found("llama.cpp/vulkan@b6325")) == "llama.cpp/vulkan@b6325");
    CHECK(name_of(found("vllm/native")) == "vllm/native");
    CHECK_FALSE(find_engine("tgi", "it"));
    CHECK_FALSE(find_engine("tgi@1", "it"));
    CHECK_FALSE(found("vllm@0.11") == found("vllm@0.10"));
    CHECK_FALSE(found("vllm/native") == found("vllm"));
}

TEST_CASE("a release takes the last era that begins no later: 0.10.1 that of 0.9, v0.11 its own") {
    CHECK(era("vllm@0.10.1") == "0.9");
    CHECK(era("vllm@0.9") == "0.9");
    CHECK(era("vllm@0.8.5") == "0.1");
    CHECK(era("vllm@0.6.4.post1") == "0.1");
    CHECK(era("vllm@v0.11") == "0.11");
    CHECK(era("vllm@0.11.0rc2") == "0.11");
    CHECK(era("vllm@0.19.1") == "0.17");
    CHECK(era("vllm@0.20") == "0.20");
    CHECK(era("sglang@0.4.10") == "0.1");
    CHECK(era("sglang@0.5.3") == "0.5");
    CHECK(era("llama.cpp@b6324") == "b1");
    CHECK(era("llama.cpp@b6325") == "b6325");
    CHECK(era("llama.cpp@6325") == "b6325");
}

TEST_CASE("a month takes the era that had begun by then; without a version the newest is meant") {
    CHECK(era("vllm@2024-05") == "0.1");
    CHECK(era("vllm@2025-05") == "0.9");
    CHECK(era("vllm@2026-04") == "0.17");
    CHECK(era("vllm@2026-05") == "0.21");
    CHECK(era("vllm") == "0.21");
    CHECK(era("sglang") == "0.5");
    CHECK(&era_of(found("vllm")) == &engine_file(ServingEngine::vllm).eras.back());
}

TEST_CASE("what is older than every era, or no version, is refused with those there are") {
    CHECK(refusal("vllm@0.0.9") == "E106 it: nothing is known of vllm 0.0.9 (its eras begin with " +
                                       std::string(vllm_eras) + ")");
    CHECK(
        refusal("vllm@2023-05").starts_with("E106 it: nothing is known of vllm 2023-05 (its eras"));
    CHECK(refusal("vllm@latest") ==
          "E106 it: 'latest' is no version of vllm (a release or a month, for example `engine "
          "vllm@0.21`)");
    CHECK(refusal("vllm@").starts_with("E106 it: '' is no version of vllm ("));
}

TEST_CASE("newer than the newest that was looked at is the newest era, and can be told") {
    CHECK(era("vllm@0.99") == "0.21");
    CHECK(is_beyond_newest(found("vllm@0.99")));
    CHECK(is_beyond_newest(found("vllm@1")));
    CHECK(is_beyond_newest(found("vllm@0.30")));
    CHECK_FALSE(is_beyond_newest(found("vllm@0.29")));
    CHECK_FALSE(is_beyond_newest(found("vllm@0.29.3")));
    CHECK_FALSE(is_beyond_newest(found("vllm@0.9")));
    CHECK_FALSE(is_beyond_newest(found("vllm@2031-01")));
    CHECK_FALSE(is_beyond_newest(found("vllm")));
}

TEST_CASE(
    "a backend has some of its own: 9.6 copies in the native sampler for 2.5, 0.2 of Vulkan") {
    const Device card = device_of({});
    const auto copies = [&](std::string_view text) {
        return era_of(found(text)).sampler_copies.of(card, 1);
    };
    CHECK(copies("vllm@0.25") == 2.5);
    CHECK(copies("vllm/native@0.25") == 9.6);
    CHECK(copies("vllm/flashinfer@0.25") == 2.5);
    CHECK(era_of(found("vllm/native@0.25")).share.of(card, 1) == 0.92);
    const auto other = [&](std::string_view text) {
        return era_of(found(text)).other_gib.of(card, 1);
    };
    CHECK(other("llama.cpp") == 0.5);
    CHECK(other("llama.cpp/vulkan") == 0.2);
    CHECK(era_of(found("llama.cpp/vulkan")).mask_beyond.of(card, 1) == 32768);
    CHECK_FALSE(era_of(found("llama.cpp/vulkan@b6324")).mask_beyond.of(card, 1));
    CHECK(refusal("vllm/cuda") ==
          "E106 it: vllm has no backend 'cuda' (it has vllm/flashinfer and vllm/native)");
    CHECK(refusal("sglang/triton@0.5") == "E106 it: sglang has no backend 'triton' (write sglang)");
}

TEST_CASE(
    "the first row counts that a card fits: chip, vendor, memory, GPUs, no link of their own") {
    const ByCard term{.rows = {{.chip = "GA100", .value = 1},
                               {.vendor = "AMD", .value = 2},
                               {.below = 35 * gibibyte, .value = 3},
                               {.from_gpus = 2, .pcie = true, .value = 4},
                               {.from_gpus = 4, .value = 5},
                               {.from_gpus = 2, .value = 6}}};
    const Device plain = device_of({});
    CHECK(term.of(device_of({.chip = "GA100", .vendor = "AMD"}), 8) == 1);
    CHECK(term.of(device_of({.vendor = "AMD", .gib = 24}), 1) == 2);
    CHECK(term.of(device_of({.gib = 34.9}), 8) == 3);
    CHECK_FALSE(term.of(device_of({.gib = 35}), 1));
    CHECK(term.of(device_of({.linked = false}), 4) == 4);
    CHECK_FALSE(term.of(device_of({.linked = false}), 1));
    CHECK(term.of(plain, 4) == 5);
    CHECK(term.of(plain, 3) == 6);
    CHECK_FALSE(term.of(plain, 1));
    CHECK(term.of(plain, 1, 7) == 7);
    CHECK(term.of(plain, 2, 7) == 6);
}

TEST_CASE("a row for cards below so much memory looks at what they report") {
    Device device = device_of({.gib = 80});
    device.memory.front().reported = Figure<Bytes>{.value = 69 * gibibyte, .from = {}};
    const ByCard term{.rows = {{.below = 70 * gibibyte, .value = 256}, {.value = 1024}}};
    CHECK(term.of(device, 1) == 256);
    CHECK(term.of(device_of({.gib = 70}), 1) == 1024);
}

TEST_CASE("vllm lets in 1,024 sequences on cards of 70 GiB and more from 0.9, but 256 on an A100") {
    Catalog catalog;
    const auto sequences = [&](std::string_view version, std::string_view device) {
        return era_of(found(version)).max_num_seqs.of(*catalog.device(device), 1);
    };
    CHECK(sequences("vllm@0.9", "h100-sxm") == 1024);
    CHECK(sequences("vllm@0.9", "a100-sxm-80gb") == 256);
    CHECK(sequences("vllm@0.9", "l4") == 256);
    CHECK(sequences("vllm@0.8", "h100-sxm") == 256);
}

TEST_CASE(
    "every engine has a file, with eras from the oldest on, that say where each value is from") {
    for (const ServingEngineRow& row : serving_engines) {
        const EngineFile& file = engine_file(row.engine);
        INFO(row.name);
        CHECK(file.engine == row.engine);
        REQUIRE_FALSE(file.eras.empty());
        CHECK_FALSE(is_beyond_newest(found(std::string(row.name) + "@" + file.eras.back().first)));
        std::string month;
        for (const EngineEra& one : file.eras) {
            CHECK(one.first_month >= month);
            CHECK(era(std::string(row.name) + "@" + one.first) == one.first);
            CHECK(one.rule == file.rule);
            CHECK_FALSE(one.step_tokens.rows.empty());
            CHECK_FALSE(one.step_tokens.from.source.empty());
            month = one.first_month;
        }
    }
}

}  // namespace engine_era_test
