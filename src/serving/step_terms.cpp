#include "step_terms.hpp"

namespace roofline {

StepTerm product_term_of(OperatorKind kind) {
    switch (kind) {
        case OperatorKind::experts:
            return StepTerm::experts;
        case OperatorKind::shared_experts:
        case OperatorKind::expert_latent:
        case OperatorKind::router:
            return StepTerm::shared_experts;
        case OperatorKind::gate_up_projection:
        case OperatorKind::down_projection:
            return StepTerm::feed_forward;
        case OperatorKind::lm_head:
            return StepTerm::lm_head;
        case OperatorKind::all_reduce:
        case OperatorKind::all_to_all:
        case OperatorKind::pipeline_send:
            return StepTerm::communication;
        default:
            return StepTerm::projections;
    }
}

StepTerm decode_term_of(OperatorKind kind) {
    const bool attends = kind == OperatorKind::attention || kind == OperatorKind::indexer ||
                         kind == OperatorKind::recurrence;
    return attends ? StepTerm::decode_attention : product_term_of(kind);
}

}  // namespace roofline
