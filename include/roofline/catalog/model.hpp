// One model as the catalog knows it: the shapes that decide its work, and how its weights are
// published. All counts are doubles: they are multiplied, never indexed with.
#pragma once

#include "roofline/catalog/device.hpp"
#include "roofline/catalog/layer.hpp"
#include "roofline/catalog/precision.hpp"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace roofline {

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
    double bits = 0;        ///< of a weight with its scales; 0: the format's usual number
    std::optional<Precision> multiplied_in = {};  ///< none: as the format usually is

    Bytes per_weight() const {
        constexpr double wide_bytes = 2;
        constexpr double bits_of_a_byte = 8;
        const double narrow = bits > 0 ? bits / bits_of_a_byte : bytes_per_weight(format, group);
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

/// A key of a model's file that was not understood and left out.
struct UnreadKey {
    std::string name;
    int line = 0;
    int column = 0;
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
    bool causal = true;          ///< false: an encoder, which keeps no cache
    bool looks_back = false;     ///< an encoder whose tokens see earlier ones alone
    double positions = 0;        ///< learned position embeddings
    double embedding_width = 0;  ///< of tokens in and out; 0: the hidden width
    double tables = 0;  ///< further elements that tokens look up, or that a pooler multiplies once
    std::vector<Projection> projections;  ///< beside all layers, once
    std::vector<Layer> layers;
    WeightPlan published;
    Precision kv_cache = Precision::bf16;
    std::vector<Coverage> coverage;
    Provenance from;
    std::vector<std::string> remarks;  ///< what reading it had to assume
    std::vector<UnreadKey> unread;     ///< what reading it left out
    std::string unread_format;  ///< why the format of its weights is unknown; "" where it is known

    double layer_count() const;
    bool has_experts() const;
    double token_width() const { return embedding_width > 0 ? embedding_width : hidden; }
};

/// "'a' (line 3, column 5) and 'b' (line 4, column 5)": the keys of a model's file that were left
/// out, those that `agreed` names apart; "" where there are none.
std::string unread_words(const Model& model, std::span<const std::string> agreed = {});

/// What cannot be so: heads that their key-value heads do not divide, more active experts than
/// there are, sizes that are no whole numbers. "" when nothing is wrong.
std::string contradiction_in(const Model& model);

/// The formats of the components when the model is stored in `format`: what its coverage for that
/// format says, else every linear layer of its blocks, for 4-bit formats of a mixture of experts
/// the routed experts alone. Embedding, router, norms and lm_head stay in 16 bits. The formats of
/// llama.cpp are those of its files, where only router and norms do.
WeightPlan weight_plan(const Model& model, WeightFormat format);

}  // namespace roofline
