// Flags of a deployment's fields into a deployment.
#pragma once

#include "roofline/workload/deployment.hpp"

#include "arguments.hpp"
#include "ask/field.hpp"

#include <memory>

namespace roofline::cli {

/// The fields that `arguments` give, the first positional as model where there is one, and the
/// price looked up. Throws UserError; E103 when there is no --hw.
Deployment deployment_from(const Arguments& arguments, const Asking& asking);

/// The device and count of --hw alone. Throws E103 without it.
Deployment hardware_from(const Arguments& arguments, const Asking& asking);

/// Throws E105 for more than one device.
void refuse_several(const Deployment& deployment);

/// The device of --hw, which must name one; its count is refused (E105).
std::shared_ptr<const Device> device_from(const Arguments& arguments, const Asking& asking);

}  // namespace roofline::cli
