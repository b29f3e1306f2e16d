// The time of one engine step of a served model, in which prompts and decoding sequences share the
// matrix products: a sum of operators at a share of their roofs, and of fixed times.
#pragma once

#include "roofline/catalog/efficiency.hpp"
#include "roofline/engine/roof.hpp"
#include "roofline/workload/workload.hpp"

#include <array>
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
};
inline constexpr std::size_t step_term_count = 11;
std::string_view name_of(StepTerm term);

/// What an engine puts into one step. Means over many steps, and so fractions.
struct MixedStep {
    double prompt_tokens = 0;
    double sequences = 0;  ///< that decode
};

struct StepTime {
    std::array<Seconds, step_term_count> by_term = {};

    Seconds of(StepTerm term) const { return by_term[static_cast<std::size_t>(term)]; }
    Seconds total() const;
};

/// A lowered deployment at given lengths, every operator with its own rates.
class ServedModel {
  public:
    /// `prompt` and `context` are the mean lengths that attention works on.
    ServedModel(const Deployment& deployment, const Workload& workload, const Machine& machine,
                const Efficiency& efficiency, double prompt, double context);

    /// Does not allocate.
    StepTime time_of(const MixedStep& step) const;

  private:
    struct RatedOperator {
        Operator op;
        StepTerm term;
        FlopsPerSecond compute;
        BytesPerSecond memory;
        BytesPerSecond link;
        double link_share = 1;
        double root = 0;  ///< of a second: what the square root of the link's time costs
        Seconds latency;
    };
    static void rate_link(RatedOperator& rated, const Efficiency& efficiency);
    void add_operators(const Deployment& deployment, const Phase& phase, const Machine& machine,
                       const Efficiency& efficiency);
    static Seconds attention_time(const Phase& phase, const StepRows& rows, const Machine& machine,
                                  const Efficiency& efficiency);
    void add_activations(const Model& model, const Layout& layout, const Machine& machine,
                         const Efficiency& efficiency);
    void add_fixed_times(const Deployment& deployment, const Efficiency& efficiency);

    std::vector<RatedOperator> shared_;  ///< by prompts and decoding sequences
    double ranks_ = 1;
    Seconds decode_attention_;   ///< of a sequence
    Seconds prefill_attention_;  ///< of a prompt token
    // Seconds per token of a rank, and of the instance, that activations take.
    Seconds rank_activations_;
    Seconds instance_activations_;
    Seconds every_step_;
    Seconds prompt_step_;
    Seconds per_sequence_;
};

}  // namespace roofline
