// Ways to quantise by their names in `quant_method`: bits, groups and scales as their files store
// them.
#include "import/hugging_face/config.hpp"
#include "text/formatted.hpp"
#include "weight_storage.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace roofline::hugging_face {
namespace {

constexpr double usual_group = 128;
constexpr double scale_bits = 16;

[[noreturn]] void unknown(std::string what) { throw UnknownMethod{std::move(what)}; }

// `more` bits for every `group` weights; a group below nothing is a whole column.
Storage grouped(double bits, double group, double more, double column) {
    const double size = group > 0 ? group : column;
    if (size < 1) unknown(formatted("a group of {}", size));
    return {.format = whole_numbers(bits), .weight_only = true, .bits = bits + more / size};
}

Storage widened(WeightFormat format, double bits = 0) {
    return {.format = format, .weight_only = true, .bits = bits};
}

// One scale and one zero point for a group (Frantar et al. 2022).
Storage gptq(const JsonValue& section, double hidden) {
    const double bits = number_in(section, "bits", 4);
    return grouped(bits, number_in(section, "group_size", usual_group), scale_bits + bits, hidden);
}

Storage awq(const JsonValue& section, double hidden) {
    const double bits = number_in(section, "bits", number_in(section, "w_bit", 4));
    const double group =
        number_in(section, "group_size", number_in(section, "q_group_size", usual_group));
    return grouped(bits, group, scale_bits + 4, hidden);
}

Storage auto_round(const JsonValue& section, double hidden) {
    const std::string type = text_in(section, "data_type");
    const double bits = number_in(section, "bits", 4);
    const bool eight = bits == 8;
    if (type.starts_with("mx_fp"))
        return {.format = eight ? WeightFormat::mxfp8 : WeightFormat::mxfp4};
    if (type.starts_with("nv_fp")) return {.format = WeightFormat::nvfp4};
    if (type.starts_with("fp8")) return {.format = WeightFormat::fp8};
    return gptq(section, hidden);
}

// One fp32 for 64 weights, or these in 8 bits once more (Dettmers et al. 2023).
Storage bits_and_bytes(const JsonValue& section, double) {
    constexpr double plain = 4.5;
    constexpr double twice = 4.127;
    if (is_true(section, "load_in_8bit")) return widened(WeightFormat::int8, 8);
    if (!is_true(section, "load_in_4bit")) unknown("bitsandbytes in neither 8 nor 4 bits");
    return widened(WeightFormat::int4,
                   is_true(section, "bnb_4bit_use_double_quant") ? twice : plain);
}

Storage fp8(const JsonValue& section, double) {
    const JsonValue* block = member_in(section, "weight_block_size");
    if (block == nullptr || block->array() == nullptr || block->array()->empty())
        return {.format = WeightFormat::fp8};
    const double* width = block->array()->back().number();
    const double* height = block->array()->front().number();
    const bool mx = width != nullptr && height != nullptr && *height == 1 && *width == 32;
    return {.format = mx ? WeightFormat::mxfp8 : WeightFormat::fp8_block};
}

Storage fbgemm(const JsonValue&, double hidden) {
    constexpr double bits_of_a_row = 32;
    return {.format = WeightFormat::fp8, .bits = 8 + bits_of_a_row / hidden};
}

Storage torchao(const JsonValue& section, double hidden) {
    const JsonValue* type = member_in(section, "quant_type");
    std::string name = type != nullptr && type->text() != nullptr ? *type->text() : "";
    double group = usual_group;
    if (const JsonValue* whole = type != nullptr ? type->find("default") : nullptr) {
        name = text_in(*whole, "_type");
        if (const JsonValue* data = whole->find("_data"))
            group = number_in(*data, "group_size", usual_group);
    }
    if (const JsonValue* more = member_in(section, "quant_type_kwargs"))
        group = number_in(*more, "group_size", group);
    std::string words = name;
    for (char& c : words) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    const auto holds = [&](std::string_view word) { return words.find(word) != std::string::npos; };
    const bool only = holds("WEIGHTONLY") || holds("WEIGHT_ONLY");
    constexpr double scale_and_zero = 32;
    if (holds("INT4")) return grouped(4, group, scale_and_zero, hidden);
    if (holds("FLOAT8")) return {.format = WeightFormat::fp8, .weight_only = only};
    if (holds("INT8")) return {.format = WeightFormat::int8, .weight_only = only};
    unknown("torchao's '" + name + "'");
}

Storage quark(const JsonValue& section, double hidden) {
    const JsonValue* global = member_in(section, "global_quant_config");
    const JsonValue* weight = global == nullptr ? nullptr : member_in(*global, "weight");
    if (weight == nullptr) unknown("quark without global_quant_config.weight");
    const std::string type = text_in(*weight, "dtype");
    const bool only = member_in(*global, "input_tensors") == nullptr;
    if (type.starts_with("fp8")) return {.format = WeightFormat::fp8, .weight_only = only};
    if (type.starts_with("fp4")) return {.format = WeightFormat::mxfp4, .weight_only = only};
    if (type.starts_with("int8")) return {.format = WeightFormat::int8, .weight_only = only};
    if (type.starts_with("int4") || type.starts_with("uint4"))
        return grouped(4, number_in(*weight, "group_size", usual_group), scale_bits, hidden);
    unknown("quark's '" + type + "'");
}

Storage hqq(const JsonValue& section, double hidden) {
    constexpr double group = 64;
    constexpr double scale_and_zero = 32;
    const JsonValue* config = member_in(section, "quant_config");
    const JsonValue* inner = config == nullptr ? nullptr : config->find("weight_quant_params");
    const JsonValue& where = inner == nullptr ? section : *inner;
    return grouped(number_in(where, "nbits", 4), number_in(where, "group_size", group),
                   scale_and_zero, hidden);
}

Storage quanto(const JsonValue& section, double hidden) {
    const std::string type = text_in(section, "weights");
    constexpr double scale_and_zero = 32;
    if (type == "int8") return widened(WeightFormat::int8, 8);
    if (type == "float8") return widened(WeightFormat::fp8, 8);
    if (type == "int4") return grouped(4, usual_group, scale_and_zero, hidden);
    if (type == "int2") return grouped(2, usual_group, scale_and_zero, hidden);
    unknown("quanto's '" + type + "'");
}

Storage eetq(const JsonValue&, double) { return widened(WeightFormat::int8, 8); }

Storage aqlm(const JsonValue& section, double) {
    const double group =
        number_in(section, "in_group_size", 8) * number_in(section, "out_group_size", 1);
    if (group < 1) unknown(formatted("a group of {}", group));
    const double bits = number_in(section, "num_codebooks", 1) *
                        number_in(section, "nbits_per_codebook", 16) / group;
    return widened(bits <= 3 ? WeightFormat::int2 : WeightFormat::int4, bits);
}

Storage mlx(const JsonValue& section, double hidden) {
    constexpr double group = 64;
    constexpr double scale_and_zero = 32;
    const std::string mode = text_in(section, "mode");
    if (mode == "mxfp4") return widened(WeightFormat::mxfp4);
    if (mode == "nvfp4") return widened(WeightFormat::nvfp4);
    if (mode == "mxfp8") return widened(WeightFormat::mxfp8);
    return grouped(number_in(section, "bits", 4), number_in(section, "group_size", group),
                   scale_and_zero, hidden);
}

// Whole numbers and a scale and zero point for a group.
Storage plain(const JsonValue& section, double hidden) {
    constexpr double scale_and_zero = 32;
    return grouped(number_in(section, "bits", number_in(section, "nbits", 4)),
                   number_in(section, "group_size", usual_group), scale_and_zero, hidden);
}

Storage bitnet(const JsonValue&, double) { return widened(WeightFormat::int2, 2); }
Storage mxfp4(const JsonValue&, double) { return {.format = WeightFormat::mxfp4}; }
Storage nvfp4(const JsonValue&, double) { return {.format = WeightFormat::nvfp4}; }
Storage mxfp8(const JsonValue&, double) { return {.format = WeightFormat::mxfp8}; }

struct Method {
    std::string_view name;
    Storage (*read)(const JsonValue& section, double hidden);
};

// quant_method of transformers and vLLM.
constexpr std::array methods{Method{"gptq", gptq},
                             Method{"gptq_marlin", gptq},
                             Method{"marlin", gptq},
                             Method{"gptq_marlin_24", gptq},
                             Method{"awq", awq},
                             Method{"awq_marlin", awq},
                             Method{"auto-round", auto_round},
                             Method{"intel/auto-round", auto_round},
                             Method{"bitsandbytes", bits_and_bytes},
                             Method{"fp8", fp8},
                             Method{"fbgemm_fp8", fbgemm},
                             Method{"mxfp4", mxfp4},
                             Method{"nvfp4", nvfp4},
                             Method{"mxfp8", mxfp8},
                             Method{"torchao", torchao},
                             Method{"quark", quark},
                             Method{"hqq", hqq},
                             Method{"quanto", quanto},
                             Method{"eetq", eetq},
                             Method{"aqlm", aqlm},
                             Method{"bitnet", bitnet},
                             Method{"higgs", plain},
                             Method{"fp_quant", plain},
                             Method{"vptq", plain},
                             Method{"spqr", plain},
                             Method{"sinq", plain},
                             Method{"metal", plain}};

}  // namespace

std::optional<Storage> storage_by_method(const std::string& method, const JsonValue& section,
                                         double hidden) {
    const auto row = std::ranges::find(methods, method, &Method::name);
    if (row != methods.end()) return row->read(section, hidden);
    if (method.empty() && member_in(section, "bits") != nullptr) return mlx(section, hidden);
    return std::nullopt;
}

}  // namespace roofline::hugging_face
