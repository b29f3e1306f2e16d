// What one layer of a model is made of: mixers, which look at other tokens, and a feed-forward,
// which does not. All counts are doubles: they are multiplied, never indexed with.
#pragma once

#include "roofline/catalog/precision.hpp"

#include <concepts>
#include <optional>
#include <variant>
#include <vector>

namespace roofline {

/// Which earlier tokens a token looks at: all, the last `tokens`, or those of its own chunk. In an
/// encoder a sliding window lies half before and half behind the token.
enum class Reach { full, sliding, chunked };

struct Window {
    Reach reach = Reach::full;
    double tokens = 0;

    friend bool operator==(const Window&, const Window&) = default;
};

/// Picks the keys that sparse attention reads (DeepSeek-V3.2 "lightning indexer").
struct SparseIndexer {
    double heads = 0;  ///< 0: the layer reuses the keys that an earlier one picked
    double head_dim = 0;
    double top_k = 0;
    std::optional<Precision> keys = Precision::fp8;  ///< as kept; none: in the cache's format

    friend bool operator==(const SparseIndexer&, const SparseIndexer&) = default;
};

/// Where attention has its keys and values from.
enum class Keys {
    own,      ///< projected and kept by the layer itself
    earlier,  ///< those that an earlier layer keeps (Gemma 3n)
    image,    ///< of an image's tokens: nothing is kept of the text (Llama 3.2 Vision)
};

/// Multi-head, grouped-query and multi-query attention (Ainslie et al. 2023).
struct GroupedQuery {
    double heads = 0;
    double kv_heads = 0;
    double head_dim = 0;
    double value_dim = 0;  ///< of one head; usually head_dim
    Window window = {};
    bool output_gate = false;      ///< the query projection also makes a gate of its own width
    bool keys_are_values = false;  ///< one projection makes both
    bool head_gate = false;        ///< one number gates each head
    double query_rank = 0;         ///< 0: queries are projected in one step
    double inputs = 0;             ///< width of what is projected; 0: the hidden width
    double score_products = 1;     ///< more where positions have products of their own (DeBERTa)
    Keys keys = Keys::own;
    std::optional<SparseIndexer> indexer = {};

    friend bool operator==(const GroupedQuery&, const GroupedQuery&) = default;
};

/// Multi-head latent attention (DeepSeek-V2): the cache holds kv_rank + rope_dim numbers a token.
struct LatentAttention {
    double heads = 0;
    double query_rank = 0;  ///< 0: queries are projected in one step
    double kv_rank = 0;
    double nope_dim = 0;
    double rope_dim = 0;
    double value_dim = 0;
    bool output_gate = false;
    std::optional<SparseIndexer> indexer = {};

    friend bool operator==(const LatentAttention&, const LatentAttention&) = default;
};

/// One head that is key and value (DeepSeek-V4): the last `window` tokens as they are, and of all
/// tokens one entry for each `ratio`, of which an indexer may pick some.
struct CompressedAttention {
    double heads = 0;
    double head_dim = 0;
    double query_rank = 0;
    double output_rank = 0;  ///< of each group of heads
    double output_groups = 0;
    double window = 0;
    double ratio = 0;  ///< 0: the window alone
    std::optional<SparseIndexer> indexer = {};

    friend bool operator==(const CompressedAttention&, const CompressedAttention&) = default;
};

/// What a linear attention forgets with: a number of each head, of each channel by way of a narrow
/// projection (Kimi delta attention), or a constant (lightning attention).
enum class Decay { head, channel, constant };

/// Gated delta net and its kin: a matrix per value head instead of a cache.
struct LinearAttention {
    double key_heads = 0;
    double key_dim = 0;
    double value_heads = 0;
    double value_dim = 0;
    double conv_kernel = 0;  ///< 0: none
    Decay decay = Decay::head;
    double gate_rank = 0;  ///< of the output gate; 0: projected in one step

    friend bool operator==(const LinearAttention&, const LinearAttention&) = default;
};

/// Mamba-2.
struct StateSpace {
    double heads = 0;
    double head_dim = 0;
    double groups = 0;
    double state_dim = 0;
    double conv_kernel = 0;
    double state_bytes = 4;  ///< of an element of the state, as servers keep it

    friend bool operator==(const StateSpace&, const StateSpace&) = default;
};

/// Mamba (Gu and Dao 2023), whose steps and read-outs are projected from its own channels.
struct SelectiveState {
    double channels = 0;
    double state_dim = 0;
    double step_rank = 0;
    double steps = 0;  ///< step sizes a token: one per channel, or one per head (PLaMo-2)
    double conv_kernel = 0;

    friend bool operator==(const SelectiveState&, const SelectiveState&) = default;
};

/// RG-LRU (De et al. 2024, Griffin): one number a channel, gated by block-diagonal matrices.
struct GatedRecurrence {
    double channels = 0;
    double blocks = 0;
    double conv_kernel = 0;

    friend bool operator==(const GatedRecurrence&, const GatedRecurrence&) = default;
};

/// A gated convolution over the last tokens (LFM2).
struct ShortConvolution {
    double channels = 0;
    double conv_kernel = 0;

    friend bool operator==(const ShortConvolution&, const ShortConvolution&) = default;
};

/// RWKV-6 and 7 (Peng et al.): a matrix per head, and the token before.
struct WeightedKeyValue {
    double heads = 0;
    double head_dim = 0;
    double projections = 0;  ///< of the hidden width, each way
    double low_ranks = 0;    ///< of all its narrow pairs of matrices together

    friend bool operator==(const WeightedKeyValue&, const WeightedKeyValue&) = default;
};

/// What mixes tokens in a layer.
using Mixer =
    std::variant<GroupedQuery, LatentAttention, CompressedAttention, LinearAttention, StateSpace,
                 SelectiveState, GatedRecurrence, ShortConvolution, WeightedKeyValue>;

template <class T, class... Kinds>
concept AnyOf = (std::same_as<T, Kinds> || ...);

/// Mixers that keep a state of constant size instead of a cache.
template <class T>
concept Recurrent = AnyOf<T, LinearAttention, StateSpace, SelectiveState, GatedRecurrence,
                          ShortConvolution, WeightedKeyValue>;

bool is_recurrent(const Mixer& mixer);

/// Heads of keys and values, which GPUs share out and copy beyond that; 1 where all that is kept of
/// a token serves every head.
double kv_heads(const Mixer& mixer);

struct DenseFeedForward {
    double width = 0;
    double matrices = 3;  ///< 3 with a gate (SwiGLU), 2 without

    friend bool operator==(const DenseFeedForward&, const DenseFeedForward&) = default;
};

struct MixtureOfExperts {
    double experts = 0;
    double active = 0;        ///< routed experts a token uses
    double width = 0;         ///< of one routed expert
    double shared_width = 0;  ///< of everything that every token passes beside them
    double matrices = 3;
    double latent = 0;  ///< width the routed experts work in; 0: the hidden width
    double idle = 0;    ///< further experts to be chosen that do nothing (LongCat)
    double unused = 0;  ///< further parameters, stored and for images alone (ERNIE 4.5 VL)

    /// Of `active`, those that compute something, when tokens choose evenly.
    double working() const { return active * experts / (experts + idle); }
    friend bool operator==(const MixtureOfExperts&, const MixtureOfExperts&) = default;
};

/// What widens and narrows each token in a layer; monostate where a layer has none.
using FeedForward = std::variant<std::monostate, DenseFeedForward, MixtureOfExperts>;

/// Whether a layer widens tokens at all.
bool widens(const FeedForward& block);

/// nullptr where every token takes the same way.
const MixtureOfExperts* routed_experts(const FeedForward& block);

/// A matrix that belongs to neither: adapters, residual streams, embeddings of a layer.
struct Projection {
    double inputs = 0;
    double outputs = 0;

    friend bool operator==(const Projection&, const Projection&) = default;
};

/// `count` equal layers; their order does not change the work.
struct Layer {
    double count = 1;
    std::vector<Mixer> mixers = {};  ///< side by side; none where it mixes no tokens
    FeedForward feed_forward = {};
    std::vector<Projection> projections = {};
    double stored = 0;  ///< copies of the weights where layers share them; 0: each has its own

    double copies() const { return stored > 0 ? stored : count; }
};

}  // namespace roofline
