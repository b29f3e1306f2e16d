#include "plan_devices.hpp"

#include "roofline/error/user_error.hpp"
#include "roofline/workload/fields.hpp"

#include "text/formatted.hpp"
#include "workload/layout_rules.hpp"
#include "workload/load_rules.hpp"

#include <set>
#include <utility>
namespace roofline {
namespace {

// `fault` says of the first device that has none why.
bool add_price(Deployment& d, Catalog& catalog, std::optional<Fault>& fault) {
    try {
        if (d.price || d.purchase) {
            resolve_price(d, catalog);
            return true;
        }
    } catch (const UserError& error) {
        if (error.fault().code != ErrorCode::unknown_price) throw;
        if (!fault) fault = error.fault();
        return false;
    }
    d.rental = cheapest_rental(d.device->id, catalog);
    if (d.rental) d.price = PriceRequest{.provider = price_name(*d.rental), .amount = {}};
    return d.rental.has_value();
}

// Figures in dollars are compared with each other and with limits.
void refuse_other_money(const Deployment& d, Objective objective) {
    const auto currency = d.bought   ? std::optional(d.bought->currency)
                          : d.rental ? std::optional(d.rental->currency)
                                     : std::nullopt;
    if (objective == Objective::cost && currency && *currency != Currency::usd)
        fail(ErrorCode::two_currencies,
             formatted("a plan compares dollars, and the price is in {}", row_of(*currency).code),
             "write it in dollars, or plan for `objective` gpus, energy or latency");
}

}  // namespace

void take_load(AskedPlan& asked) {
    PlanQuestion& question = asked.question;
    question.concurrency = std::exchange(asked.base.concurrency, std::nullopt);
    question.rate = std::exchange(asked.base.rate, std::nullopt);
    const int loads =
        (question.concurrency ? 1 : 0) + (question.rate ? 1 : 0) + (asked.tokens_per_day ? 1 : 0);
    if (loads == 0)
        fail(ErrorCode::missing_argument, "how much is asked of it?",
             "add `concurrency 64`, `rate 5` or `tokens-per-day` 1B");
    if (loads > 1)
        fail(ErrorCode::conflicting_arguments,
             "`concurrency`, `rate` and `tokens-per-day` are three ways to say one load",
             "give one of them");
}

void refuse_beyond_search(const PlanQuestion& question) {
    if (question.most_gpus > most_searched)
        fail(ErrorCode::bad_count,
             formatted("`max-gpus {}`: {} is the most that is searched", question.most_gpus,
                       most_searched),
             formatted("write `max-gpus {}` or less", most_searched));
}

std::optional<RentalPrice> cheapest_rental(const std::string& device, Catalog& catalog) {
    std::optional<RentalPrice> cheapest;
    std::set<std::string> providers;
    for (const RentalPrice& row : catalog.rentals()) {
        const bool fitting =
            row.device == device && row.mode == default_price_mode && row.currency == Currency::usd;
        if (!fitting || !providers.insert(price_name(row)).second) continue;
        const RentalPrice latest = catalog.rental(device, price_name(row));
        if (latest.currency != Currency::usd) continue;
        if (!cheapest || latest.rate < cheapest->rate) cheapest = latest;
    }
    return cheapest;
}

void add_devices(const std::vector<std::shared_ptr<const Device>>& devices, Catalog& catalog,
                 AskedPlan& asked) {
    PlanQuestion& question = asked.question;
    std::optional<Fault> fault;
    for (const auto& device : devices) {
        Deployment d = asked.base;
        d.device = device;
        const bool priced = add_price(d, catalog, fault);
        if (!priced && question.objective == Objective::cost) {
            asked.unpriced.push_back(device->id);
            continue;
        }
        if (!priced) d.price.reset();
        join_nodes(d);
        refuse_other_money(d, question.objective);
        question.devices.push_back(std::move(d));
    }
    if (!question.devices.empty()) return;
    if (fault) throw UserError(*fault);
    fail(ErrorCode::missing_price, "none of these devices has a price in the catalog",
         "give one: `price '$2.50/h'`, or plan for another `objective`");
}

double rate_of_tokens(double tokens_per_day, const AskedPlan& asked) {
    Deployment d = asked.base;
    d.device = asked.question.devices[0].device;
    return rate_of_tokens(tokens_per_day, d);
}

}  // namespace roofline
