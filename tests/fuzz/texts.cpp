// Numbers, money and dates as users write them.
#include "roofline/catalog/price.hpp"
#include "roofline/error/user_error.hpp"
#include "roofline/units/date.hpp"

#include "error/shortened.hpp"
#include "error/suggest.hpp"
#include "report/humanize.hpp"
#include "rules.hpp"
#include "target.hpp"
#include "units/parse.hpp"

#include <array>
#include <cmath>

namespace fuzz {
namespace {

using namespace roofline;

// A reader answers with something, or with a fault that can be said.
template <typename Read>
void attempt(Read read) {
    try {
        read();
    } catch (const UserError& error) {
        hold_fault(error.fault());
    }
}

void hold_number(double number, double least, double most) {
    hold(std::isfinite(number) && number >= least && number <= most, "a number is within bounds");
}

void quantities(std::string_view text) {
    constexpr double most = 1e31;  // times a unit
    attempt([&] { hold_number(parse_count(text, "count"), 1, most); });
    attempt([&] { hold_number(parse_length(text, "length"), 1, most); });
    attempt([&] { hold_number(parse_fraction(text, "share"), 0, 1); });
    attempt([&] { hold_number(parse_days(text, "age"), 1e-31, most); });
    attempt([&] { hold_number(parse_number(text, "number"), 1e-31, most); });
    for (const Dimension wanted :
         {dimension::second, dimension::byte, dimension::byte_per_second,
          dimension::flop_per_second, dimension::watt, dimension::token_per_second})
        attempt([&] {
            const double number = parse_with_unit(text, wanted, "size");
            hold_number(number, 1e-46, 1e46);
            hold_one_line(humanize({number, wanted}));
        });
}

void money(std::string_view text) {
    attempt([&] { hold_one_line(humanize(Measure(parse_money_rate(text, "price").rate))); });
    attempt([&] { hold_one_line(humanize(Measure(parse_money(text, "price").amount))); });
    attempt([&] {
        hold_number(parse_energy_price(text, "energy").rate.in(MoneyPerJoule::base_unit()), 0,
                    1e46);
    });
    attempt([&] { hold_one_line(humanize(Measure(parse_token_price(text, "price").rate))); });
    attempt([&] {
        hold_number(parse_api_price(text, "api").output.in(MoneyPerToken::base_unit()), 0, 1e46);
    });
}

void dates(std::string_view text) {
    attempt([&] {
        const Day day = parse_day(text, "day");
        hold(day_text(day) == text, "a day is written as it is read", text);
    });
    if (const auto day = first_day(text))
        hold(first_day(day_text(*day)) == day, "a date is one", text);
}

void words(std::string_view text) {
    static constexpr std::array<std::string_view, 4> names{"h100-sxm", "tpot", "llama-3.1-8b",
                                                           "batch"};
    for (const std::string& near : suggest(text, names)) hold(!near.empty(), "a name is suggested");
    hold(shortened(std::string(text)).size() <= 4100, "what is quoted is short", text);
    const std::size_t half = text.size() / 2;
    const auto a = text.substr(0, half);
    const auto b = text.substr(half);
    hold(edit_distance(a, b) == edit_distance(b, a), "edits go both ways", text);
}

constexpr std::array targets{Target{"quantities", quantities}, Target{"money", money},
                             Target{"dates", dates}, Target{"words", words}};

}  // namespace

std::span<const Target> text_targets() { return targets; }

}  // namespace fuzz
