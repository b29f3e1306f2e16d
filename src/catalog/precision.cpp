#include "roofline/catalog/precision.hpp"

#include <algorithm>

namespace roofline {

std::optional<Precision> find_precision(std::string_view name) {
    const auto row = std::ranges::find(precisions, name, &PrecisionRow::name);
    return row == precisions.end() ? std::nullopt : std::optional(row->precision);
}

std::optional<WeightFormat> find_weight_format(std::string_view name) {
    if (name == "awq" || name == "gptq") return WeightFormat::int4;
    const auto row = std::ranges::find(weight_formats, name, &WeightFormatRow::name);
    return row == weight_formats.end() ? std::nullopt : std::optional(row->format);
}

}  // namespace roofline
