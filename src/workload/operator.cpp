#include "roofline/workload/operator.hpp"

#include "roofline/workload/element_bytes.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace roofline {
namespace {

constexpr std::array<std::string_view, 18> kind_names{
    "embedding",  "qkv projection", "latent projection", "indexer projection", "indexer",
    "attention",  "recurrence",     "output projection", "gate+up projection", "down projection",
    "router",     "expert latent",  "routed experts",    "shared experts",     "lm_head",
    "all-reduce", "all-to-all",     "pipeline send"};

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
    WorkOf(const Step& step, double data_parallel)
        : step_(step),
          rank_sequences_(sequences_per_rank(step.sequences, data_parallel)),
          instance_tokens_(step.sequences * step.tokens) {}

    Work operator()(const MatrixProduct& form) const {
        const double rows = this->rows(form.rows);
        Work work;
        work.flops = 2 * rows * form.parameters * flop;
        work.traffic.weights = form.weights;
        work.traffic.activations = rows * form.activation_elements * activation_bytes * byte;
        return work;
    }

    Work operator()(const ExpertProduct& form) const {
        const double choices = instance_tokens_ * form.active / form.all;
        const double untouched = std::pow(1 - form.active / form.all, instance_tokens_);
        const double rows = choices * form.here;  // on this GPU, over all its experts
        Work work;
        work.flops = 2 * rows * form.parameters * flop;
        work.traffic.weights = form.here * (1 - untouched) * form.weights;
        work.traffic.activations = rows * form.activation_elements * activation_bytes * byte;
        return work;
    }

    Work operator()(const TokenAttention& form) const {
        const double pairs = keys_seen(form.window, form.causal, step_.before, step_.tokens);
        const double held = form.reads_own_keys ? step_.before + step_.tokens : step_.before;
        const double from_cache = tokens_read(form.window, held);
        Work work;
        work.flops = rank_sequences_ * pairs * form.per_pair;
        work.traffic.cache_read = rank_sequences_ * from_cache * form.read_per_key;
        work.traffic.cache_written = rank_sequences_ * step_.tokens * form.written_per_token;
        work.traffic.activations =
            rank_sequences_ * step_.tokens * form.activation_elements * activation_bytes * byte;
        return work;
    }

    Work operator()(const StateUpdate& form) const {
        Work work;
        work.flops = rank_sequences_ * step_.tokens * form.per_token;
        const bool reads = form.reads_state || step_.before > 0;
        work.traffic.cache_read = reads ? rank_sequences_ * form.state : Bytes();
        work.traffic.cache_written = rank_sequences_ * form.state;
        work.traffic.activations =
            rank_sequences_ * step_.tokens * form.activation_elements * activation_bytes * byte;
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
            instance_tokens_ * form.elements_per_token * activation_bytes * byte;
        return work;
    }

  private:
    double rows(Rows rows) const {
        switch (rows) {
            case Rows::rank_tokens:
                return rank_sequences_ * step_.tokens;
            case Rows::instance_tokens:
                return instance_tokens_;
            case Rows::sequences:
                break;
        }
        return step_.sequences;
    }

    const Step& step_;
    double rank_sequences_;
    double instance_tokens_;
};

}  // namespace

std::string_view name_of(OperatorKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

Work work_of(const Operator& op, const Step& step, double data_parallel) {
    return std::visit(WorkOf(step, data_parallel), op.form);
}

double sequences_per_rank(double sequences, double ways) { return std::ceil(sequences / ways); }

double keys_seen(const Window& window, bool causal, double before, double count) {
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
