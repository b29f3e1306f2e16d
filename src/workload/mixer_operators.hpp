// The operators of one mixer beside its matrices: attention over earlier tokens, or a recurrence.
#pragma once

#include "roofline/catalog/layer.hpp"
#include "roofline/workload/operator.hpp"

#include <vector>

namespace roofline {

/// What the operators depend on besides the mixer.
struct MixerSetting {
    double hidden = 0;
    bool causal = true;  ///< false: nothing is kept
    bool looks_back = false;
    Precision cache = Precision::bf16;
    double tensor = 1;     ///< GPUs that share out the heads
    bool decodes = false;  ///< a step of one token a sequence
};

struct MixerOperator {
    OperatorKind kind;
    OperatorForm form;
};

/// On one GPU of `setting.tensor`.
std::vector<MixerOperator> operators_of(const Mixer& mixer, const MixerSetting& setting);

}  // namespace roofline
