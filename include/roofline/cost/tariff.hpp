// What an hour of all devices costs, and how much of it is used.
#pragma once

#include "roofline/units/money.hpp"
#include "roofline/workload/deployment.hpp"

#include <optional>

namespace roofline {

/// The parts of the hourly bill of all devices; those that were not asked about are unset.
struct Tariff {
    std::optional<MoneyPerSecond> rent = {};
    std::optional<MoneyPerSecond> purchase = {};  ///< over the life of the devices
    std::optional<MoneyPerSecond> energy = {};
    Currency currency = Currency::usd;
    std::optional<Watts> power = {};  ///< of the site: all devices and what cools them
    double utilization = 1;           ///< share of a paid hour that has the load

    MoneyPerSecond total() const;
};

/// Of a complete deployment whose prices are looked up; nullopt without a price. Owned devices draw
/// their nominal power all the time.
std::optional<Tariff> tariff_of(const Deployment& deployment);

}  // namespace roofline
