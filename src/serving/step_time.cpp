#include "roofline/serving/step_time.hpp"

#include <algorithm>
#include <cmath>

namespace roofline {
namespace {

constexpr std::array<std::string_view, step_term_count> term_names{
    "projections",      "feed-forward",      "experts",   "shared experts",
    "decode attention", "prefill attention", "lm_head",   "activations",
    "communication",    "launches",          "sequences", "drafts"};

double rows_of(Rows which, const StepRows& rows) {
    if (which == Rows::sequences) return rows.instance_sequences;
    return which == Rows::rank_tokens ? rows.rank_tokens : rows.instance_tokens;
}

// One part for each term and kind.
void add_part(const StepPart& more, std::vector<StepPart>& parts) {
    if (more.time <= Seconds()) return;
    const auto same = std::ranges::find_if(parts, [&](const StepPart& part) {
        return part.term == more.term && part.kind == more.kind;
    });
    if (same == parts.end())
        parts.push_back(more);
    else
        same->time += more.time;
}

}  // namespace

std::string_view name_of(StepTerm term) { return term_names[static_cast<std::size_t>(term)]; }

Seconds StepTime::total() const {
    Seconds sum;
    for (const Seconds time : by_term) sum += time;
    return sum;
}

Seconds ServedModel::attention_time(const std::vector<RatedAttention>& attention,
                                    const StepRows& rows) {
    Seconds sum;
    for (const RatedAttention& rated : attention) {
        const Work work = work_of(rated.op, rows);
        sum += rated.op.count *
               std::max(work.flops / rated.compute, work.traffic.total() / rated.memory);
    }
    return sum;
}

void ServedModel::set_lengths(const ServedLengths& lengths) {
    drafts_ = lengths.drafts;
    const double before = std::max(lengths.context - 1, 0.0);
    const auto of_sequence = [&](double tokens) {
        return attention_time(decode_, {.rank_sequences = 1, .tokens = tokens, .before = before});
    };
    decode_attention_ = of_sequence(1);
    verify_attention_ = drafts_ > 0 ? of_sequence(1 + drafts_) : decode_attention_;
    prefill_attention_ = attention_time(
        prefill_,
        {.rank_sequences = 1 / lengths.fresh, .tokens = lengths.fresh, .before = lengths.cached});
}

StepTime ServedModel::time_of(const MixedStep& step) const {
    if (drafts_ == 0 || step.sequences <= 0) return pass(step, 1);
    StepTime time = pass(step, 1 + drafts_);
    const StepTime one = pass({.sequences = step.sequences}, 1);
    const Seconds head = one.of(StepTerm::lm_head);
    const Seconds layers = one.total() - head - one.of(StepTerm::sequences);
    time.by_term[static_cast<std::size_t>(StepTerm::drafts)] = drafts_ * (layers / layers_ + head);
    return time;
}

template <typename Add>
void ServedModel::visit_pass(const MixedStep& step, double tokens_each, Add add) const {
    const double rank_prompts = step.prompt_tokens / ranks_;
    const double rank_sequences = step.sequences / ranks_;
    const double decoded = step.sequences * tokens_each;
    const StepRows rows{.rank_tokens = rank_prompts + decoded / ranks_,
                        .instance_tokens = step.prompt_tokens + decoded,
                        .instance_sequences = decoded};
    for (const RatedProduct& product : products_) {
        const double count = rows_of(product.rows, rows);
        add(product.term, product.kind, std::max(count * product.per_row, product.weights));
    }
    double touched = 0;
    for (const RatedExperts& experts : experts_) {
        const double tokens = rows.instance_tokens;
        if (!experts.as_before) touched = touched_experts(experts.form, tokens);
        add(StepTerm::experts, OperatorKind::experts,
            experts.count *
                std::max(experts.work(tokens, touched), touched * experts.expert_bytes));
    }
    for (const RatedTransfer& transfer : transfers_) {
        const Seconds sent = rows_of(transfer.rows, rows) * transfer.per_row;
        const Seconds gaps = transfer.root * std::sqrt(sent.in(second)) * second;
        add(StepTerm::communication, transfer.kind,
            transfer.count * (transfer.latency + gaps + sent / transfer.share));
    }
    add(StepTerm::decode_attention, OperatorKind::attention,
        rank_sequences * (tokens_each == 1 ? decode_attention_ : verify_attention_));
    add(StepTerm::prefill_attention, OperatorKind::attention, rank_prompts * prefill_attention_);
    const auto add_whole = [&](StepTerm term, Seconds time) { add(term, std::nullopt, time); };
    add_whole(StepTerm::activations,
              rows.rank_tokens * rank_activations_ + rows.instance_tokens * instance_activations_);
    add_whole(StepTerm::launches,
              every_step_ + (step.prompt_tokens > 0 ? prompt_step_ : Seconds()));
    add_whole(StepTerm::sequences, rank_sequences * per_sequence_);
}

StepTime ServedModel::pass(const MixedStep& step, double tokens_each) const {
    StepTime time;
    const auto add = [&](StepTerm term, std::optional<OperatorKind>, Seconds more) {
        time.by_term[static_cast<std::size_t>(term)] += more;
    };
    visit_pass(step, tokens_each, add);
    if (launched_ > Seconds())
        add(StepTerm::launches, {}, std::max(launched_ - time.total(), Seconds()));
    return time;
}

std::vector<StepPart> ServedModel::parts_of(const MixedStep& step) const {
    std::vector<StepPart> parts;
    visit_pass(step, 1, [&](StepTerm term, std::optional<OperatorKind> kind, Seconds time) {
        add_part({term, kind, time}, parts);
    });
    const Seconds all = pass(step, 1).total();
    Seconds sum;
    for (const StepPart& part : parts) sum += part.time;
    const Seconds launched = all - sum;  // what launches without CUDA graphs take beyond the rest
    constexpr double rounding = 1e-9;
    if (launched > rounding * all) add_part({StepTerm::launches, std::nullopt, launched}, parts);
    return parts;
}

// Touched experts are a concave function of a step's tokens: in all steps they are fewest where
// prompts fill as few as they can.
StepTime ServedModel::least(const Turn& turn, double tokens_each) const {
    const double prompts = turn.prompt_tokens;
    const double decoded = turn.steps * turn.sequences * tokens_each;
    StepTime time;
    const auto add = [&](StepTerm term, Seconds more) {
        time.by_term[static_cast<std::size_t>(term)] += more;
    };
    const StepRows all{.rank_tokens = (prompts + decoded) / ranks_,
                       .instance_tokens = prompts + decoded,
                       .instance_sequences = decoded};
    for (const RatedProduct& product : products_) {
        const double rows = rows_of(product.rows, all);
        add(product.term, std::max(rows * product.per_row, turn.steps * product.weights));
    }
    const double each = turn.sequences * tokens_each;
    const double full = each + (turn.prompt_steps > 0 ? prompts / turn.prompt_steps : 0);
    double touched = 0;  // in all steps together
    for (const RatedExperts& experts : experts_) {
        if (!experts.as_before)
            touched = turn.prompt_steps * touched_experts(experts.form, full) +
                      (turn.steps - turn.prompt_steps) * touched_experts(experts.form, each);
        const double tokens = prompts + decoded;
        add(StepTerm::experts, experts.count * std::max(experts.work(tokens, touched),
                                                        touched * experts.expert_bytes));
    }
    for (const RatedTransfer& transfer : transfers_)
        add(StepTerm::communication,
            transfer.count * (rows_of(transfer.rows, all) * transfer.per_row));
    add(StepTerm::decode_attention, turn.steps * turn.sequences / ranks_ *
                                        (tokens_each == 1 ? decode_attention_ : verify_attention_));
    add(StepTerm::prefill_attention, prompts / ranks_ * prefill_attention_);
    return time;
}

Seconds ServedModel::least_time_of(const Turn& turn) const {
    if (drafts_ == 0 || turn.sequences <= 0) return least(turn, 1).total();
    const StepTime one = least({.steps = turn.steps, .sequences = turn.sequences}, 1);
    const Seconds head = one.of(StepTerm::lm_head);
    return least(turn, 1 + drafts_).total() + drafts_ * ((one.total() - head) / layers_ + head);
}

}  // namespace roofline
