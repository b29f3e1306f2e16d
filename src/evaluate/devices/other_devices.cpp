#include "other_devices.hpp"

#include "roofline/cost/break_even.hpp"
#include "roofline/error/user_error.hpp"

namespace roofline {
namespace {

bool is_about_layout(ErrorCode code) {
    return code == ErrorCode::does_not_divide || code == ErrorCode::does_not_multiply_out ||
           code == ErrorCode::beyond_switch_domain;
}

Evaluation with_some_layout(Deployment& d, const Knowledge& knowledge) {
    try {
        return evaluate(d, knowledge);
    } catch (const UserError& error) {
        if (!is_about_layout(error.fault().code)) throw;
    }
    d.tensor_parallel.reset();
    d.pipeline_parallel.reset();
    d.data_parallel.reset();
    d.expert_parallel.reset();
    d.replicas.reset();
    return evaluate(d, knowledge);
}

}  // namespace

Deployment at_one_an_hour(Deployment d, Currency currency) {
    d.purchase.reset();
    d.bought.reset();
    d.life.reset();
    d.power_price.reset();
    d.power.reset();
    d.pue.reset();
    d.price = PriceRequest{.provider = {}, .amount = 1 * dollar / hour, .currency = currency};
    d.rental = RentalPrice{.rate = d.price->amount, .currency = currency};
    return d;
}

OtherDevices on_other_devices(const Bill& now, Deployment asked, const DeviceChoice& devices,
                              Basis basis, const Knowledge& knowledge) {
    asked.device = devices.device;
    asked.gpus = devices.count;
    asked = at_one_an_hour(std::move(asked), now.currency);
    OtherDevices other{.evaluation = with_some_layout(asked, knowledge), .price = {}};
    other.bill = other.evaluation.on(basis).bill;
    if (!other.bill) return other;
    other.gpus = *other.evaluation.deployment.gpus;
    other.price = break_even_price(now, other.bill->delivered, other.gpus);
    return other;
}

}  // namespace roofline
