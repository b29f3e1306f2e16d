#include "plan_devices.hpp"

#include "cli/line/basis_flag.hpp"
#include "cli/line/deployment_flags.hpp"
#include "error/choice.hpp"
#include "text/formatted.hpp"
#include "units/parse.hpp"

#include <algorithm>
#include <set>

namespace roofline::cli {
namespace {

constexpr double seconds_per_day = 86400;

Objective objective_from(const Arguments& arguments) {
    const std::string text = arguments.text("objective").value_or("cost");
    return static_cast<Objective>(choice(text, "--objective", "", objective_names));
}

std::vector<WeightFormat> formats_from(const Arguments& arguments, Session& session) {
    std::vector<WeightFormat> formats;
    const auto text = arguments.text("quant");
    if (!text) return formats;
    for (const std::string& one : split_list(*text, "--quant"))
        formats.push_back(std::get<WeightFormat>(
            parse_field(*find_field("quant"), one, "--quant", session.catalog)));
    return formats;
}

std::vector<std::shared_ptr<const Device>> devices_from(const Arguments& arguments,
                                                        Session& session) {
    const auto text = arguments.text("hw");
    if (!text) return session.catalog.all_devices();
    std::vector<std::shared_ptr<const Device>> devices;
    for (const std::string& one : split_list(*text, "--hw")) {
        Deployment d;
        set_field(d, "hw", one, session);
        if (d.gpus)
            fail(ErrorCode::conflicting_arguments,
                 formatted("--hw {}: a plan finds the count itself", one),
                 formatted("write --hw {} --max-gpus {}", d.device->id, *d.gpus));
        const bool again = std::ranges::find(devices, d.device) != devices.end();
        if (!again) devices.push_back(d.device);
    }
    return devices;
}

// The cheapest row that anyone can rent by the hour, in dollars.
std::optional<RentalPrice> cheapest_rental(const std::string& device, Session& session) {
    std::optional<RentalPrice> cheapest;
    std::set<std::string> providers;
    for (const RentalPrice& row : session.catalog.rentals()) {
        const bool fitting =
            row.device == device && row.mode == default_price_mode && row.currency == Currency::usd;
        if (!fitting || !providers.insert(price_name(row)).second) continue;
        const RentalPrice latest = session.catalog.rental(device, price_name(row));
        if (latest.currency != Currency::usd) continue;
        if (!cheapest || latest.rate < cheapest->rate) cheapest = latest;
    }
    return cheapest;
}

// `fault` says of the first device that has none why.
bool add_price(Deployment& d, Session& session, std::optional<Fault>& fault) {
    try {
        if (d.price || d.purchase) {
            resolve_price(d, session.catalog);
            return true;
        }
    } catch (const UserError& error) {
        if (error.fault().code != ErrorCode::unknown_price) throw;
        if (!fault) fault = error.fault();
        return false;
    }
    d.rental = cheapest_rental(d.device->id, session);
    if (d.rental) d.price = PriceRequest{.provider = price_name(*d.rental), .amount = {}};
    return d.rental.has_value();
}

void read_load(const Arguments& arguments, const Deployment& base, AskedPlan& asked) {
    PlanQuestion& question = asked.question;
    question.concurrency = base.concurrency;
    question.rate = base.rate;
    if (const auto text = arguments.text("tokens-per-day"))
        asked.tokens_per_day = parse_count(*text, "--tokens-per-day");
    const int loads =
        (base.concurrency ? 1 : 0) + (base.rate ? 1 : 0) + (asked.tokens_per_day ? 1 : 0);
    if (loads == 0)
        fail(ErrorCode::missing_argument, "how much is asked of it?",
             "add --concurrency 64, --rate 5 or --tokens-per-day 1B");
    if (loads > 1)
        fail(ErrorCode::conflicting_arguments,
             "--concurrency, --rate and --tokens-per-day are three ways to say one load",
             "give one of them");
}

// An answer's length, where it is not asked for, is the default one.
double answer_tokens(const Deployment& base, const Device& device) {
    Deployment d = base;
    d.device = std::make_shared<const Device>(device);
    d.concurrency = 1;
    d.rate.reset();
    return *complete_service(std::move(d)).osl;
}

Deployment base_from(const Arguments& arguments, Session& session) {
    Deployment base;
    set_field(base, "model", arguments.positionals()[0], session);
    for (const Arguments::Given& given : arguments.flags()) {
        const Field* field = find_field(given.name);
        const bool searched = given.name == "hw" || given.name == "quant";
        if (field != nullptr && !searched) set_field(base, given.name, given.value, session);
    }
    if (!base.model->causal)
        fail(ErrorCode::unknown_path,
             formatted("{} is an encoder: it serves no answers", base.model->id),
             formatted("for the time of one input: roofline analyze {} --hw H", base.model->id));
    return base;
}

double most_gpus_from(const Arguments& arguments, double otherwise) {
    constexpr double most_searched = 1024;
    const double most = flag_or(arguments, "max-gpus", parse_count, otherwise);
    if (most > most_searched)
        fail(ErrorCode::bad_count,
             formatted("--max-gpus {}: {} is the most that is searched", most, most_searched),
             formatted("write --max-gpus {} or less", most_searched));
    return most;
}

// Figures in dollars are compared with each other and with limits.
void refuse_other_money(const Deployment& d, Objective objective) {
    const auto currency = d.bought   ? std::optional(d.bought->currency)
                          : d.rental ? std::optional(d.rental->currency)
                                     : std::nullopt;
    if (objective == Objective::cost && currency && *currency != Currency::usd)
        fail(ErrorCode::two_currencies,
             formatted("a plan compares dollars, and the price is in {}", row_of(*currency).code),
             "write it in dollars, or plan for --objective gpus, energy or latency");
}

void add_devices(const Arguments& arguments, Session& session, AskedPlan& asked) {
    PlanQuestion& question = asked.question;
    std::optional<Fault> fault;
    for (const auto& device : devices_from(arguments, session)) {
        Deployment d = asked.base;
        d.device = device;
        const bool priced = add_price(d, session, fault);
        if (!priced && question.objective == Objective::cost) {
            asked.unpriced.push_back(device->id);
            continue;
        }
        if (!priced) d.price.reset();
        refuse_other_money(d, question.objective);
        question.devices.push_back(std::move(d));
    }
    if (!question.devices.empty()) return;
    if (fault) throw UserError(*fault);
    fail(ErrorCode::missing_price, "none of these devices has a price in the catalog",
         "give one: --price '$2.50/h', or plan for another --objective");
}

std::string other_flags(const Arguments& arguments) {
    std::string words;
    for (const Arguments::Given& given : arguments.flags())
        for (const std::string_view kept : {"calibration", "catalog", "prices"})
            if (given.name == kept) words += formatted(" --{} {}", kept, given.value);
    return words;
}

}  // namespace

AskedPlan plan_question(const Arguments& arguments, Session& session) {
    AskedPlan asked;
    PlanQuestion& question = asked.question;
    const auto slo = arguments.text("slo");
    if (!slo)
        fail(ErrorCode::missing_argument, "--slo is missing: what must be kept?",
             "for example --slo ttft=500ms,tpot=25ms");
    question.levels = parse_service_levels(*slo, "--slo");
    asked.base = base_from(arguments, session);
    read_load(arguments, asked.base, asked);
    asked.base.concurrency.reset();
    asked.base.rate.reset();
    question.objective = objective_from(arguments);
    question.formats = formats_from(arguments, session);
    question.most_gpus = most_gpus_from(arguments, question.most_gpus);
    question.basis = basis_from(arguments);
    asked.other_flags = other_flags(arguments);
    add_devices(arguments, session, asked);
    if (asked.tokens_per_day)
        question.rate = *asked.tokens_per_day / seconds_per_day /
                        answer_tokens(asked.base, *question.devices[0].device);
    return asked;
}

}  // namespace roofline::cli
