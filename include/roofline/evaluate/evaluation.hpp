// Any deployment, a step or served, to every figure on every basis: what gates, comparisons and
// sweeps ask.
#pragma once

#include "roofline/catalog/efficiency.hpp"
#include "roofline/error/user_error.hpp"
#include "roofline/evaluate/figures.hpp"
#include "roofline/evaluate/open_loop.hpp"
#include "roofline/evaluate/thinking_users.hpp"

#include <array>
#include <optional>
#include <variant>

namespace roofline {

/// What answers rest on beside the deployment.
struct Knowledge {
    Fit fit = Fit::judged;
    const FittedEfficiency* fitted = &fitted_efficiency();
    CalibrationScales scales;  ///< of a calibration
};

/// Whether there are figures at all, and what to say where there are none.
enum class Standing { stands, does_not_fit, overloaded };

struct StandingRow {
    std::string_view key;    ///< in JSON
    std::string_view words;  ///< after the name of a deployment
    ErrorCode code = {};     ///< where it is an error
    Exit exit = Exit::ok;    ///< where it is an answer
};

inline constexpr std::array standings{
    StandingRow{"stands", "stands"},
    StandingRow{"does_not_fit", "does not fit", ErrorCode::does_not_fit, Exit::infeasible},
    StandingRow{"overloaded", "cannot keep up with its rate", ErrorCode::cannot_keep_up,
                Exit::infeasible},
};

constexpr const StandingRow& row_of(Standing standing) {
    return standings[static_cast<std::size_t>(standing)];
}
/// One step: its bound, and what its phases are expected to take where anything like it was
/// measured.
struct StepOutcome {
    Outcome bound;
    std::optional<ExpectedPhases> expected;
    BandRow band = {};  ///< of what is expected; the widest where nothing like it was measured
};

/// The answer to a deployment: what everything that is said of it is read off.
struct Evaluation {
    Deployment deployment;  ///< complete
    Standing standing = Standing::stands;
    MemoryLedger memory;  ///< of one step at the deployment's own lengths: whether it fits
    /// Of a step, or of a served deployment; the latter says nothing unless it stands.
    std::variant<StepOutcome, ServedOutcome> outcome;
    std::optional<OpenLoop> open;        ///< of a rate
    std::optional<ThinkingUsers> users;  ///< of users
    std::array<Figures, basis_count> figures =
        {};                     ///< by Basis; times and money unset unless it stands
    bool measured = false;      ///< whether the band's regime was
    double least_capacity = 0;  ///< requests per second at the bad end of the band, of a rate

    const Figures& on(Basis basis) const { return figures[static_cast<std::size_t>(basis)]; }
    bool served() const { return std::holds_alternative<ServedOutcome>(outcome); }
    const Outcome& step() const { return std::get<StepOutcome>(outcome).bound; }
    const ServedOutcome& service() const { return std::get<ServedOutcome>(outcome); }
    /// Of measured over expected: eight in ten, or the widest there is where `measured` is not.
    const BandRow& band() const;
    /// Sequences in a step, or requests in flight at a replica.
    double load() const;
    /// Of a served one that stands: requests in flight at all replicas, and those of them that wait
    /// for a place in the cache.
    double requests() const;
    double waiting() const;
    /// Whether its figures are of a steady state; always, of a step.
    bool settled() const;
};

/// Whether a deployment that stands still does so on this basis: at the bad end what may not start
/// does not, and what arrives may be more than it can work off.
bool stands_on(const Evaluation& evaluation, Basis basis);

/// What neither the bound nor anything expected is ever below, whatever the load: a first token,
/// and every other one.
struct LeastTimes {
    Seconds first;
    Seconds each;
};

/// A deployment lowered once, for any number of loads and prices: what is fast in a sweep.
class LoweredDeployment {
  public:
    /// Throws as evaluate() does.
    LoweredDeployment(const Deployment& asked, const Knowledge& knowledge);

    Evaluation evaluate();
    /// evaluate() of a deployment that has the lowered one's shape and server (FieldPart); replicas
    /// may differ where both name the layout of an instance, and is lowered anew where neither does
    /// and the load needs another. Both must be steps, or both served.
    Evaluation evaluate(const Deployment& asked);

    /// What was lowered, with the load that was asked last.
    const Prepared& prepared() const;

    /// Of a served one.
    const PreparedService& service() const { return std::get<PreparedService>(lowered_); }
    /// What the decode step that was evaluated last is expected to take, part by part; none where
    /// nothing is expected.
    std::vector<StepPart> expected_parts(const Evaluation& evaluation) const;
    LeastTimes least_times() const;
    /// Tokens of an answer, of a served one.
    double answer_tokens() const { return service().load.answer; }

  private:
    struct Step {
        Prepared prepared;
        std::optional<ServedModel> model;  ///< not of an encoder
    };
    void lower(const Deployment& asked);
    void set_load(const Deployment& asked);
    Evaluation evaluate(Step& step) const;
    Evaluation evaluate(const PreparedService& service) const;

    Knowledge knowledge_;
    std::variant<Step, PreparedService> lowered_;
};

/// A deployment with a concurrency or a rate is a served one, every other a step. Throws UserError
/// as complete() and complete_service() do.
Evaluation evaluate(const Deployment& asked, const Knowledge& knowledge);

}  // namespace roofline
