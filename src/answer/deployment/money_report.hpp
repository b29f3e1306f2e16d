// Parts of an answer about money that `cost`, `analyze` and `estimate` share.
#pragma once

#include "roofline/cost/bill.hpp"

#include "report/report.hpp"

namespace roofline {

/// The cost block of a result. `basis` is bound, expected or given.
Record cost_record(const Bill& bill, std::string_view basis, const Deployment& deployment);

/// "$0.000648 per 1K output tokens, $0.648 per 1M, prompts included; $2.50/h per device, …".
std::string bill_words(const Bill& bill, const Deployment& deployment);

/// "$2.50/h per device, Lambda on-demand of 2026-09-25", or what owned devices cost.
std::string price_words(const Deployment& deployment);

/// "price Lambda 2026-09-25"; empty where the price was given.
std::string price_brief(const Deployment& deployment);

/// Where the price of a deployment that has one is from.
std::string price_source(const Deployment& deployment);

}  // namespace roofline
