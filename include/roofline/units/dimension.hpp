// What a number counts: exponents of the six base units that the whole project computes in.
#pragma once

#include <cstdint>

namespace roofline {

/// Exponents of floating-point operation, byte, second, US dollar (or the price's own currency),
/// token and watt. Structural, so that it can be a template parameter.
struct Dimension {
    std::int8_t flop = 0;
    std::int8_t byte = 0;
    std::int8_t second = 0;
    std::int8_t money = 0;
    std::int8_t token = 0;
    std::int8_t watt = 0;

    friend constexpr bool operator==(const Dimension&, const Dimension&) = default;
};

constexpr Dimension operator*(Dimension a, Dimension b) {
    const auto sum = [](std::int8_t x, std::int8_t y) { return static_cast<std::int8_t>(x + y); };
    return {sum(a.flop, b.flop),   sum(a.byte, b.byte),   sum(a.second, b.second),
            sum(a.money, b.money), sum(a.token, b.token), sum(a.watt, b.watt)};
}

constexpr Dimension inverse(Dimension d) {
    const auto minus = [](std::int8_t x) { return static_cast<std::int8_t>(-x); };
    return {minus(d.flop),  minus(d.byte),  minus(d.second),
            minus(d.money), minus(d.token), minus(d.watt)};
}

constexpr Dimension operator/(Dimension a, Dimension b) { return a * inverse(b); }

namespace dimension {
inline constexpr Dimension none{};
inline constexpr Dimension flop{.flop = 1};
inline constexpr Dimension byte{.byte = 1};
inline constexpr Dimension second{.second = 1};
inline constexpr Dimension money{.money = 1};
inline constexpr Dimension token{.token = 1};
inline constexpr Dimension watt{.watt = 1};
inline constexpr Dimension per_second = none / second;
inline constexpr Dimension flop_per_second = flop / second;
inline constexpr Dimension byte_per_second = byte / second;
inline constexpr Dimension flop_per_byte = flop / byte;
inline constexpr Dimension byte_per_token = byte / token;
inline constexpr Dimension token_per_second = token / second;
inline constexpr Dimension money_per_second = money / second;
inline constexpr Dimension money_per_token = money / token;
}  // namespace dimension

}  // namespace roofline
