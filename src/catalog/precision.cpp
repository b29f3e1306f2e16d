#include "roofline/catalog/precision.hpp"

#include <algorithm>
#include <cctype>
#include <string>

namespace roofline {
namespace {

std::string lower(std::string_view name) {
    std::string result(name);
    std::ranges::transform(result, result.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

}  // namespace

std::optional<Precision> find_precision(std::string_view name) {
    const auto row = std::ranges::find(precisions, lower(name), &PrecisionRow::name);
    return row == precisions.end() ? std::nullopt : std::optional(row->precision);
}

std::optional<WeightFormat> find_weight_format(std::string_view name) {
    const std::string wanted = lower(name);
    if (wanted == "awq" || wanted == "gptq") return WeightFormat::int4;
    const auto row = std::ranges::find(weight_formats, wanted, &WeightFormatRow::name);
    return row == weight_formats.end() ? std::nullopt : std::optional(row->format);
}

}  // namespace roofline
