// Which deployment of a model keeps what was promised, and does so best: over devices, counts,
// layouts and weight formats. What cannot win is left out by bounds that no deployment passes.
#pragma once

#include "roofline/search/point.hpp"
#include "roofline/search/service_level.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roofline {

/// What the best deployment has the least of: money per token, GPUs, energy per token, or time from
/// prompt to last token.
enum class Objective { cost, gpus, energy, latency };
inline constexpr std::array<std::string_view, 4> objective_names{"cost", "gpus", "energy",
                                                                 "latency"};
inline constexpr double most_searched = 1024;

struct PlanQuestion {
    /// One for each device: model, lengths, habits and prices looked up, without layout or load.
    std::vector<Deployment> devices;
    std::optional<double> concurrency;  ///< requests in flight, shared out among replicas
    std::optional<double> rate;         ///< requests that arrive per second, instead
    std::vector<WeightFormat> formats;  ///< empty: as published, and narrower ones that the device
                                        ///< multiplies
    std::vector<ServiceLevel> levels;
    double most_gpus = 16;
    bool widens =
        false;  ///< whether more are tried where so many hold nothing, up to most_searched
    Objective objective = Objective::cost;
    Knowledge knowledge;
    Basis basis = Basis::expected;
    bool prune = true;  ///< off: every candidate is answered, as a check on that
};

/// What becomes of a deployment that was tried.
enum class Fate {
    holds,
    cannot_be,
    does_not_fit,
    cannot_keep_up,
    breaks_level,
    unknown_objective,
    does_not_settle
};

struct FateRow {
    std::string_view key;    ///< in JSON
    std::string_view words;  ///< after a count of deployments
};

inline constexpr std::array fate_rows{
    FateRow{"hold", "hold"},
    FateRow{"cannot_be", "cannot be (heads, links or precision)"},
    FateRow{"do_not_fit", "do not fit"},
    FateRow{"cannot_keep_up", "cannot keep up"},
    FateRow{"break_a_limit", "break a limit"},
    FateRow{"without_objective", "have no known figure for it"},
    FateRow{"do_not_settle", "have no steady state that was found"},
};
struct PlanCandidate {
    Deployment deployment;  ///< as one would ask for it: load per replica
    PointAnswer answer;
    Fate fate = Fate::cannot_be;
    bool doubtful = false;            ///< the server may not start
    double objective = 0;             ///< base units
    double excess = 0;                ///< how far the worst broken level is passed: 0.1 is 10 %
    std::size_t worst = 0;            ///< which level that is
    std::vector<std::size_t> broken;  ///< levels
};

/// What was tried on one device.
struct DeviceTrial {
    std::size_t device = 0;
    std::array<std::uint64_t, fate_rows.size()> fates =
        {};                             ///< by Fate; what bounds left out is not in it
    std::uint64_t left_out = 0;         ///< cannot beat another of the same count
    std::uint64_t hopeless = 0;         ///< break a limit even at best
    std::vector<std::uint64_t> broken;  ///< by level: how many break it
    std::vector<PlanCandidate> best;    ///< that hold, of each count of GPUs that fewer do not beat
    std::optional<PlanCandidate> nearest;  ///< to holding, of those that do not
    std::vector<std::optional<PlanCandidate>>
        alone;                     ///< by level: breaks it alone, and by the least
    std::optional<Fault> refusal;  ///< of the first that cannot be
};

/// One level that would let a plan exist, and what it would have to be.
struct Relaxation {
    std::size_t level = 0;
    PlanCandidate candidate;
};

struct Plan {
    std::vector<DeviceTrial> trials;
    std::vector<PlanCandidate>
        ranking;  ///< the best of each device and count, the best of all first
    std::optional<PlanCandidate> nearest;
    std::vector<Relaxation> relaxations;  ///< where nothing holds: the least change first
    double most_gpus = 0;                 ///< that were tried
    bool proven_none = false;  ///< of the most that are searched all break a limit even at best
    std::uint64_t tried() const;
};

/// `threads` from 1 up change nothing but the time it takes. Throws UserError when the question is
/// one that no device can be asked.
Plan plan(const PlanQuestion& question, unsigned threads);

/// What surely starts before what may not; by objective, then GPUs, cost, weights as published
/// before narrowed ones, and time. What differs in rounding alone is the same.
bool is_better(const PlanCandidate& one, const PlanCandidate& other);

/// Of a deployment's figures, less is better; nullopt where it is not known.
std::optional<double> objective_of(Objective objective, const PointAnswer& answer);

/// "$0.42 per 1M output tokens", "4 devices": a value of objective_of().
std::string words_of(Objective objective, double value);
}  // namespace roofline
