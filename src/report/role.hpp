// What words, bars and points stand for.
#pragma once

namespace roofline {

/// What a word or bar stands for. Formats may colour it; the words alone must suffice.
enum class Role { plain, good, bad, warning, memory, compute, network, strong, dim };

}  // namespace roofline
