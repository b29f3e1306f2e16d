#include "arithmetic.hpp"

#include "roofline/error/user_error.hpp"
#include "roofline/workload/fields.hpp"

#include "text/formatted.hpp"

#include <vector>

namespace roofline {
bool holds(Precision precision, WeightFormat format) {
    if (row_of(format).bits > 8 * row_of(precision).bytes) return false;
    if (row_of(precision).bytes >= 2) return true;
    const bool whole_numbers = row_of(precision).whole_numbers;
    return whole_numbers == row_of(format).whole_numbers ||
           (!whole_numbers && row_of(format).bits <= 4);
}

void refuse_missing_arithmetic(const Device& device, Precision asked, std::string_view advice) {
    if (device.peak(asked) != nullptr) return;
    std::vector<std::string_view> has;
    for (const PrecisionRow& row : precisions)
        if (device.peak(row.precision) != nullptr) has.push_back(row.name);
    fail(ErrorCode::unsupported_precision,
         formatted("{} has no {} arithmetic", device.id, name_of(asked)),
         formatted("it has {}{}", joined(has, " "), advice));
}

Precision arithmetic_of(const Device& device, std::string_view text) {
    const Precision precision = parse_precision(text, "`dtype`");
    refuse_missing_arithmetic(device, precision);
    return precision;
}

void refuse_unstored(Precision cache, std::string_view label) {
    if (!row_of(cache).stored_cache)
        fail(ErrorCode::bad_choice,
             formatted("{}: no cache is stored in {}", label, name_of(cache)),
             "it is fp32, bf16, fp16, fp8, fp4, int8 or int4");
}

Precision wide_precision(const Device& device) {
    Precision best = Precision::fp32;
    for (const Precision wide : {Precision::fp16, Precision::bf16}) {
        const Peak* peak = device.peak(wide);
        const Peak* known = device.peak(best);
        const bool faster =
            peak != nullptr && (known == nullptr || peak->rate.value >= known->rate.value);
        if (faster) best = wide;
    }
    return best;
}

Precision compute_precision(const Device& device, const Storage& storage,
                            std::optional<Precision> asked) {
    const WeightFormatRow& format = row_of(storage.format);
    if (asked && holds(*asked, storage.format)) return *asked;
    const Precision wide = wide_precision(device);
    const auto made_for = storage.multiplied_in ? storage.multiplied_in : format.multiplies_as;
    if (!made_for || storage.weight_only) return wide;
    const Peak* direct = device.peak(*made_for);
    const Peak* widened = device.peak(wide);
    if (direct == nullptr || device.peak(format.needs.value_or(*made_for)) == nullptr) return wide;
    const bool exact = format.bits > 16;  // fp32 weights lose digits when narrowed
    const bool as_fast = widened == nullptr || direct->rate.value >= widened->rate.value;
    return exact || as_fast ? *made_for : wide;
}

WeightFormat published_format(const Model& model) {
    if (!model.unread_format.empty())
        throw UserError({.code = ErrorCode::unsupported_config,
                         .message = formatted("'quantization_config': {}", model.unread_format),
                         .hint = "say what the weights are, for example `quant int4`",
                         .where = {.file = model.from.source}});
    return model.published.name;
}

}  // namespace roofline
