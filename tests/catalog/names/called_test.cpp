#include "catalog/names/called.hpp"

#include "roofline/catalog/catalog.hpp"

#include "catalog/names/format_words.hpp"
#include "catch.hpp"
#include "fault.hpp"

namespace called_test {

using namespace roofline;

namespace {

std::string hint_for_model(const std::string& name) {
    Catalog catalog;
    const Fault fault = fault_of([&] { catalog.model(name); });
    CHECK(fault.code == ErrorCode::unknown_model);
    return fault.hint;
}

// Known as it is, or by the hint that says how it is called.
std::string device_for(const std::string& name) {
    Catalog catalog;
    const DeviceRequest request = catalog.split_device(name);
    try {
        const std::string id = catalog.device(request.name)->id;
        return request.count ? id + "x" + std::to_string(static_cast<int>(*request.count)) : id;
    } catch (const UserError& error) {
        return error.fault().hint;
    }
}

}  // namespace

TEST_CASE("names of ollama, of instructed editions and of mirrors say the model") {
    for (const auto& [name, id] : std::vector<std::pair<std::string, std::string>>{
             {"llama3.1:8b", "llama-3.1-8b"},
             {"llama3.1", "llama-3.1-8b"},
             {"llama3.1:latest", "llama-3.1-8b"},
             {"llama3.3:70b-instruct", "llama-3.3-70b"},
             {"qwen3:30b", "qwen3-30b-a3b"},
             {"gpt-oss:20b", "gpt-oss-20b"},
             {"mixtral:8x7b", "mixtral-8x7b-v0.1"},
             {"deepseek-r1:671b", "deepseek-r1"},
             {"deepseek-r1:70b", "llama-3.3-70b"},
             {"deepseek-ai/DeepSeek-R1-Distill-Qwen-32B", "qwen2.5-32b"},
             {"Qwen/Qwen3-30B-A3B-Instruct-2507", "qwen3-30b-a3b"},
             {"Qwen3-4B-Thinking-2507", "qwen3-4b"},
             {"unsloth/gemma-3-27b-it-GGUF", "gemma-3-27b"},
             {"mlx-community/Qwen3-8B-mlx", "qwen3-8b"}}) {
        INFO(name);
        CHECK(hint_for_model(name) == "that is " + id + " here");
    }
}

TEST_CASE("names that end in a format say the format too") {
    for (const auto& [name, id, format] :
         std::vector<std::tuple<std::string, std::string, std::string>>{
             {"Meta-Llama-3.1-8B-Instruct.Q4_K_M.gguf", "llama-3.1-8b", "q4_k_m"},
             {"qwen3:8b-q4_K_M", "qwen3-8b", "q4_k_m"},
             {"llama3.1:8b-instruct-q8_0", "llama-3.1-8b", "q8_0"},
             {"meta-llama/Llama-3.1-8B-Instruct-FP8", "llama-3.1-8b", "fp8"},
             {"RedHatAI/Llama-3.3-70B-Instruct-FP8-dynamic", "llama-3.3-70b", "fp8"},
             {"Qwen3-32B-AWQ", "qwen3-32b", "int4"},
             {"Qwen2.5-7B-Instruct-GPTQ-Int4", "qwen2.5-7b", "int4"},
             {"Qwen2.5-7B-Instruct-GPTQ-Int8", "qwen2.5-7b", "int8"},
             {"neuralmagic/Meta-Llama-3.1-8B-Instruct-quantized.w4a16", "llama-3.1-8b", "int4"},
             {"nvidia/Llama-3.1-8B-Instruct-NVFP4", "llama-3.1-8b", "nvfp4"},
             {"mlx-community/Llama-3.1-8B-Instruct-4bit", "llama-3.1-8b", "int4"}}) {
        INFO(name);
        CHECK(hint_for_model(name) == "that is " + id + " here, with `quant " + format + "`");
    }
}

TEST_CASE("a format that is none here is said to be none, with what is like it") {
    const std::string hint = hint_for_model("Llama-3.3-70B-Instruct-IQ4_XS.gguf");
    CHECK(hint.starts_with("that is llama-3.3-70b here; no format is called iq4_xs: "));
}

TEST_CASE("what is no other name is near some, or none") {
    CHECK(hint_for_model("llama-3.1-9b").starts_with("did you mean llama-3.1-8b"));
    CHECK(hint_for_model("instruct").starts_with("To use a Hugging Face model"));
    CHECK(hint_for_model("-.gguf").find("that is") == std::string::npos);
    CHECK(hint_for_model("fp8").find("that is") == std::string::npos);
}

TEST_CASE("every other name leads to a model that there is") {
    for (const std::string name :
         {"llama2", "llama3", "llama3.2", "llama4", "llama4:128x17b", "qwen2.5", "qwen3",
          "qwen3-coder:480b", "qwen3-next:80b", "gemma2", "gemma3", "mistral", "mistral-small",
          "mistral-large", "mixtral", "phi4:14b", "gpt-oss", "deepseek-v3:671b"}) {
        INFO(name);
        CHECK(hint_for_model(name).starts_with("that is "));
    }
}

TEST_CASE("devices as drivers, shops and people write them") {
    for (const auto& [name, id] : std::vector<std::pair<std::string, std::string>>{
             {"NVIDIA H100 80GB HBM3", "h100-sxm"},
             {"H100 80GB HBM3", "h100-sxm"},
             {"RTX 4090", "rtx-4090"},
             {"RTX 4090x2", "rtx-4090x2"},
             {"A100-SXM4-80GB", "a100-sxm-80gb"},
             {"NVIDIA H100", "that is `hw h100-sxm` here"},
             {"NVIDIA H100x8", "that is `hw h100-sxmx8` here"},
             {"nvidia h100 x8", "that is `hw h100-sxmx8` here"},
             {"H200 141GB HBM3e", "that is `hw h200-sxm` here"},
             {"RTX 4090 24GB", "that is `hw rtx-4090` here"},
             {"GeForce RTX 3060", "that is `hw rtx-3060-12gb` here"},
             {"Tesla V100-SXM2-16GB", "that is `hw v100-sxm2` here"},
             {"AMD MI300X", "that is `hw mi300x` here"},
             {"AMD Radeon RX 7900 XTX", "that is `hw rx-7900-xtx` here"},
             {"Google TPU v5e", "that is `hw tpu-v5e` here"},
             {"NVIDIA L40S PCIe", "that is `hw l40s` here"},
             {"RTX PRO 6000 Blackwell", "that is `hw rtx-pro-6000` here"}}) {
        INFO(name);
        CHECK(device_for(name) == id);
    }
    CHECK(device_for("NVIDIA").find("that is") == std::string::npos);
    CHECK(device_for("80GB").find("that is") == std::string::npos);
    CHECK(device_for("GTX 9090").starts_with("did you mean "));
}

TEST_CASE("formats as other tools call them") {
    for (const std::string word : {"awq", "AWQ-int4", "gptq_marlin", "w4a16", "4bit", "int4"})
        CHECK(format_called(word) == "int4");
    CHECK(format_called("modelopt_fp4") == "nvfp4");
    CHECK(format_called("fp8_e5m2") == "fp8");
    CHECK(format_called("Q4_K_M") == "q4_k_m");
    CHECK(format_called("bfloat16") == "bf16");
    CHECK(format_called("auto").empty());
    CHECK(format_called("").empty());
}

}  // namespace called_test
