// Which arithmetic a device multiplies stored weights in.
#pragma once

#include "roofline/catalog/device.hpp"
#include "roofline/catalog/model.hpp"

#include <optional>
#include <string_view>

namespace roofline {

/// Whether arithmetic holds every value of weights stored so exactly.
bool holds(Precision precision, WeightFormat format);

/// The arithmetic for weights stored so on this device: what the format is made for if the device
/// multiplies it, else the widest 16-bit arithmetic it has. `asked` is --dtype.
Precision compute_precision(const Device& device, const Storage& storage,
                            std::optional<Precision> asked);

/// Throws E401 when the device cannot compute in `asked`, naming what there is, with `advice`
/// after.
void refuse_missing_arithmetic(const Device& device, Precision asked, std::string_view advice = {});

/// The arithmetic called `text`, of a device that has it. Throws E106 and E401.
Precision arithmetic_of(const Device& device, std::string_view text);

/// Throws E106 for arithmetic that is no way to store keys and values: fp64, tf32.
void refuse_unstored(Precision cache, std::string_view label);

/// 16-bit arithmetic of the device: bf16, else fp16, else fp32.
Precision wide_precision(const Device& device);

/// The format that a model is published in. Throws E331 where its file says so in a way that is not
/// known: `quant` says what it is, then.
WeightFormat published_format(const Model& model);

}  // namespace roofline
