// The same work on other devices: what they would deliver, and at which price they break even.
#pragma once

#include "roofline/evaluate/evaluation.hpp"
#include "roofline/workload/fields.hpp"

#include <optional>

namespace roofline {

/// The same deployment at a price of no matter, whatever it was asked at: rented, 1 per device and
/// hour.
Deployment at_one_an_hour(Deployment deployment, Currency currency);

/// `bill` and `price` are unset unless it stands.
struct OtherDevices {
    Evaluation evaluation;     ///< at a price of no matter
    std::optional<Bill> bill;  ///< on the basis that was asked for
    double gpus = 1;
    MoneyPerSecond price;  ///< of a device, at which a token costs what it does now
};

/// `asked` on other devices, with the layout that was asked for, or where that does not suit them
/// with the one that follows from their count. `now` is what the work costs now. Throws UserError
/// as evaluate() does.
OtherDevices on_other_devices(const Bill& now, Deployment asked, const DeviceChoice& devices,
                              Basis basis, const Knowledge& knowledge);

}  // namespace roofline
