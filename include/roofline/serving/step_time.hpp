// The time of one engine step of a served model, in which prompts and decoding sequences share the
// matrix products: a sum of operators at a share of their roofs, and of fixed times.
#pragma once

#include "roofline/catalog/efficiency.hpp"
#include "roofline/engine/roof.hpp"
#include "roofline/workload/workload.hpp"

#include <array>
#include <optional>
#include <vector>

namespace roofline {

/// What the time of a step goes to.
enum class StepTerm {
    projections,
    feed_forward,
    experts,
    shared_experts,
    decode_attention,
    prefill_attention,
    lm_head,
    activations,
    communication,
    launches,
    sequences,
    drafts,
};
inline constexpr std::size_t step_term_count = 12;
std::string_view name_of(StepTerm term);

/// Factors on the steady state's times; 1 changes nothing.
struct CalibrationScales {
    double decode_step = 1;
    double interference = 1;
    double first_token = 1;
};

/// What an engine puts into one step. Means over many steps, and so fractions.
struct MixedStep {
    double prompt_tokens = 0;
    double sequences = 0;  ///< that decode
};

/// Work that steps share as they like: `prompt_steps` of `steps` hold all prompt tokens, and all
/// decode `sequences` in the mean. Fractions as above.
struct Turn {
    double steps = 0;
    double prompt_steps = 0;
    double prompt_tokens = 0;  ///< in all of them
    double sequences = 0;      ///< in each
};

struct StepTime {
    std::array<Seconds, step_term_count> by_term = {};

    Seconds of(StepTerm term) const { return by_term[static_cast<std::size_t>(term)]; }
    Seconds total() const;
};

/// What one kind of operator, or a fixed time, adds to a step.
struct StepPart {
    StepTerm term;
    std::optional<OperatorKind> kind;  ///< none: a time of the step as a whole
    Seconds time;
};

/// Mean lengths that attention works on, in tokens, and the guesses of a speculative step.
struct ServedLengths {
    double fresh = 0;    ///< of a prompt: to be worked out
    double cached = 0;   ///< of a prompt: before those, in the prefix cache
    double context = 0;  ///< of a decoding sequence
    double drafts = 0;   ///< guessed and verified with each decoded token
};

/// A lowered deployment at given lengths, every operator with its own rates.
class ServedModel {
  public:
    ServedModel(const Deployment& deployment, const Workload& workload, const Machine& machine,
                const Efficiency& efficiency, const ServedLengths& lengths);

    /// The same at other lengths. Does not allocate.
    void set_lengths(const ServedLengths& lengths);

    /// Of a step that decodes or verifies; guesses come from a module of one layer of the model's
    /// own kind and its lm_head, once for each guess. Does not allocate.
    StepTime time_of(const MixedStep& step) const;

    /// time_of(step) without guesses, part by part.
    std::vector<StepPart> parts_of(const MixedStep& step) const;

    /// What the steps of a turn take at least, however their work is shared out among them: each
    /// operator the longer of all its arithmetic and all its bytes. Weights are read once a step;
    /// fewest experts are touched where prompts fill few steps. Without fixed times. Does not
    /// allocate.
    Seconds least_time_of(const Turn& turn) const;

  private:
    StepTime least(const Turn& turn, double tokens_each) const;

    /// One pass through the model with so many tokens of each decoding sequence.
    StepTime pass(const MixedStep& step, double tokens_each) const;

    /// The same, each part told to `add` by term, kind and time.
    template <typename Add>
    void visit_pass(const MixedStep& step, double tokens_each, Add add) const;

    /// All occurrences of a matrix product: its weights are read while its rows are multiplied.
    struct RatedProduct {
        OperatorKind kind;
        StepTerm term;
        Rows rows;
        Seconds weights;
        Seconds per_row;  ///< arithmetic
    };
    /// Grouped products: arithmetic of a token of the instance, and arithmetic and bytes of a
    /// touched expert.
    struct RatedExperts {
        ExpertProduct form;
        double count = 1;
        bool as_before = false;  ///< the same experts as in the one before: so many are touched
        Seconds token_work;
        Seconds expert_work;
        Seconds expert_bytes;

        Seconds work(double tokens, double touched) const {
            return tokens * token_work + touched * expert_work;
        }
    };
    void add_experts(const Operator& op, FlopsPerSecond compute, BytesPerSecond memory,
                     const ExpertProduct& form);
    struct RatedTransfer {
        OperatorKind kind;
        Rows rows;
        double count = 1;
        Seconds latency;
        Seconds per_row;   ///< at the link's full rate
        double share = 1;  ///< of that rate
        double root = 0;   ///< of a second: what the square root of the full rate's time costs
    };
    struct RatedAttention {
        Operator op;
        FlopsPerSecond compute;
        BytesPerSecond memory;
    };
    void add_operators(const Deployment& deployment, const Phase& phase, const Machine& machine,
                       const Efficiency& efficiency);
    void add_transfer(const Operator& op, const Transfer& form, BytesPerSecond link,
                      const Efficiency& efficiency);
    static std::vector<RatedAttention> rated_attention(const Phase& phase, const Machine& machine,
                                                       const Efficiency& efficiency);
    static Seconds attention_time(const std::vector<RatedAttention>& attention,
                                  const StepRows& rows);
    void add_activations(const Model& model, const Layout& layout, const Machine& machine,
                         const Efficiency& efficiency);
    void add_fixed_times(const Deployment& deployment, const Efficiency& efficiency);

    std::vector<RatedProduct> products_;  ///< shared by prompts and decoding sequences
    std::vector<RatedExperts> experts_;
    std::vector<RatedTransfer> transfers_;
    std::vector<RatedAttention> decode_;
    std::vector<RatedAttention> prefill_;
    double ranks_ = 1;
    double layers_ = 1;
    double drafts_ = 0;
    Seconds decode_attention_;   ///< of a sequence
    Seconds verify_attention_;   ///< of a sequence with its guesses
    Seconds prefill_attention_;  ///< of a prompt token
    // Seconds per token of a rank, and of the instance, that activations take.
    Seconds rank_activations_;
    Seconds instance_activations_;
    Seconds every_step_;
    Seconds launched_;  ///< a step is no shorter: what launches take without CUDA graphs
    Seconds prompt_step_;
    Seconds per_sequence_;
};

}  // namespace roofline
