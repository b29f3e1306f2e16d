// What a server holds in a GPU's memory and whether it starts: one ledger for every question. Per
// GPU, the fullest one.
#pragma once

#include "roofline/engine/server_memory.hpp"

#include <array>
#include <optional>
#include <string_view>

namespace roofline {

/// Whether a server starts: the longest request must have room, and the room is known to a spread.
enum class Starts { yes, marginal, no };
inline constexpr std::array<std::string_view, 3> starts_names{"yes", "marginal", "no"};
constexpr std::string_view name_of(Starts starts) {
    return starts_names[static_cast<std::size_t>(starts)];
}

struct MemoryLedger {
    Bytes reported;  ///< what a program can ask for
    Bytes kept;      ///< of that, by a system that shares the memory
    Bytes base;      ///< gone before a share is taken
    double share = 1;
    Bytes usable;
    Bytes weights;  ///< as loaded
    Bytes sampler;
    Bytes forward;
    Bytes working;  ///< the larger of the two, or one figure
    Bytes other;    ///< driver, collectives
    Bytes graphs;
    Bytes need;                       ///< cache of the longest request
    Bytes spread;                     ///< of the room
    Bytes cache;                      ///< of the sequences asked about
    std::optional<double> sequences;  ///< that the server takes at once, of a rank
    double step_tokens = 0;
    double longest = 0;  ///< tokens of that request

    /// Beside weights and cache.
    Bytes reserve() const { return working + other + graphs; }
    Bytes used() const { return weights + cache + reserve(); }
    Bytes room() const { return usable - weights - reserve(); }
    /// Whether weights and one sequence are no more than there is: physics, whatever the engine.
    bool can_fit() const { return weights + need <= reported; }
    Starts starts() const;
    /// What sequences may take: the room, or its smaller end where the start is in doubt, which is
    /// one request at least.
    Bytes granted() const;
    /// Whether it may start and holds the sequences asked about.
    bool fits() const { return starts() != Starts::no && cache <= granted(); }
    Bytes missing() const;
};

/// What is in a server: `sequences` of an instance with `tokens` each; `longest` is what one must
/// have room for.
struct Held {
    double sequences = 1;
    double tokens = 0;
    double longest = 0;
};

MemoryLedger memory_of(const ServerMemory& server, const Workload& workload, const Held& held);

/// Bytes of one sequence, in whole pages of the cache.
Bytes paged(const CacheShape& cache, double tokens);

/// Most sequences of `held.tokens` that an instance holds, whose server lets so many in unless it
/// was told how many; nullopt when they keep nothing.
std::optional<double> largest_batch(const ServerMemory& server, const Workload& workload,
                                    const Held& held);

/// Longest request, up to `limit`, that a server starts with and holds `held.sequences` of; where
/// the start with `held` is in doubt, that it may start with. nullopt when they keep nothing.
std::optional<double> largest_context(const ServerMemory& server, const Workload& workload,
                                      const Held& held, double limit);

/// Tokens that the room has places for, in sequences as long as the longest; nullopt when they keep
/// nothing.
std::optional<double> cache_tokens(const Workload& workload, const MemoryLedger& ledger);

}  // namespace roofline
