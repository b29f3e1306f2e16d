// What must be said of money where money is asked about.
#pragma once

#include "roofline/catalog/catalog.hpp"
#include "roofline/workload/deployment.hpp"
#include "roofline/workload/fields.hpp"

namespace roofline {

/// Whether a field says something without a model: what is paid, and for which hardware.
bool is_about_money(const Field& field);

/// Throws E130 for a deployment without a price, with those that are known of its device.
void require_price(const Deployment& deployment, Catalog& catalog);

/// What is paid for hardware without a model, of which the device need not be named: one of it
/// unless there are more. Throws UserError: E130 and E103 for prices that it lacks, and what
/// resolve_price() and complete_money() throw.
Deployment priced_hardware(Deployment hardware, Catalog& catalog);

}  // namespace roofline
