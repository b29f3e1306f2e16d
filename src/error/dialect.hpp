// Messages name fields in backquotes, with a value where there is one: "`tp 8` does not divide 28
// heads". Whoever shows them says how one writes such a field where the reader is.
#pragma once

#include "roofline/error/user_error.hpp"

#include <array>
#include <string>
#include <string_view>

namespace roofline {

/// `tp 8` is "--tp 8" on a command line, "'tp' 8" in a file of JSON, "tp=8" in a scenario;
/// `price '$2/h'` is "--price '$2/h'", "\"price\": \"$2/h\"" and "price='$2/h'".
enum class Dialect { flags, keys, scenario };

/// Words in backquotes that are no fields: flags of a command line, whoever reads.
inline constexpr std::array<std::string_view, 22> flag_words{
    "active",         "baseline",     "catalog",   "compare-api",   "experts",          "heads",
    "init",           "intermediate", "json",      "kv-heads",      "kv-len",           "latent",
    "max-gpus",       "metric",       "objective", "q-len",         "requests-per-day", "series",
    "tokens-per-day", "tokens-per-s", "window",    "write-baseline"};

std::string in_dialect(std::string_view text, Dialect dialect);
/// Message and hint; the command that may come next is always one of flags.
Fault in_dialect(Fault fault, Dialect dialect);

/// The hint in one line, the command that may come next at its end.
std::string hint_text(const Fault& fault);

}  // namespace roofline
