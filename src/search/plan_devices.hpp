// The devices that a plan chooses from, each with its price.
#pragma once

#include "roofline/catalog/catalog.hpp"
#include "roofline/search/plan.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace roofline {

/// A plan's question, and what its devices were made from.
struct AskedPlan {
    PlanQuestion question;
    Deployment base;                    ///< what all of them have in common, without load or layout
    std::vector<std::string> unpriced;  ///< devices that an objective of cost leaves out, by id
    std::optional<double> tokens_per_day;
};

/// Makes the base's load the question's. Throws E103 where nothing is asked of it, and E105 for
/// more than one load.
void take_load(AskedPlan& asked);

/// Throws E102 for more devices than are searched.
void refuse_beyond_search(const PlanQuestion& question);

/// The cheapest row that anyone can rent by the hour, in dollars per device.
std::optional<RentalPrice> cheapest_rental(const std::string& device, Catalog& catalog);

/// Adds the question's devices: each at the price of the base, else at its cheapest rental. Throws
/// UserError: E130 or E221 where none has a price and money is the objective, E131 for money other
/// than dollars.
void add_devices(const std::vector<std::shared_ptr<const Device>>& devices, Catalog& catalog,
                 AskedPlan& asked);

/// Requests per second that so many output tokens a day are, with answers of the question's length.
double rate_of_tokens(double tokens_per_day, const AskedPlan& asked);

}  // namespace roofline
