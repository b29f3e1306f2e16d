// Flags that several commands read alike.
#pragma once

#include "roofline/engine/roof.hpp"
#include "roofline/evaluate/figures.hpp"
#include "roofline/measure/calibrate.hpp"

#include "answer/catalog/listing.hpp"
#include "answer/deployment/price_note.hpp"
#include "arguments.hpp"

#include <array>
#include <optional>
namespace roofline::cli {

inline constexpr Flag basis_flag{.name = "basis",
                                 .value = "BASIS",
                                 .help = "{} [expected]",
                                 .choices = basis_names,
                                 .noun = "basis"};
/// Expected figures where it is not given. Throws E106.
Basis basis_from(const Arguments& arguments);

inline constexpr Flag tokens_per_day_flag{
    "tokens-per-day", "N", "output tokens, evenly over the day, instead of --rate: 1B"};
inline constexpr Flag requests_per_day_flag{"requests-per-day", "N",
                                            "evenly over the day, instead of --rate: 2M"};
/// The rate that --requests-per-day or --tokens-per-day comes to; nullopt where neither is given.
/// `asked` says how long an answer is. Throws E105 beside another load.
std::optional<double> daily_rate(const Arguments& arguments, const Deployment& asked);

inline constexpr Flag calibration_flag{"calibration", "FILE",
                                       "scales that roofline calibrate wrote"};
/// Nothing where it is not given. Throws what read_calibration() does.
Calibration calibration_from(const Arguments& arguments);

inline constexpr std::array measured_rows{
    Positional{"FILE", "measured rows as CSV: hardware, model, concurrency, input_tokens …"}};

inline constexpr Flag threads_flag{"threads", "N", "at once [all cores]"};
/// All cores where it is not given. Throws E102.
unsigned threads_from(const Arguments& arguments);

inline constexpr Flag max_price_age_flag{"max-price-age", "DAYS",
                                         "warn of a price that is older: 90d"};
/// Throws E121 without a unit.
std::optional<PriceAgeLimit> price_age_from(const Arguments& arguments);

inline constexpr Flag level_flag{.name = "level",
                                 .value = "LEVEL",
                                 .help = "{} [dram]",
                                 .choices = memory_level_names,
                                 .noun = "memory level"};

/// What a list is asked: its word, and the column that `sort` names.
ListQuestion list_question(const Arguments& arguments, const Flag& sort);

/// The roof of `precision` over a level. Throws E231 when the catalog does not hold its bandwidth.
Ridge ridge_on(const Device& device, Precision precision, MemoryLevel level);

/// The roof that `dtype` and --level name; without them the device's widest 16-bit arithmetic over
/// its DRAM.
Ridge roof_from(const Arguments& arguments, const Flag& dtype, const Device& device);

}  // namespace roofline::cli
