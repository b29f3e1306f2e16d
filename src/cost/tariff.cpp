#include "roofline/cost/tariff.hpp"

namespace roofline {

MoneyPerSecond Tariff::total() const {
    const MoneyPerSecond none;
    return rent.value_or(none) + purchase.value_or(none) + energy.value_or(none);
}

std::optional<Tariff> tariff_of(const Deployment& deployment) {
    const double gpus = *deployment.gpus;
    Tariff tariff{.utilization = deployment.utilization.value_or(1)};
    if (deployment.power) tariff.power = gpus * *deployment.pue * *deployment.power;
    if (deployment.rental) {
        tariff.rent = gpus * deployment.rental->rate;
        tariff.currency = deployment.rental->currency;
        return tariff;
    }
    if (!deployment.bought) return std::nullopt;
    tariff.purchase = gpus * deployment.bought->amount / (*deployment.life * year);
    tariff.energy = *tariff.power * deployment.power_price->rate;
    tariff.currency = deployment.bought->currency;
    return tariff;
}

}  // namespace roofline
