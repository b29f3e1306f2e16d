// Mixers that keep a state of constant size, as the sizes that all of them have in common.
#pragma once

#include "roofline/catalog/layer.hpp"

namespace roofline {

/// Of one layer and one token; all is shared out among GPUs by heads or channels.
struct Recurrence {
    double inward = 0;        ///< outputs of the projections of the hidden width
    double inner = 0;         ///< parameters of narrow projections and of the recurrence itself
    double convolved = 0;     ///< channels of the short convolution
    double conv_kernel = 0;   ///< tokens that it sees, the current one too
    double outward = 0;       ///< inputs of the output projection
    double state = 0;         ///< elements in fp32
    double kept_columns = 0;  ///< elements in 16 bits: what the convolution has yet to see
    double flops = 0;         ///< beside the matrices
    double activations = 0;   ///< elements in and out of the recurrence
};

Recurrence recurrence_of(const LinearAttention& a, double hidden);
Recurrence recurrence_of(const StateSpace& a, double hidden);
Recurrence recurrence_of(const SelectiveState& a, double hidden);
Recurrence recurrence_of(const GatedRecurrence& a, double hidden);
Recurrence recurrence_of(const ShortConvolution& a, double hidden);
Recurrence recurrence_of(const WeightedKeyValue& a, double hidden);

}  // namespace roofline
