#include "roofline/engine/memory.hpp"

#include <algorithm>
#include <cmath>

namespace roofline {
namespace {

constexpr double page_tokens = 16;

double whole_pages(double tokens) { return std::ceil(tokens / page_tokens) * page_tokens; }

double tokens_of_a_step(const ServerMemory& server, const Held& held) {
    const bool whole = held.longest <= server.whole_prompts_up_to;
    return whole ? std::max(server.step_tokens, held.longest) : server.step_tokens;
}

// A batch that is asked about is let in, unless a limit was given.
std::optional<double> sequences_at_once(const ServerMemory& server, double per_rank) {
    if (!server.sequences || server.sequences_given) return server.sequences;
    return std::max(*server.sequences, per_rank);
}

Bytes usable_of(const ServerMemory& server, const MemoryLedger& ledger) {
    const Bytes there = ledger.reported - ledger.kept;
    switch (server.rule) {
        case MemoryRule::profiled:
            return std::min(server.share * ledger.reported, there);
        case MemoryRule::static_share:
            return std::min(server.share * (ledger.reported - ledger.base), there);
        case MemoryRule::share_of_rest: {
            const Bytes taken = ledger.weights + ledger.reserve();
            const Bytes rest = there - taken;
            return taken + (rest > Bytes() ? server.share * rest : rest);
        }
        case MemoryRule::whole:
            break;
    }
    return there;
}

// The last whole number up to `most` of which `holds` is true, as of all before it; else 0.
template <typename Holds>
double last_that(double most, const Holds& holds) {
    if (most < 1) return 0;
    if (holds(most)) return most;
    double low = 0;
    double high = most;
    while (high - low > 1) {
        const double middle = std::floor((low + high) / 2);
        (holds(middle) ? low : high) = middle;
    }
    return low;
}

}  // namespace

Starts MemoryLedger::starts() const {
    const Bytes left = room() - need;
    if (left >= spread) return Starts::yes;
    return left < -spread ? Starts::no : Starts::marginal;
}

Bytes MemoryLedger::granted() const {
    return starts() == Starts::marginal ? std::max(room() - spread, need) : room();
}

Bytes MemoryLedger::missing() const {
    if (fits()) return {};
    return std::max(need - room(), cache - granted());
}

MemoryLedger memory_of(const ServerMemory& server, const Workload& workload, const Held& held) {
    const double per_rank = sequences_per_rank(held.sequences, workload.layout.data);
    MemoryLedger ledger{.reported = server.reported,
                        .kept = server.kept,
                        .base = server.base,
                        .share = server.share,
                        .weights = server.weights,
                        .other = server.other,
                        .need = paged(workload.cache, held.longest),
                        .cache = per_rank * paged(workload.cache, held.tokens),
                        .sequences = sequences_at_once(server, per_rank),
                        .step_tokens = tokens_of_a_step(server, held),
                        .longest = held.longest};
    const double tokens = ledger.step_tokens;
    const double sampled = std::min(ledger.sequences.value_or(tokens), tokens);
    ledger.sampler = sampled * server.per_sampled + tokens * server.per_held;
    ledger.forward = tokens * server.per_token;
    if (held.longest > server.context_beyond)
        ledger.forward += held.longest * server.per_context_token;
    ledger.working = server.working + std::max(ledger.sampler, ledger.forward);
    ledger.graphs =
        server.graphs_least + std::min(1.0, sampled / server.graphs_full_at) * server.graphs_most;
    ledger.spread = server.spread + server.spread_share * ledger.working;
    ledger.usable = usable_of(server, ledger);
    return ledger;
}

Bytes paged(const CacheShape& cache, double tokens) { return cache.held(whole_pages(tokens)); }

std::optional<double> largest_batch(const ServerMemory& server, const Workload& workload,
                                    const Held& held) {
    const double ranks = workload.layout.data;
    const Bytes one = paged(workload.cache, held.tokens);
    if (one == Bytes()) return std::nullopt;
    const auto with = [&](double per_rank) {
        return memory_of(
            server, workload,
            {.sequences = per_rank * ranks, .tokens = held.tokens, .longest = held.longest});
    };
    const double room = std::floor(with(1).granted() / one);
    const double most = server.sequences_given ? std::min(*server.sequences, room) : room;
    return ranks * last_that(most, [&](double per_rank) { return with(per_rank).fits(); });
}

std::optional<double> largest_context(const ServerMemory& server, const Workload& workload,
                                      const Held& held, double limit) {
    if (workload.cache.held(limit) == Bytes()) return std::nullopt;
    const bool doubtful = memory_of(server, workload, held).starts() == Starts::marginal;
    return last_that(limit, [&](double tokens) {
        const MemoryLedger ledger = memory_of(
            server, workload, {.sequences = held.sequences, .tokens = tokens, .longest = tokens});
        return ledger.fits() && (doubtful || ledger.starts() == Starts::yes);
    });
}

std::optional<double> cache_tokens(const Workload& workload, const MemoryLedger& ledger) {
    const Bytes one = workload.cache.held(ledger.longest);
    if (one == Bytes() || ledger.longest <= 0) return std::nullopt;
    const double tokens = std::max(ledger.room() / one, 0.0) * ledger.longest;
    return std::floor(tokens / page_tokens) * page_tokens;
}

}  // namespace roofline
