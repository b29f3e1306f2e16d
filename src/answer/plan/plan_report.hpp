// What a plan says: the best deployment, others after it, and why the rest is none.
#pragma once

#include "search/plan_devices.hpp"

namespace roofline::cli {

Answer plan_answer(const AskedPlan& asked, const Plan& plan, std::size_t top);

}  // namespace roofline::cli
