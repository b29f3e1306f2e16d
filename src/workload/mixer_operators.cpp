#include "mixer_operators.hpp"

#include "roofline/workload/parameters.hpp"

#include "element_bytes.hpp"
#include "recurrence.hpp"

namespace roofline {
namespace {

class MixerLowering {
  public:
    explicit MixerLowering(const MixerSetting& setting) : s_(setting) {}

    void operator()(const GroupedQuery& a);
    void operator()(const LatentAttention& a);
    void operator()(const CompressedAttention& a);
    void operator()(const Recurrent auto& a);

    std::vector<MixerOperator> operators;

  private:
    void add_indexer(const SparseIndexer& indexer, Bytes keys_per_token, double entries_per_token);

    const MixerSetting& s_;
};

Window picked_by(const std::optional<SparseIndexer>& indexer, const Window& otherwise,
                 double tokens_per_entry = 1) {
    if (!indexer) return otherwise;
    return {.reach = Reach::sliding, .tokens = indexer->top_k * tokens_per_entry};
}

Bytes kept(Mixer mixer, const MixerSetting& s) { return cache_bytes(mixer, s.cache, s.tensor); }

// An image's keys are not counted: a request is text. Those of an earlier layer are read, not kept.
void MixerLowering::operator()(const GroupedQuery& a) {
    if (a.keys == Keys::image) return;
    GroupedQuery own = a;
    own.keys = Keys::own;
    own.indexer.reset();
    const double heads = a.heads / s_.tensor;
    const double widths = a.score_products * a.head_dim + a.value_dim;
    const Bytes cache = kept(own, s_);
    const bool keeps = s_.causal && a.keys == Keys::own;
    operators.push_back(
        {OperatorKind::attention,
         TokenAttention{.per_pair = 2 * heads * widths * flop,
                        .read_per_key = cache,
                        .written_per_token = keeps ? cache : Bytes(),
                        .window = picked_by(a.indexer, a.window),
                        .causal = s_.causal || s_.looks_back,
                        .reads_own_keys = s_.decodes,
                        .activation_elements = heads * (a.head_dim + a.value_dim)}});
    if (a.indexer) add_indexer(*a.indexer, kept(a, s_) - cache, 1);
}

// Prefill multiplies the full heads; decode, and sparse attention always, work on the latents.
void MixerLowering::operator()(const LatentAttention& a) {
    const double heads = a.heads / s_.tensor;
    const bool absorbed = s_.decodes || a.indexer;
    const double full = a.nope_dim + a.rope_dim + a.value_dim;
    const double latent = 2 * a.kv_rank + a.rope_dim;
    LatentAttention without_indexer = a;
    without_indexer.indexer.reset();
    const Bytes cache = kept(without_indexer, s_);
    operators.push_back({OperatorKind::attention,
                         TokenAttention{.per_pair = 2 * heads * (absorbed ? latent : full) * flop,
                                        .read_per_key = cache,
                                        .written_per_token = cache,
                                        .window = picked_by(a.indexer, {}),
                                        .causal = true,
                                        .reads_own_keys = s_.decodes,
                                        .activation_elements = heads * full}});
    if (a.indexer) add_indexer(*a.indexer, kept(a, s_) - cache, 1);
}

// The last tokens as they are; of all, one entry for each `ratio`, as a part of an entry a token.
void MixerLowering::operator()(const CompressedAttention& a) {
    CompressedAttention window_alone = a;
    window_alone.ratio = 0;
    window_alone.indexer.reset();
    const double heads = a.heads / s_.tensor;
    const Bytes entry = kept(window_alone, s_);
    const Flops per_entry = 4 * heads * a.head_dim * flop;
    TokenAttention part{.per_pair = per_entry,
                        .read_per_key = entry,
                        .written_per_token = entry,
                        .window = {.reach = Reach::sliding, .tokens = a.window},
                        .causal = true,
                        .reads_own_keys = s_.decodes,
                        .activation_elements = 2 * heads * a.head_dim};
    operators.push_back({OperatorKind::attention, part});
    if (a.ratio == 0) return;
    part.per_pair = per_entry / a.ratio;
    part.read_per_key = part.written_per_token = entry / a.ratio;
    part.window = picked_by(a.indexer, {}, a.ratio);
    part.activation_elements = 0;
    operators.push_back({OperatorKind::attention, part});
    if (a.indexer) {
        CompressedAttention without_indexer = a;
        without_indexer.indexer.reset();
        add_indexer(*a.indexer, kept(a, s_) - kept(without_indexer, s_), 1 / a.ratio);
    }
}

void MixerLowering::add_indexer(const SparseIndexer& indexer, Bytes keys_per_token,
                                double entries_per_token) {
    if (indexer.heads == 0) return;
    const double width = indexer.heads * indexer.head_dim;
    operators.push_back(
        {OperatorKind::indexer, TokenAttention{.per_pair = 2 * width * entries_per_token * flop,
                                               .read_per_key = keys_per_token,
                                               .written_per_token = keys_per_token,
                                               .window = {},
                                               .causal = true,
                                               .reads_own_keys = s_.decodes,
                                               .activation_elements = width}});
}

void MixerLowering::operator()(const Recurrent auto& a) {
    const Recurrence r = recurrence_of(a, s_.hidden);
    operators.push_back(
        {OperatorKind::recurrence, StateUpdate{.per_token = r.flops / s_.tensor * flop,
                                               .state = state_bytes(a, s_.hidden, s_.tensor),
                                               .reads_state = s_.decodes,
                                               .activation_elements = r.activations / s_.tensor}});
}

}  // namespace

std::vector<MixerOperator> operators_of(const Mixer& mixer, const MixerSetting& setting) {
    MixerLowering lowering(setting);
    std::visit(lowering, mixer);
    return std::move(lowering.operators);
}

}  // namespace roofline
