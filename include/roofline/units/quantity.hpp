// Numbers that know what they count. A unit is named on entering (`3350 * gigabyte / second`) and
// on leaving (`t.in(millisecond)`); between, only matching dimensions add up.
#pragma once

#include "roofline/units/dimension.hpp"

#include <compare>
#include <type_traits>

namespace roofline {

template <Dimension D>
class Quantity;

/// A quantity of dimension D, or a plain double when nothing is left to count.
template <Dimension D>
using QuantityOrNumber = std::conditional_t<D == Dimension{}, double, Quantity<D>>;

/// A double in base units (FLOP, byte, second, dollar, token, watt) with its dimension as type.
template <Dimension D>
class Quantity {
  public:
    static constexpr Dimension dimension = D;

    constexpr Quantity() = default;

    /// The number of `unit`s in this quantity.
    [[nodiscard]] constexpr double in(Quantity unit) const { return base_ / unit.base_; }

    constexpr Quantity& operator+=(Quantity other) { return *this = *this + other; }
    constexpr Quantity& operator-=(Quantity other) { return *this = *this - other; }
    constexpr Quantity& operator*=(double factor) { return *this = *this * factor; }

    friend constexpr Quantity operator+(Quantity a, Quantity b) {
        return Quantity(a.base_ + b.base_);
    }
    friend constexpr Quantity operator-(Quantity a, Quantity b) {
        return Quantity(a.base_ - b.base_);
    }
    friend constexpr Quantity operator-(Quantity a) { return Quantity(-a.base_); }
    friend constexpr Quantity operator*(Quantity a, double f) { return Quantity(a.base_ * f); }
    friend constexpr Quantity operator*(double f, Quantity a) { return Quantity(f * a.base_); }
    friend constexpr Quantity operator/(Quantity a, double f) { return Quantity(a.base_ / f); }
    friend constexpr auto operator<=>(Quantity, Quantity) = default;  // NOLINT: clang-tidy 14

    template <Dimension E>
    friend constexpr auto operator*(Quantity a, Quantity<E> b) {
        return a.template combined<D * E>(a.base_ * base_of(b));
    }
    template <Dimension E>
    friend constexpr auto operator/(Quantity a, Quantity<E> b) {
        return a.template combined<D / E>(a.base_ / base_of(b));
    }
    friend constexpr auto operator/(double number, Quantity a) {
        return a.template combined<inverse(D)>(number / a.base_);
    }

    /// One base unit; every other unit is a multiple of a product of these.
    static constexpr Quantity base_unit() { return Quantity(1.0); }

  private:
    template <Dimension>
    friend class Quantity;

    constexpr explicit Quantity(double base) : base_(base) {}

    template <Dimension E>
    static constexpr double base_of(Quantity<E> other) {
        return other.in(Quantity<E>::base_unit());
    }
    template <Dimension R>
    static constexpr QuantityOrNumber<R> combined(double base) {
        if constexpr (R == Dimension{})
            return base;
        else
            return Quantity<R>(base);
    }

    double base_ = 0.0;
};

using Flops = Quantity<dimension::flop>;
using Bytes = Quantity<dimension::byte>;
using Seconds = Quantity<dimension::second>;
using Money = Quantity<dimension::money>;
using Tokens = Quantity<dimension::token>;
using Watts = Quantity<dimension::watt>;
using Hertz = Quantity<dimension::per_second>;
using FlopsPerSecond = Quantity<dimension::flop_per_second>;
using BytesPerSecond = Quantity<dimension::byte_per_second>;
using FlopsPerByte = Quantity<dimension::flop_per_byte>;
using BytesPerToken = Quantity<dimension::byte_per_token>;
using TokensPerSecond = Quantity<dimension::token_per_second>;
using MoneyPerSecond = Quantity<dimension::money_per_second>;
using MoneyPerToken = Quantity<dimension::money_per_token>;

inline constexpr Flops flop = Flops::base_unit();
inline constexpr Flops teraflop = 1e12 * flop;
inline constexpr Bytes byte = Bytes::base_unit();
inline constexpr Bytes kibibyte = 1024.0 * byte;
inline constexpr Bytes mebibyte = 1024.0 * kibibyte;
inline constexpr Bytes gibibyte = 1024.0 * mebibyte;
inline constexpr Bytes gigabyte = 1e9 * byte;
inline constexpr Bytes terabyte = 1e12 * byte;
inline constexpr Seconds second = Seconds::base_unit();
inline constexpr Seconds millisecond = 1e-3 * second;
inline constexpr Seconds microsecond = 1e-6 * second;
inline constexpr Seconds hour = 3600.0 * second;
inline constexpr Money dollar = Money::base_unit();  ///< one unit of the price's own currency
inline constexpr Tokens token = Tokens::base_unit();
inline constexpr Watts watt = Watts::base_unit();
inline constexpr Hertz megahertz = 1e6 * Hertz::base_unit();

}  // namespace roofline
