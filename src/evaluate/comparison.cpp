#include "roofline/evaluate/comparison.hpp"

#include "roofline/error/user_error.hpp"
#include "roofline/evaluate/crossover.hpp"
#include "roofline/serving/token_terms.hpp"

#include "devices/other_devices.hpp"
#include "text/formatted.hpp"

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

using TokenParts = std::vector<std::pair<std::string_view, Seconds>>;

TokenParts step_parts(const Prepared& prepared, const Outcome& outcome) {
    TokenParts parts;
    if (const PhaseOutcome* step = outcome.decode())
        for (const OperatorTime& op : operators_of(prepared, *step))
            parts.emplace_back(name_of(op.kind), op.timing.total());
    return parts;
}

// A decode step, and its part of the prompts that interrupt it.
TokenParts served_parts(const SteadyState& state) {
    TokenParts parts;
    for (std::size_t i = 0; i < step_term_count; ++i) {
        const auto term = static_cast<StepTerm>(i);
        parts.emplace_back(name_of(term), token_term(state, term).total());
    }
    return parts;
}

void add_parts(const TokenParts& from, Seconds TimePart::*side, std::vector<TimePart>& parts) {
    for (const auto& [name, time] : from) {
        auto part = std::ranges::find(parts, name, &TimePart::name);
        if (part == parts.end())
            part = parts.insert(part, TimePart{.name = name, .from = {}, .to = {}});
        (*part).*side += time;
    }
}

std::optional<Currency> currency_of(const Deployment& d) {
    if (d.bought) return d.bought->currency;
    return d.rental ? std::optional(d.rental->currency) : std::nullopt;
}

// Money where both are paid for, else tokens per second.
const Delta* main_delta(const std::vector<Delta>& deltas) {
    for (const Metric* metric : {&the_metric("usd_per_1m_output"), &the_metric("tokens_per_s"),
                                 &the_metric("tpot"), &the_metric("ttft")}) {
        const auto found = std::ranges::find(deltas, metric, &Delta::metric);
        if (found != deltas.end() && found->from && found->to) return &*found;
    }
    return nullptr;
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

Compared compared(std::string name, const Deployment& asked, const Knowledge& knowledge) {
    LoweredDeployment lowered(asked, knowledge);
    Compared result{.name = std::move(name), .asked = asked, .evaluation = lowered.evaluate()};
    const Evaluation& evaluation = result.evaluation;
    const Prepared& prepared = lowered.prepared();
    if (evaluation.standing == Standing::stands)
        result.parts = evaluation.served() ? served_parts(evaluation.service().state)
                                           : step_parts(prepared, evaluation.step());
    result.memory_batch = batch_beyond_memory(prepared);
    result.cache_context = context_beyond_weights(prepared, evaluation.load());
    return result;
}

void refuse_two_currencies(const std::vector<Compared>& all) {
    const Compared* first = nullptr;
    for (const Compared& compared : all) {
        const auto currency = currency_of(compared.asked);
        if (!currency) continue;
        if (first == nullptr) first = &compared;
        const Currency before = *currency_of(first->asked);
        if (before != *currency)
            fail(ErrorCode::two_currencies,
                 formatted("'{}' is paid in {} and '{}' in {}", first->name, row_of(before).code,
                           compared.name, row_of(*currency).code),
                 "a currency is kept and never converted: write both in one");
    }
}

std::vector<TimePart> time_parts(const Compared& from, const Compared& to) {
    std::vector<TimePart> parts;
    const bool both =
        from.evaluation.standing == Standing::stands && to.evaluation.standing == Standing::stands;
    if (!both || from.evaluation.served() != to.evaluation.served()) return parts;
    add_parts(from.parts, &TimePart::from, parts);
    add_parts(to.parts, &TimePart::to, parts);
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
    const auto a = evaluation_of(at_one_an_hour(from, Currency::usd), knowledge);
    const auto b = evaluation_of(at_one_an_hour(to, Currency::usd), knowledge);
    if (!a || !b || !a->on(basis).bill || !b->on(basis).bill) return std::nullopt;
    return a->on(basis).bill->per_output_token / b->on(basis).bill->per_output_token;
}

Comparison compare(const Compared& base, const Compared& other, Basis basis,
                   const std::vector<const Metric*>& chosen, const Knowledge& knowledge) {
    const Figures& before = base.evaluation.on(basis);
    Comparison result{.base = &base,
                      .other = &other,
                      .deltas = deltas(before, other.evaluation.on(basis)),
                      .parts = time_parts(base, other)};
    if (!chosen.empty())
        std::erase_if(result.deltas, [&](const Delta& delta) {
            return std::ranges::find(chosen, delta.metric) == chosen.end();
        });
    result.main = main_delta(result.deltas);
    if (result.main != nullptr)
        result.reversals = reversals(base.asked, other.asked, *result.main, basis, knowledge);
    result.price_ratio = break_even_ratio(base.asked, other.asked, basis, knowledge);
    if (before.bill && result.price_ratio)
        result.price =
            Measure(*result.price_ratio * before.bill->rate / before.gpus, before.bill->currency);
    return result;
}

Tally tally_of(const std::vector<Comparison>& comparisons, double most_worse) {
    Tally tally;
    for (const Comparison& comparison : comparisons)
        for (const Delta& delta : comparison.deltas) {
            if (!delta.from) continue;
            ++tally.figures;
            const auto worse = delta.worse_by();
            if (!delta.to || (worse && *worse > most_worse)) ++tally.worse;
        }
    return tally;
}

Exit exit_status(const std::vector<Compared>& all, const std::vector<Comparison>& comparisons,
                 Basis basis, std::optional<double> most_worse) {
    for (const Compared& one : all)
        if (!stands_on(one.evaluation, basis) || (most_worse && !one.evaluation.settled()))
            return Exit::infeasible;
    const bool worse = most_worse && tally_of(comparisons, *most_worse).worse > 0;
    return worse ? Exit::negative : Exit::ok;
}

void refuse_unanswered(const std::vector<Compared>& all, const std::vector<const Metric*>& chosen,
                       Basis basis) {
    for (const Compared& one : all)
        for (const Metric* metric : chosen)
            if (stands_on(one.evaluation, basis) && !metric->get(one.evaluation.on(basis)))
                fail(ErrorCode::unknown_path,
                     formatted("'{}' does not answer {}", one.name, metric->id),
                     metric->dimension == dimension::money
                         ? "give every scenario a price in dollars: `price '$2.50/h'`"
                         : "leave it out of `metric`");
}

}  // namespace roofline
