#include "format_words.hpp"

#include "roofline/catalog/catalog.hpp"
#include "roofline/catalog/precision.hpp"

#include <algorithm>
#include <array>

namespace roofline {
namespace {

struct FormatWord {
    std::string_view key;
    std::string_view format;
};

// By name_key(); the names here themselves are found in `weight_formats`.
constexpr std::array words{
    FormatWord{"awq", "int4"},
    FormatWord{"awqint4", "int4"},
    FormatWord{"awq4bit", "int4"},
    FormatWord{"awqmarlin", "int4"},
    FormatWord{"gptq", "int4"},
    FormatWord{"gptqint4", "int4"},
    FormatWord{"gptq4bit", "int4"},
    FormatWord{"gptqmarlin", "int4"},
    FormatWord{"gptqint8", "int8"},
    FormatWord{"gptq8bit", "int8"},
    FormatWord{"w4a16", "int4"},
    FormatWord{"quantized.w4a16", "int4"},
    FormatWord{"int4wo", "int4"},
    FormatWord{"4bit", "int4"},
    FormatWord{"bnb4bit", "int4"},
    FormatWord{"3bit", "int3"},
    FormatWord{"8bit", "int8"},
    FormatWord{"w8a8", "int8"},
    FormatWord{"quantized.w8a8", "int8"},
    FormatWord{"int8wo", "int8"},
    FormatWord{"smoothquant", "int8"},
    FormatWord{"fp8dynamic", "fp8"},
    FormatWord{"fp8static", "fp8"},
    FormatWord{"fp8e4m3", "fp8"},
    FormatWord{"fp8e5m2", "fp8"},
    FormatWord{"float8", "fp8"},
    FormatWord{"w8a8fp8", "fp8"},
    FormatWord{"modelopt", "fp8"},
    FormatWord{"modeloptfp8", "fp8"},
    FormatWord{"modeloptfp4", "nvfp4"},
    FormatWord{"fp4", "nvfp4"},
    FormatWord{"float4", "nvfp4"},
    FormatWord{"f16", "fp16"},
    FormatWord{"float16", "fp16"},
    FormatWord{"half", "fp16"},
    FormatWord{"bfloat16", "bf16"},
    FormatWord{"f32", "fp32"},
    FormatWord{"float32", "fp32"},
    FormatWord{"q80", "q8_0"},
    FormatWord{"q4km", "q4_k_m"},
    FormatWord{"q4k", "q4_k_m"},
    FormatWord{"udq4kxl", "q4_k_m"},
};

}  // namespace

std::string_view format_called(std::string_view word) {
    const std::string key = name_key(word);
    for (const WeightFormatRow& row : weight_formats)
        if (name_key(row.name) == key) return row.name;
    const auto found = std::ranges::find(words, key, &FormatWord::key);
    return found == words.end() ? std::string_view() : found->format;
}

}  // namespace roofline
