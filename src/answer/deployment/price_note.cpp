#include "price_note.hpp"

#include "roofline/error/user_error.hpp"

#include "catalog/price_age.hpp"
#include "money_report.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"
#include "units/parse.hpp"

#include <charconv>
#include <cstdlib>

namespace roofline::cli {

std::chrono::sys_days today() {
    using std::chrono::floor;
    const char* given = std::getenv("SOURCE_DATE_EPOCH");
    if (given == nullptr || *given == '\0')
        return floor<std::chrono::days>(std::chrono::system_clock::now());
    const std::string_view text(given);
    long long seconds = 0;
    constexpr long long last = 253402300799;  // the end of the year 9999
    const auto read = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || seconds < 0 ||
        seconds > last)
        fail(ErrorCode::bad_number,
             formatted("SOURCE_DATE_EPOCH must be seconds since 1970, got '{}'", text),
             "unset it, or write for example SOURCE_DATE_EPOCH=$(date +%s)");
    return floor<std::chrono::days>(std::chrono::sys_seconds(std::chrono::seconds(seconds)));
}

std::string age_words(std::string_view date) {
    const auto age = age_in_days(date, today());
    return age ? formatted(" ({} days old)", humanize_number(*age)) : std::string();
}

void add_price_note(std::string_view whose, const Deployment& d, Report& report) {
    if (!d.rental && !d.bought) return;
    report.assumptions.push_back(
        {.id = "price",
         .text = formatted("price of {}: {}{}", whose, price_words(d), age_words(price_date(d))),
         .value = {},
         .source = d.bought ? d.bought->from.source : d.rental->from.source});
}

void judge_price_age(const Arguments& arguments, const Deployment& deployment, Report& report) {
    const auto text = arguments.text("max-price-age");
    if (!text) return;
    const double most = parse_days(*text, "--max-price-age");
    const auto age = age_in_days(price_date(deployment), today());
    if (!age || *age <= most) return;
    report.warnings.push_back(
        {"W130", formatted("the price is {} days old, more than --max-price-age {}: {}",
                           humanize_number(*age), *text, price_words(deployment))});
}

}  // namespace roofline::cli
