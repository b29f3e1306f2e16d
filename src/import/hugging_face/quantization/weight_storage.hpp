// A section of a configuration that says how weights are quantised, as the way one weight is
// stored.
#pragma once

#include "roofline/catalog/model.hpp"

#include "input/json.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace roofline::hugging_face {

/// Why a section is not understood, as words after the method's name.
struct UnknownMethod {
    std::string what;
};

// Members of a section: absent and null are nothing.
std::string text_in(const JsonValue& section, std::string_view name);
double number_in(const JsonValue& section, std::string_view name, double otherwise);
const JsonValue* member_in(const JsonValue& section, std::string_view name);

/// What the section says of every linear layer that it does not leave out; `hidden` is the width of
/// a column. Throws UnknownMethod.
Storage storage_of(const JsonValue& section, double hidden);

/// A quant_method of transformers, vLLM or mlx (which names none); nothing where it is new.
std::optional<Storage> storage_by_method(const std::string& method, const JsonValue& section,
                                         double hidden);

/// int8 to int2. Throws UnknownMethod.
WeightFormat whole_numbers(double bits);

/// An algorithm of ModelOpt by its name: "NVFP4", "FP8_PB_WO", "W4A16_AWQ". Throws UnknownMethod.
Storage storage_by_algorithm(const std::string& name);

/// One of the config_groups of compressed-tensors. Throws UnknownMethod.
Storage storage_of_group(const JsonValue& group, const std::string& format, double hidden);

/// fp8 of the cache, wherever the section says it.
bool caches_in_fp8(const JsonValue& section);

}  // namespace roofline::hugging_face
