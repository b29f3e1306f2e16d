// Quantities whose dimension is known at run time alone: what tables, limits and answers hold.
#pragma once

#include "roofline/units/currency.hpp"
#include "roofline/units/quantity.hpp"

namespace roofline {

/// A quantity with its dimension at run time, in base units.
struct Measure {
    double value = 0;
    Dimension dimension = {};
    Currency currency = Currency::usd;  ///< says something only where the dimension holds money

    constexpr Measure() = default;
    constexpr Measure(double base_value, Dimension unit, Currency money = Currency::usd)
        : value(base_value), dimension(unit), currency(money) {}
    template <Dimension D>
    constexpr Measure(Quantity<D> quantity, Currency money = Currency::usd)  // NOLINT: a widening
        : value(quantity.in(Quantity<D>::base_unit())), dimension(D), currency(money) {}
};

}  // namespace roofline
