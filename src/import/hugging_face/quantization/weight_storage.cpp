#include "weight_storage.hpp"

#include "text/formatted.hpp"

#include <algorithm>
#include <cctype>

namespace roofline::hugging_face {
namespace {

constexpr double usual_group = 128;
constexpr double scale_bits = 16;

[[noreturn]] void unknown(std::string what) { throw UnknownMethod{std::move(what)}; }

std::string upper(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

Storage block_of(double bits, double group) {
    constexpr double of_mx = 32;
    if (bits == 8)
        return {.format = group == of_mx ? WeightFormat::mxfp8
                          : group > 1    ? WeightFormat::fp8_block
                                         : WeightFormat::fp8};
    if (bits == 4) return {.format = group == of_mx ? WeightFormat::mxfp4 : WeightFormat::nvfp4};
    unknown(formatted("{}-bit floating point", bits));
}

}  // namespace

WeightFormat whole_numbers(double bits) {
    if (bits == 8) return WeightFormat::int8;
    if (bits == 4) return WeightFormat::int4;
    if (bits == 3) return WeightFormat::int3;
    if (bits == 2) return WeightFormat::int2;
    unknown(formatted("{}-bit whole numbers", bits));
}

const JsonValue* member_in(const JsonValue& section, std::string_view name) {
    const JsonValue* found = section.find(name);
    return found == nullptr || found->is_null() ? nullptr : found;
}

std::string text_in(const JsonValue& section, std::string_view name) {
    const JsonValue* found = member_in(section, name);
    return found == nullptr || found->text() == nullptr ? std::string() : *found->text();
}

double number_in(const JsonValue& section, std::string_view name, double otherwise) {
    const JsonValue* found = member_in(section, name);
    return found == nullptr || found->number() == nullptr ? otherwise : *found->number();
}

Storage storage_by_algorithm(const std::string& name) {
    const std::string algorithm = upper(name);
    const auto holds = [&](std::string_view word) {
        return algorithm.find(word) != std::string::npos;
    };
    const bool wide = holds("A16") || holds("_WO");
    constexpr double awq_bits = 4.125;
    if (holds("NVFP4")) return {.format = WeightFormat::nvfp4, .weight_only = holds("A16")};
    if (holds("MXFP4")) return {.format = WeightFormat::mxfp4, .weight_only = holds("A16")};
    if (holds("MXFP8")) return {.format = WeightFormat::mxfp8};
    if (algorithm == "FP8_PB_WO" || holds("BLOCK")) return {.format = WeightFormat::fp8_block};
    if (algorithm.starts_with("FP8")) return {.format = WeightFormat::fp8, .weight_only = wide};
    if (algorithm.starts_with("INT8") || holds("W8A8"))
        return {.format = WeightFormat::int8, .weight_only = holds("WO")};
    if (holds("W4A8"))
        return {.format = WeightFormat::int4, .bits = awq_bits, .multiplied_in = Precision::fp8};
    if (holds("INT4") || holds("W4A16"))
        return {.format = WeightFormat::int4, .weight_only = true, .bits = awq_bits};
    unknown("'" + name + "'");
}

Storage storage_of_group(const JsonValue& group, const std::string& format, double hidden) {
    const JsonValue* weights = member_in(group, "weights");
    if (weights == nullptr) unknown("a group without weights");
    const std::string words = text_in(group, "format") + format;
    const auto holds = [&](std::string_view word) { return words.find(word) != std::string::npos; };
    const double bits = number_in(*weights, "num_bits", 0);
    const double size = number_in(*weights, "group_size", 0);
    Storage storage;
    if (holds("mxfp4"))
        storage = {.format = WeightFormat::mxfp4};
    else if (holds("mxfp8"))
        storage = {.format = WeightFormat::mxfp8};
    else if (text_in(*weights, "type") == "float")
        storage = block_of(bits, member_in(*weights, "block_structure") ? usual_group : size);
    else if (bits == 8)
        storage = {.format = WeightFormat::int8, .bits = size > 0 ? bits + scale_bits / size : 0};
    else
        storage = {.format = whole_numbers(bits),
                   .bits = bits + scale_bits / (size > 0 ? size : hidden)};
    storage.weight_only = member_in(group, "input_activations") == nullptr;
    return storage;
}

Storage storage_of(const JsonValue& section, double hidden) {
    const std::string method = text_in(section, "quant_method");
    const std::string algorithm = text_in(section, "quant_algo");
    if (!algorithm.empty() && algorithm != "MIXED_PRECISION")
        return storage_by_algorithm(algorithm);
    if (const auto known = storage_by_method(method, section, hidden)) return *known;
    unknown(method.empty() ? "an unnamed method" : "'" + method + "'");
}

bool caches_in_fp8(const JsonValue& section) {
    const JsonValue* scheme = member_in(section, "kv_cache_scheme");
    if (scheme != nullptr && number_in(*scheme, "num_bits", 16) == 8) return true;
    std::string words = text_in(section, "kv_cache_scheme") +
                        text_in(section, "kv_cache_quant_algo") +
                        text_in(section, "kv_cache_dtype");
    if (const JsonValue* made = member_in(section, "export"))
        if (const JsonValue* names = member_in(*made, "kv_cache_group"))
            return names->array() != nullptr && !names->array()->empty();
    return upper(std::move(words)).find("FP8") != std::string::npos;
}

}  // namespace roofline::hugging_face
