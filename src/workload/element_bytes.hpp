// Bytes of one element where no format is asked for: what every answer assumes.
#pragma once

namespace roofline {

/// bf16, between operators and between GPUs.
inline constexpr double activation_bytes = 2;

/// fp32, of the state that linear attention and state-space layers keep.
inline constexpr double state_element_bytes = 4;

}  // namespace roofline
