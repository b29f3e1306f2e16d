#include "roofline/evaluate/comparison.hpp"

#include "roofline/error/user_error.hpp"

#include <algorithm>
#include <cmath>

namespace roofline {
namespace {

// nullopt for what cannot be asked: a setting of one device that another does not take.
std::optional<Evaluation> evaluation_of(const Deployment& asked, const Knowledge& knowledge) {
    try {
        return evaluate(asked, knowledge);
    } catch (const UserError&) {
        return std::nullopt;
    }
}

bool same_name(const auto& from, const auto& to, auto name) {
    return from && to && !(*from.*name).empty() && *from.*name == *to.*name;
}

// The count goes with its device, and so does a price that was asked for by name.
void set_device_back(const Deployment& from, Deployment& to) {
    to.device = from.device;
    to.gpus = from.gpus;
    if (same_name(from.price, to.price, &PriceRequest::provider)) to.rental = from.rental;
    if (same_name(from.purchase, to.purchase, &PurchaseRequest::name)) to.bought = from.bought;
}

void set_back(const Field& field, const Deployment& from, Deployment& to) {
    if (field.kind == FieldKind::device) return set_device_back(from, to);
    field.set(to, field.get(from));
    if (field.kind == FieldKind::price) to.rental = from.rental;
    if (field.kind == FieldKind::purchase) to.bought = from.bought;
}

// A price by name is that of one device.
bool can_set_back(const Field& field, const Deployment& from, const Deployment& to) {
    if (from.device == to.device) return true;
    if (field.kind == FieldKind::price) return !from.price || from.price->provider.empty();
    if (field.kind == FieldKind::purchase) return !from.purchase || from.purchase->name.empty();
    return true;
}

bool differs(const Field& field, const Deployment& a, const Deployment& b) {
    if (field.kind == FieldKind::device && a.gpus != b.gpus) return true;
    return shown_field(field.get(a)) != shown_field(field.get(b));
}

void add_part(std::vector<TimePart>& parts, std::string_view name, Seconds time,
              Seconds TimePart::*side) {
    auto part = std::ranges::find(parts, name, &TimePart::name);
    if (part == parts.end())
        part = parts.insert(part, TimePart{.name = name, .from = {}, .to = {}});
    (*part).*side += time;
}

void add_step_parts(std::vector<TimePart>& parts, const Deployment& d, Seconds TimePart::*side,
                    const Knowledge& knowledge) {
    const Prepared prepared = prepare(d);
    const Outcome outcome = evaluate(prepared, point_of(prepared), knowledge.assumptions);
    const auto& decode = outcome.phase(PhaseKind::decode);
    if (!decode) return;
    for (const OperatorTime& op : operators_of(prepared, *decode, PhaseKind::decode))
        add_part(parts, name_of(op.kind), op.timing.total(), side);
}

// A decode step, and its part of the prompts that interrupt it.
void add_served_parts(std::vector<TimePart>& parts, const Evaluation& evaluation,
                      Seconds TimePart::*side, const Knowledge& knowledge) {
    const PreparedService service = prepare_service(evaluation.deployment, knowledge.fitted->values,
                                                    knowledge.fitted, knowledge.scales);
    const SteadyState state =
        serve(service, evaluation.open ? evaluation.open->concurrency : service.load.concurrency)
            .state;
    for (std::size_t i = 0; i < step_term_count; ++i) {
        const auto term = static_cast<StepTerm>(i);
        add_part(parts, name_of(term),
                 state.decode_step.of(term) + state.prompts_per_token * state.prompt_step.of(term),
                 side);
    }
}

Deployment at_one_per_hour(Deployment d) {
    d.purchase.reset();
    d.bought.reset();
    d.life.reset();
    d.power_price.reset();
    d.price = PriceRequest{.provider = {}, .amount = 1 * dollar / hour};
    d.rental = RentalPrice{.rate = 1 * dollar / hour};
    return d;
}

}  // namespace

std::optional<double> Delta::change() const {
    if (!from || !to || *from == 0) return std::nullopt;
    return *to / *from - 1;
}

std::optional<double> Delta::worse_by() const {
    const auto changed = change();
    if (!changed) return std::nullopt;
    return metric->better == Better::lower ? *changed : -*changed;
}

std::vector<Delta> deltas(const Figures& from, const Figures& to) {
    std::vector<Delta> result;
    for (const Metric& metric : metrics()) {
        const Delta delta{.metric = &metric, .from = metric.get(from), .to = metric.get(to)};
        if (delta.from || delta.to) result.push_back(delta);
    }
    return result;
}

std::vector<TimePart> time_parts(const Evaluation& from, const Evaluation& to,
                                 const Knowledge& knowledge) {
    std::vector<TimePart> parts;
    const bool both = from.standing == Standing::stands && to.standing == Standing::stands;
    if (!both || from.served != to.served) return parts;
    const auto add = [&](const Evaluation& evaluation, Seconds TimePart::*side) {
        if (evaluation.served)
            add_served_parts(parts, evaluation, side, knowledge);
        else
            add_step_parts(parts, evaluation.deployment, side, knowledge);
    };
    add(from, &TimePart::from);
    add(to, &TimePart::to);
    std::erase_if(parts, [](const TimePart& part) { return part.from == part.to; });
    std::ranges::stable_sort(parts, std::greater<>(), [](const TimePart& part) {
        return std::abs((part.to - part.from).in(second));
    });
    return parts;
}

std::vector<Reversal> reversals(const Deployment& from, const Deployment& to, const Delta& delta,
                                Basis basis, const Knowledge& knowledge) {
    std::vector<Reversal> result;
    const auto changed = delta.change();
    if (!changed || *changed == 0) return result;
    for (const Field& field : deployment_fields()) {
        if (!differs(field, from, to) || !can_set_back(field, from, to)) continue;
        Deployment back = to;
        set_back(field, from, back);
        const auto evaluation = evaluation_of(back, knowledge);
        const auto value = evaluation ? delta.metric->get(evaluation->on(basis)) : std::nullopt;
        if (value)
            result.push_back(
                {.field = &field, .undone = (*delta.to - *value) / (*delta.to - *delta.from)});
    }
    std::ranges::stable_sort(result, {},
                             [](const Reversal& one) { return std::abs(1 - one.undone); });
    return result;
}

std::optional<double> break_even_ratio(const Deployment& from, const Deployment& to, Basis basis,
                                       const Knowledge& knowledge) {
    const auto a = evaluation_of(at_one_per_hour(from), knowledge);
    const auto b = evaluation_of(at_one_per_hour(to), knowledge);
    if (!a || !b || !a->on(basis).bill || !b->on(basis).bill) return std::nullopt;
    return a->on(basis).bill->per_output_token / b->on(basis).bill->per_output_token;
}

}  // namespace roofline
