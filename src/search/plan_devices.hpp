// The words of a plan into its question: devices with their prices, load and promises.
#pragma once

#include "roofline/search/plan.hpp"

#include "cli/line/command.hpp"

namespace roofline::cli {

struct AskedPlan {
    PlanQuestion question;
    std::vector<std::string> unpriced;  ///< devices that an objective of cost leaves out, by id
    std::optional<double> tokens_per_day;
    Deployment base;          ///< what all of them have in common
    std::string other_flags;  ///< of the command line, that figures rest on
};

/// Throws UserError: E103 without a promise or a load, E105 for two loads, and what parsing throws.
AskedPlan plan_question(const Arguments& arguments, Session& session);

}  // namespace roofline::cli
