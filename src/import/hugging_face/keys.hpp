// The rule for keys: each is understood, known to be harmless, or unknown.
#pragma once

#include "roofline/catalog/model.hpp"

#include "config.hpp"

#include <span>
#include <string>
#include <string_view>

namespace roofline::hugging_face {

/// Whether a key's name speaks of layers, heads, widths, windows or weights.
bool looks_structural(std::string_view key);

/// Whether a key changes neither shapes nor cache nor work, by its name.
bool is_harmless(std::string_view key);

/// Keys that no reader asked for, that say something, and that are not known to be harmless.
/// Throws E331 at those that look structural, unless `accepted` names them; and at a name there
/// that the file does not hold.
std::vector<UnreadKey> unread_keys(const Config& config, std::span<const std::string> accepted);

}  // namespace roofline::hugging_face
