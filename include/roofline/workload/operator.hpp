// What one GPU does in one step, as a function of the step's size. A workload is lowered once; its
// operators are then asked for their work at any batch and length without allocating.
#pragma once

#include "roofline/catalog/model.hpp"
#include "roofline/catalog/precision.hpp"
#include "roofline/units/quantity.hpp"
#include "roofline/workload/layout.hpp"

#include <string_view>
#include <variant>
#include <vector>

namespace roofline {

enum class OperatorKind {
    embedding,
    qkv_projection,
    latent_projection,
    indexer_projection,
    indexer,
    attention,
    recurrence,
    output_projection,
    gate_up_projection,
    down_projection,
    router,
    expert_latent,
    experts,
    shared_experts,
    adapter,
    lm_head,
    all_reduce,
    all_to_all,
    pipeline_send,
};
std::string_view name_of(OperatorKind kind);

/// One step of an instance: `sequences` of them, each with `tokens` new tokens after `before` that
/// are in its cache already. A decode step has one new token.
struct Step {
    double sequences = 1;
    double tokens = 1;
    double before = 0;
};

struct Traffic {
    Bytes weights;
    Bytes cache_read;
    Bytes cache_written;
    Bytes activations;  ///< between operators; counted for a kernel alone, listed apart in a phase

    /// What a phase moves: weights and cache.
    Bytes total() const { return weights + cache_read + cache_written; }
};

struct Work {
    Flops flops;
    Traffic traffic;
    Bytes network;  ///< sent by one GPU in one direction
};

/// Whose rows a matrix multiplies: the tokens of one data-parallel rank, of the whole instance, or
/// one row per sequence (the last token, for the logits).
enum class Rows { rank_tokens, instance_tokens, sequences };

/// A matrix product with weights. `parameters` are those on one GPU.
struct MatrixProduct {
    double parameters = 0;
    Bytes weights;
    double activation_elements = 0;  ///< per row, in and out
    Rows rows = Rows::rank_tokens;
};

/// Routed experts: a step with T tokens touches the share s·(1 − (1 − active/(s·all))^T) of those
/// here, for independent routing that spreads evenly over the fraction s of all experts (1: over
/// all of them). Every touched expert multiplies `padding_rows` more than it was given.
struct ExpertProduct {
    double all = 0;
    double here = 0;
    double active = 0;
    double spread = 1;        ///< s
    double padding_rows = 0;  ///< of the tiles that a grouped product is cut into
    double parameters = 0;    ///< of one expert's part on this GPU
    Bytes weights;            ///< of the same
    double activation_elements = 0;
};

/// Scores and weighted sum over earlier tokens.
struct TokenAttention {
    Flops per_pair;
    Bytes read_per_key;
    Bytes written_per_token;
    Window window;
    bool causal = true;
    bool reads_own_keys = false;  ///< decode: the step's keys come from the cache too
    double activation_elements = 0;
};

/// A state of constant size per sequence that every token updates.
struct StateUpdate {
    Flops per_token;
    Bytes state;
    bool reads_state = false;
    double activation_elements = 0;
};

/// `bytes_per_token` cross the links of a GPU for every token of its rank.
struct Transfer {
    Bytes bytes_per_token;
    Rows rows = Rows::rank_tokens;
};

/// A gather from the embedding table.
struct Lookup {
    double elements_per_token = 0;
};

using OperatorForm =
    std::variant<MatrixProduct, ExpertProduct, TokenAttention, StateUpdate, Transfer, Lookup>;

struct Operator {
    OperatorKind kind;
    Precision precision;  ///< of the arithmetic
    double count = 1;     ///< how often in one pass of the phase, on the busiest GPU
    LinkUse link = LinkUse::none;
    OperatorForm form;
};

/// A step as one GPU sees it. Counts may be means over many steps, and so fractions.
struct StepRows {
    double rank_sequences = 0;      ///< of this data-parallel rank
    double tokens = 1;              ///< new ones of each sequence
    double before = 0;              ///< in each sequence's cache already
    double rank_tokens = 0;         ///< new ones of this rank, of all its sequences
    double instance_tokens = 0;     ///< of all ranks
    double instance_sequences = 0;  ///< that need logits, of all ranks
};

/// `data_parallel` divides the step's sequences among ranks; the busiest is looked at.
StepRows rows_of(const Step& step, double data_parallel);

/// The work of one occurrence.
Work work_of(const Operator& op, const StepRows& rows);
Work work_of(const Operator& op, const Step& step, double data_parallel);

/// Experts here that so many tokens of all ranks reach.
double touched_experts(const ExpertProduct& form, double tokens);

/// Sequences of the busiest of `ways` ranks or stages: each sequence is in one of them.
double sequences_per_rank(double sequences, double ways);

/// Keys that `count` tokens see in all, when `before` stand before them.
double keys_seen(const Window& window, bool causal, double before, double count);

/// Tokens that the last of `held` looks at: all, the window's, or those of its chunk so far.
double tokens_read(const Window& window, double held);

/// Tokens of `held` that a cache with this window keeps.
double tokens_kept(const Window& window, double held);

}  // namespace roofline
