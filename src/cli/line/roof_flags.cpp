#include "roof_flags.hpp"

#include "roofline/error/user_error.hpp"
#include "roofline/workload/fields.hpp"

#include "error/choice.hpp"
#include "text/formatted.hpp"
#include "workload/arithmetic.hpp"

namespace roofline::cli {

Precision precision_of(const std::optional<std::string>& text, const Device& device) {
    if (!text) return wide_precision(device);
    const Precision precision = parse_precision(*text, "--dtype");
    refuse_missing_arithmetic(device, precision);
    return precision;
}

Ridge ridge_from(const Device& device, Precision precision, std::string_view level) {
    const auto known =
        static_cast<MemoryLevel>(choice(level, "--level", "memory level", memory_level_names));
    if (const auto ridge = ridge_of(device, precision, known)) return *ridge;
    throw UserError(
        {.code = ErrorCode::unknown_path,
         .message = formatted("the {} bandwidth of {} is not in the catalog", level, device.id),
         .hint = formatted("roofline hw show {} prints what is", device.id)});
}

Ridge roof_from(const Arguments& arguments, const Device& device) {
    return ridge_from(device, precision_of(arguments.text("dtype"), device),
                      arguments.text("level").value_or("dram"));
}

}  // namespace roofline::cli
