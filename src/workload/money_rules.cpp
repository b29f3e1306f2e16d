// What a deployment says about money: rented or owned, one currency, nothing that has no effect.
#include "money_rules.hpp"

#include "roofline/error/user_error.hpp"
#include "roofline/workload/fields.hpp"

#include "text/formatted.hpp"

namespace roofline {
namespace {

constexpr double default_life = 4;
constexpr double data_centre_pue = 1.2;

void refuse_without_purchase(bool given, std::string_view flag) {
    if (given)
        fail(ErrorCode::conflicting_arguments,
             formatted("`{}` says something of owned devices only; a rent has it in it", flag),
             "leave it out, or buy: `purchase '$30000'` `power-price '$0.12/kWh'`");
}

void complete_power(Deployment& d) {
    const bool nominal = d.device != nullptr && d.device->power.has_value();
    if (!d.power && nominal) d.power = d.device->power->value;
    if (!d.power)
        fail(ErrorCode::missing_argument,
             formatted("`power` is missing: the catalog knows no power of {}",
                       d.device == nullptr ? std::string("the device") : d.device->id),
             "for example `power 300W`");
    const bool data_centre = d.device == nullptr || d.device->in_data_centre();
    d.pue = d.pue.value_or(data_centre ? data_centre_pue : 1);
    if (*d.pue < 1)
        fail(ErrorCode::bad_number,
             formatted("`pue {}` is below 1: a site takes no less power than its devices", *d.pue),
             "for example `pue 1.2`");
}

void complete_owned(Deployment& d) {
    if (d.price)
        fail(ErrorCode::conflicting_arguments,
             "`price` rents and `purchase` buys: two prices for one device", "give one of them");
    if (!d.power_price)
        fail(ErrorCode::missing_price, "`power-price` is missing: what does a kWh cost?",
             "write `power-price '$0.12/kWh'`");
    const Currency currency = d.bought ? d.bought->currency : d.purchase->currency;
    if (d.power_price->currency != currency)
        fail(ErrorCode::two_currencies,
             formatted("`purchase` is in {} and `power-price` in {}", row_of(currency).code,
                       row_of(d.power_price->currency).code),
             "a currency is kept and never converted: write both in one");
    d.life = d.life.value_or(default_life);
}

}  // namespace

void complete_money(Deployment& deployment) {
    if (deployment.purchase) {
        complete_owned(deployment);
    } else {
        refuse_without_purchase(deployment.life.has_value(), "life");
        refuse_without_purchase(deployment.power_price.has_value(), "power-price");
    }
    if (deployment.purchase || deployment.power || deployment.pue) complete_power(deployment);
    if (deployment.utilization == 0.0)
        fail(ErrorCode::bad_number, "`utilization 0`: devices that do nothing make no tokens",
             "write a share above 0, as 40%");
    if (deployment.utilization && deployment.rate)
        fail(ErrorCode::conflicting_arguments,
             "`rate` says how much of the time is used: `utilization` has no effect beside it",
             "leave one of them out");
}

bool is_about_money(const Field& field) {
    return field.part == FieldPart::money || field.kind == FieldKind::device;
}

void require_price(const Deployment& deployment, Catalog& catalog) {
    if (deployment.price || deployment.purchase) return;
    const std::string choices = deployment.device == nullptr
                                    ? std::string()
                                    : rental_choices(catalog.rentals(), deployment.device->id);
    fail(ErrorCode::missing_price, "`price` is missing: what does a device cost per hour?",
         choices.empty() ? "write `price '$2.50/h'`, or buy: `purchase '$30000'`"
                         : "write `price '$2.50/h'`, buy with `purchase '$30000'`, or name a "
                           "provider:" +
                               choices);
}

Deployment priced_hardware(Deployment hardware, Catalog& catalog) {
    require_price(hardware, catalog);
    const bool by_provider = hardware.price && !hardware.price->provider.empty();
    const bool by_catalog = hardware.purchase && !hardware.purchase->name.empty();
    if (hardware.device == nullptr && (by_provider || by_catalog))
        fail(ErrorCode::missing_argument,
             by_provider ? formatted("`price {}` needs `hw`: whose price is meant?",
                                     hardware.price->provider)
                         : std::string("`purchase catalog` needs `hw`: whose price is meant?"),
             "add `hw`, or write the price as '$2.50/h'");
    resolve_price(hardware, catalog);
    hardware.gpus = hardware.gpus.value_or(1);
    complete_money(hardware);
    return hardware;
}

}  // namespace roofline
