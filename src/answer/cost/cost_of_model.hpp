// The cost of a model on hardware, by what is known of its load.
#pragma once

#include "roofline/evaluate/outcome.hpp"

#include "cli/line/command.hpp"

namespace roofline::cli {

/// Without a load: the bill over what the data sheet allows.
Answer cost_of_requests(const Arguments& arguments, const Deployment& deployment, Session& session);

/// With requests in flight or arriving: the bill over what a server is expected to deliver.
Answer cost_of_service(const Arguments& arguments, const Deployment& deployment, Session& session);

bool is_priced(const Deployment& deployment);

/// Throws E130 with the prices that are known of the device.
[[noreturn]] void no_price(const Deployment& deployment, Session& session);

/// Throws E402 when the other devices of --compare-hw do not hold the model.
void require_room(const Prepared& prepared, const Outcome& outcome);

}  // namespace roofline::cli
