// One model as the catalog knows it: the shapes that decide its work, and how its weights are
// published. All counts are doubles: they are multiplied, never indexed with.
#pragma once

#include "roofline/catalog/device.hpp"
#include "roofline/catalog/precision.hpp"

#include <array>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace roofline {

/// Which earlier tokens a token looks at: all, the last `tokens`, or those of its own chunk.
enum class Reach { full, sliding, chunked };

struct Window {
    Reach reach = Reach::full;
    double tokens = 0;

    friend bool operator==(const Window&, const Window&) = default;
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

    friend bool operator==(const GroupedQuery&, const GroupedQuery&) = default;
};

/// Picks the keys that sparse attention reads (DeepSeek-V3.2 "lightning indexer").
struct SparseIndexer {
    double heads = 0;  ///< 0: the layer reuses the keys that an earlier one picked
    double head_dim = 0;
    double top_k = 0;

    friend bool operator==(const SparseIndexer&, const SparseIndexer&) = default;
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

/// Gated delta net and its kin: a matrix per value head instead of a cache.
struct LinearAttention {
    double key_heads = 0;
    double key_dim = 0;
    double value_heads = 0;
    double value_dim = 0;
    double conv_kernel = 0;

    friend bool operator==(const LinearAttention&, const LinearAttention&) = default;
};

/// Mamba-2.
struct StateSpace {
    double heads = 0;
    double head_dim = 0;
    double groups = 0;
    double state_dim = 0;
    double conv_kernel = 0;

    friend bool operator==(const StateSpace&, const StateSpace&) = default;
};

/// What mixes tokens in a layer; monostate where a layer has none.
using Mixer =
    std::variant<std::monostate, GroupedQuery, LatentAttention, LinearAttention, StateSpace>;

/// Whether a layer mixes tokens at all.
bool mixes(const Mixer& mixer);

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

    friend bool operator==(const MixtureOfExperts&, const MixtureOfExperts&) = default;
};

/// What widens and narrows each token in a layer; monostate where a layer has none.
using FeedForward = std::variant<std::monostate, DenseFeedForward, MixtureOfExperts>;

/// Whether a layer widens tokens at all.
bool widens(const FeedForward& block);

/// nullptr where every token takes the same way.
const MixtureOfExperts* routed_experts(const FeedForward& block);

/// `count` equal layers; their order does not change the work.
struct Layer {
    double count = 1;
    Mixer mixer;
    FeedForward feed_forward;
};

/// Parts of a model that can be stored in formats of their own.
enum class Component {
    embedding,
    attention,
    dense,
    experts,
    shared_experts,
    router,
    norms,
    lm_head
};
inline constexpr std::size_t component_count = 8;
std::string_view name_of(Component component);
std::optional<Component> find_component(std::string_view name);

struct Storage {
    WeightFormat format = WeightFormat::bf16;
    double group = 0;          ///< weights per scale; 0: the format's usual number
    bool weight_only = false;  ///< activations stay in 16 bits, so the arithmetic does

    double wide_share = 0;  ///< of the weights, in layers that stay in 16 bits

    Bytes per_weight() const {
        constexpr double wide_bytes = 2;
        const double narrow = bytes_per_weight(format, group);
        return (wide_share * wide_bytes + (1 - wide_share) * narrow) * byte;
    }
    friend bool operator==(const Storage&, const Storage&) = default;
};

/// The format of every component; `name` is the one that the whole is called by.
struct WeightPlan {
    WeightFormat name = WeightFormat::bf16;
    std::array<Storage, component_count> by_component = {};

    const Storage& of(Component component) const {
        return by_component[static_cast<std::size_t>(component)];
    }
    Storage& of(Component component) { return by_component[static_cast<std::size_t>(component)]; }
};

/// What a quantised edition of the model stores in its format; the rest stays in 16 bits.
struct Coverage {
    Storage storage;
    std::vector<Component> covers;
    std::string edition = {};  ///< its name where it was published
    double wide_layers = 0;    ///< that stay in 16 bits whole
};

struct Model {
    std::string id;
    std::string name;
    std::vector<std::string> aliases;
    std::string family;  ///< model_type of its configuration
    double hidden = 0;
    double vocabulary = 0;          ///< 0: no tokens in or out
    std::optional<double> context;  ///< longest context it was made for
    bool tied_embeddings = false;
    bool causal = true;    ///< false: an encoder, which keeps no cache
    double positions = 0;  ///< learned position embeddings
    std::vector<Layer> layers;
    WeightPlan published;
    Precision kv_cache = Precision::bf16;
    std::vector<Coverage> coverage;
    Provenance from;
    std::vector<std::string> remarks;  ///< what reading it had to assume or leave out

    double layer_count() const;
    bool has_experts() const;
};

/// What cannot be so: heads that their key-value heads do not divide, more active experts than
/// there are, sizes that are no whole numbers. "" when nothing is wrong.
std::string contradiction_in(const Model& model);

/// The formats of the components when the model is stored in `format`: what its coverage for that
/// format says, else every linear layer of its blocks, for 4-bit formats of a mixture of experts
/// the routed experts alone. Embedding, router, norms and lm_head stay in 16 bits. The formats of
/// llama.cpp are those of its files, where only router and norms do.
WeightPlan weight_plan(const Model& model, WeightFormat format);

}  // namespace roofline
