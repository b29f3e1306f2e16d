#include "roofline/workload/operator.hpp"

#include "element_bytes.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace roofline {
namespace {

constexpr std::array<std::string_view, 19> kind_names{
    "embedding", "qkv projection", "latent projection", "indexer projection", "indexer",
    "attention", "recurrence",     "output projection", "gate+up projection", "down projection",
    "router",    "expert latent",  "routed experts",    "shared experts",     "adapters",
    "lm_head",   "all-reduce",     "all-to-all",        "pipeline send"};

// Pairs that tokens 1 to `count` see: token i sees i earlier ones and itself, up to the window.
// Exact sums: i up to w, then w each; whole chunks, then the begun one.
double causal_pairs(const Window& window, double count) {
    const double all = count * (count + 1) / 2;
    if (window.reach == Reach::full || count <= window.tokens) return all;
    const double w = window.tokens;
    if (window.reach == Reach::sliding) return w * (w + 1) / 2 + (count - w) * w;
    const double chunks = std::floor(count / w);
    const double rest = count - chunks * w;
    return chunks * w * (w + 1) / 2 + rest * (rest + 1) / 2;
}

class WorkOf {
  public:
    explicit WorkOf(const StepRows& step) : step_(step) {}

    Work operator()(const MatrixProduct& form) const {
        const double rows = this->rows(form.rows);
        Work work;
        work.flops = 2 * rows * form.parameters * flop;
        work.traffic.weights = form.weights;
        work.traffic.activations = rows * form.activation_elements * activation_bytes * byte;
        return work;
    }

    Work operator()(const ExpertProduct& form) const {
        const double tokens = step_.instance_tokens;
        const double touched = touched_experts(form, tokens);
        const double rows = tokens * form.active / form.all * form.here;  // over all experts here
        Work work;
        work.flops = 2 * (rows + form.padding_rows * touched) * form.parameters * flop;
        work.traffic.weights = touched * form.weights;
        work.traffic.activations = rows * form.activation_elements * activation_bytes * byte;
        return work;
    }

    Work operator()(const TokenAttention& form) const {
        const double pairs = keys_seen(form.window, form.causal, step_.before, step_.tokens);
        const double held = form.reads_own_keys ? step_.before + step_.tokens : step_.before;
        const double from_cache = tokens_read(form.window, held);
        const double new_tokens = step_.rank_sequences * step_.tokens;
        Work work;
        work.flops = step_.rank_sequences * pairs * form.per_pair;
        work.traffic.cache_read = step_.rank_sequences * from_cache * form.read_per_key;
        work.traffic.cache_written = new_tokens * form.written_per_token;
        work.traffic.activations = new_tokens * form.activation_elements * activation_bytes * byte;
        return work;
    }

    Work operator()(const StateUpdate& form) const {
        const double new_tokens = step_.rank_sequences * step_.tokens;
        const bool reads = form.reads_state || step_.before > 0;
        Work work;
        work.flops = new_tokens * form.per_token;
        work.traffic.cache_read = reads ? step_.rank_sequences * form.state : Bytes();
        work.traffic.cache_written = step_.rank_sequences * form.state;
        work.traffic.activations = new_tokens * form.activation_elements * activation_bytes * byte;
        return work;
    }

    Work operator()(const Transfer& form) const {
        Work work;
        work.network = rows(form.rows) * form.bytes_per_token;
        return work;
    }

    Work operator()(const Lookup& form) const {
        Work work;
        work.traffic.activations =
            step_.instance_tokens * form.elements_per_token * activation_bytes * byte;
        return work;
    }

  private:
    double rows(Rows rows) const {
        switch (rows) {
            case Rows::rank_tokens:
                return step_.rank_tokens;
            case Rows::instance_tokens:
                return step_.instance_tokens;
            case Rows::sequences:
                break;
        }
        return step_.instance_sequences;
    }

    const StepRows& step_;
};

}  // namespace

std::string_view name_of(OperatorKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

StepRows rows_of(const Step& step, double data_parallel) {
    const double sequences = sequences_per_rank(step.sequences, data_parallel);
    return {.rank_sequences = sequences,
            .tokens = step.tokens,
            .before = step.before,
            .rank_tokens = sequences * step.tokens,
            .instance_tokens = step.sequences * step.tokens,
            .instance_sequences = step.sequences};
}

double touched_experts(const ExpertProduct& form, double tokens) {
    const double spread = std::max(form.spread, form.active / form.all);
    const double share = form.active / (spread * form.all);
    return form.here * spread * (1 - std::pow(1 - share, tokens));
}

Work work_of(const Operator& op, const StepRows& rows) { return std::visit(WorkOf(rows), op.form); }

Work work_of(const Operator& op, const Step& step, double data_parallel) {
    return work_of(op, rows_of(step, data_parallel));
}

double sequences_per_rank(double sequences, double ways) { return std::ceil(sequences / ways); }

namespace {

// Every token sees itself and at most half a window on each side, as far as there are tokens.
double pairs_on_both_sides(double half, double count) {
    const double reach = std::min(half, count - 1);
    const double on_one_side = reach * (reach + 1) / 2 + (count - 1 - reach) * reach;
    return count + 2 * on_one_side;
}

}  // namespace

double keys_seen(const Window& window, bool causal, double before, double count) {
    if (!causal && window.reach != Reach::full && count > 1)
        return pairs_on_both_sides(std::floor(window.tokens / 2), count);
    if (!causal) return count * (before + count);
    return causal_pairs(window, before + count) - causal_pairs(window, before);
}

double tokens_read(const Window& window, double held) {
    if (window.reach == Reach::chunked && held > 0) return std::fmod(held - 1, window.tokens) + 1;
    return tokens_kept(window, held);
}

double tokens_kept(const Window& window, double held) {
    return window.reach == Reach::full ? held : std::min(held, window.tokens);
}

}  // namespace roofline
