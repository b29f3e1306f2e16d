#include "shared_flags.hpp"

#include "roofline/error/user_error.hpp"

#include "text/formatted.hpp"
#include "units/parse.hpp"
#include "workload/arithmetic.hpp"
#include "workload/load_rules.hpp"

#include <algorithm>
#include <thread>

namespace roofline::cli {

Basis basis_from(const Arguments& arguments) {
    return static_cast<Basis>(
        arguments.choice(basis_flag, static_cast<std::size_t>(Basis::expected)));
}

std::optional<double> daily_rate(const Arguments& arguments, const Deployment& asked) {
    const auto requests = arguments.text(requests_per_day_flag);
    const auto tokens = arguments.text(tokens_per_day_flag);
    if (!requests && !tokens) return std::nullopt;
    const Flag& given = requests ? requests_per_day_flag : tokens_per_day_flag;
    if (is_served(asked) || (requests && tokens))
        fail(ErrorCode::conflicting_arguments,
             formatted("{} says how much is asked a day, and another load is given too",
                       label_of(given)),
             "give one of --concurrency, --rate, --users, --requests-per-day and --tokens-per-day");
    const double per_day = parse_count(*arguments.text(given), label_of(given));
    return requests ? per_day / seconds_per_day : rate_of_tokens(per_day, asked);
}

Calibration calibration_from(const Arguments& arguments) {
    const auto path = arguments.text(calibration_flag);
    return path ? read_calibration(*path) : Calibration();
}

unsigned threads_from(const Arguments& arguments) {
    constexpr double most = 1024;
    const auto text = arguments.text(threads_flag);
    if (!text) return std::max(1U, std::thread::hardware_concurrency());
    const double threads = parse_count(*text, label_of(threads_flag));
    if (threads > most)
        fail(ErrorCode::bad_count,
             formatted("{} {}: {} is the most", label_of(threads_flag), threads, most),
             "leave it out for one on each core");
    return static_cast<unsigned>(threads);
}

std::optional<PriceAgeLimit> price_age_from(const Arguments& arguments) {
    const auto text = arguments.text(max_price_age_flag);
    if (!text) return std::nullopt;
    return PriceAgeLimit{parse_days(*text, label_of(max_price_age_flag)), *text};
}

ListQuestion list_question(const Arguments& arguments, const Flag& sort) {
    const std::vector<std::string>& words = arguments.positionals();
    return {.about = words.empty() ? "" : words[0], .sort = arguments.text(sort).value_or("")};
}

Ridge ridge_on(const Device& device, Precision precision, MemoryLevel level) {
    if (const auto ridge = ridge_of(device, precision, level)) return *ridge;
    fail(ErrorCode::unknown_path,
         formatted("the {} bandwidth of {} is not in the catalog", name_of(level), device.id),
         formatted("roofline hw show {} prints what is", device.id));
}

Ridge roof_from(const Arguments& arguments, const Flag& dtype, const Device& device) {
    const auto text = arguments.text(dtype);
    const Precision precision = text ? arithmetic_of(device, *text) : wide_precision(device);
    return ridge_on(device, precision, static_cast<MemoryLevel>(arguments.choice(level_flag, 0)));
}

}  // namespace roofline::cli
