// Number formats that arithmetic runs in, and formats that weights are stored in.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace roofline {

/// What multiply-accumulate units work on.
enum class Precision { fp64, fp32, tf32, bf16, fp16, fp8, fp6, fp4, int8, int4 };

/// How weights lie in memory.
enum class WeightFormat {
    fp32,
    bf16,
    fp16,
    fp8,
    fp8_block,
    nvfp4,
    mxfp4,
    mxfp8,
    int8,
    int4,
    int3,
    int2,
    q8_0,
    q6_k,
    q4_k_m,
    q4_0,
    mxfp4_moe
};

struct PrecisionRow {
    Precision precision;
    std::string_view name;
    double bytes;                ///< of one element in memory
    WeightFormat fitting;        ///< weights that are made for it
    bool stored_cache;           ///< whether keys and values are stored so
    bool whole_numbers = false;  ///< not floating point
};

inline constexpr std::array precisions{
    PrecisionRow{Precision::fp64, "fp64", 8, WeightFormat::bf16, false},
    PrecisionRow{Precision::fp32, "fp32", 4, WeightFormat::bf16, true},
    PrecisionRow{Precision::tf32, "tf32", 4, WeightFormat::bf16, false},
    PrecisionRow{Precision::bf16, "bf16", 2, WeightFormat::bf16, true},
    PrecisionRow{Precision::fp16, "fp16", 2, WeightFormat::bf16, true},
    PrecisionRow{Precision::fp8, "fp8", 1, WeightFormat::fp8, true},
    PrecisionRow{Precision::fp6, "fp6", 0.75, WeightFormat::fp8, true},
    PrecisionRow{Precision::fp4, "fp4", 0.5, WeightFormat::nvfp4, true},
    PrecisionRow{Precision::int8, "int8", 1, WeightFormat::int8, true, true},
    PrecisionRow{Precision::int4, "int4", 0.5, WeightFormat::int4, true, true},
};

constexpr const PrecisionRow& row_of(Precision precision) {
    return precisions[static_cast<std::size_t>(precision)];
}
constexpr std::string_view name_of(Precision precision) { return row_of(precision).name; }

/// By name, upper or lower case.
std::optional<Precision> find_precision(std::string_view name);

/// Whose measured rate the weights of routed experts are read at.
enum class ExpertsReader { usual, fp8, int4 };

/// `bits` are those of one element; every `group` elements share `scale_bits` more (group 0: none
/// that count). `multiplies_as` is the arithmetic made for it, on devices that have `needs`;
/// nullopt: weights are widened first.
struct WeightFormatRow {
    WeightFormat format;
    std::string_view name;
    double bits;
    double group;
    double scale_bits;
    std::optional<Precision> multiplies_as;
    std::optional<Precision> needs;
    bool whole_numbers = false;  ///< not floating point
    ExpertsReader experts = ExpertsReader::usual;
};

inline constexpr std::array weight_formats{
    WeightFormatRow{WeightFormat::fp32, "fp32", 32, 0, 0, Precision::fp32, Precision::fp32},
    WeightFormatRow{WeightFormat::bf16, "bf16", 16, 0, 0, Precision::bf16, Precision::bf16},
    WeightFormatRow{WeightFormat::fp16, "fp16", 16, 0, 0, Precision::fp16, Precision::fp16},
    WeightFormatRow{WeightFormat::fp8, "fp8", 8, 0, 0, Precision::fp8, Precision::fp8, false,
                    ExpertsReader::fp8},
    // One fp32 scale for 128 x 128 weights (DeepSeek-V3 technical report, section 3.3).
    WeightFormatRow{WeightFormat::fp8_block, "fp8_block", 8, 128 * 128, 32, Precision::fp8,
                    Precision::fp8, false, ExpertsReader::fp8},
    // E2M1 with one FP8 scale for 16 weights; MXFP4 one E8M0 scale for 32 (OCP MX v1.0).
    WeightFormatRow{WeightFormat::nvfp4, "nvfp4", 4, 16, 8, Precision::fp4, Precision::fp4},
    // FP4 units take FP8 activations beside it (gpt-oss), at the FP8 rate.
    WeightFormatRow{WeightFormat::mxfp4, "mxfp4", 4, 32, 8, Precision::fp8, Precision::fp4},
    WeightFormatRow{WeightFormat::mxfp8, "mxfp8", 8, 32, 8, Precision::fp8, Precision::fp8, false,
                    ExpertsReader::fp8},
    WeightFormatRow{WeightFormat::int8, "int8", 8, 0, 0, Precision::int8, Precision::int8, true},
    // AWQ and GPTQ: one fp16 scale for 128 weights (their zero points, 0.03 bits, are left out).
    WeightFormatRow{WeightFormat::int4, "int4", 4, 128, 16, std::nullopt, std::nullopt, true,
                    ExpertsReader::int4},
    WeightFormatRow{WeightFormat::int3, "int3", 3, 128, 16, std::nullopt, std::nullopt, true},
    WeightFormatRow{WeightFormat::int2, "int2", 2, 128, 16, std::nullopt, std::nullopt, true},
    // Blocks of llama.cpp (ggml-common.h): whole numbers under one fp16 scale for 32 weights (34
    // and 18 bytes), or under 8-bit scales of 16 below one fp16 for 256 (Q6_K: 210 bytes). Its
    // kernels narrow the other operand to int8 blocks and take integer dot products.
    WeightFormatRow{WeightFormat::q8_0, "q8_0", 8, 32, 16, Precision::int8, Precision::int8, true},
    WeightFormatRow{WeightFormat::q6_k, "q6_k", 6, 256, 144, Precision::int8, Precision::int8,
                    true},
    // Q4_K has 4.5 bits (144 bytes for 256), and in half the layers values and down projections
    // are Q6_K: of a gated feed-forward a sixth, of attention 3 to 13 %. 4.79 to 4.82 for Llama.
    WeightFormatRow{WeightFormat::q4_k_m, "q4_k_m", 4.8, 0, 0, Precision::int8, Precision::int8,
                    true},
    WeightFormatRow{WeightFormat::q4_0, "q4_0", 4, 32, 16, Precision::int8, Precision::int8, true},
    // Experts in mxfp4, every other matrix in q8_0.
    WeightFormatRow{WeightFormat::mxfp4_moe, "mxfp4_moe", 4, 32, 8, Precision::int8,
                    Precision::int8, true},
};

constexpr const WeightFormatRow& row_of(WeightFormat format) {
    return weight_formats[static_cast<std::size_t>(format)];
}
constexpr std::string_view name_of(WeightFormat format) { return row_of(format).name; }

/// By name, upper or lower case; "awq" and "gptq" are int4.
std::optional<WeightFormat> find_weight_format(std::string_view name);

/// Bytes of one weight with its share of the scales; `group` 0 takes the format's usual one.
constexpr double bytes_per_weight(WeightFormat format, double group = 0) {
    const WeightFormatRow& row = row_of(format);
    const double per_scale = group > 0 ? group : row.group;
    return (row.bits + (per_scale > 0 ? row.scale_bits / per_scale : 0)) / 8;
}

}  // namespace roofline
