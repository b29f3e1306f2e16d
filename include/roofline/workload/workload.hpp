// A deployment as phases of operators: prefill and decode of a language model, or any others.
#pragma once

#include "roofline/workload/deployment.hpp"
#include "roofline/workload/operator.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace roofline {

/// What a pass through a phase works on: a whole prompt, the next token of every sequence, or a
/// step of the phase's own, as the stages of a robot's policy have it.
enum class Pass { prompt, next_token, own };

/// A list of operators that runs as a whole.
struct Phase {
    std::string name;
    Pass pass = Pass::own;
    Step own = {};  ///< of Pass::own
    double repeats =
        1;  ///< passes for one answer, of Pass::own; those of others follow from lengths
    std::vector<Operator> operators = {};
};

/// The phases of a language model.
struct PhaseRow {
    std::string_view name;
    Pass pass;
    bool of_encoders = false;  ///< too
};
inline constexpr std::array language_phases{PhaseRow{"prefill", Pass::prompt, true},
                                            PhaseRow{"decode", Pass::next_token}};

/// What a sequence keeps on one GPU.
struct CacheLayer {
    double layers = 0;
    Bytes per_token;
    Window window;
};

struct CacheShape {
    std::vector<CacheLayer> layers;
    Bytes state;  ///< of recurrent layers, whatever the length

    /// Bytes of one sequence with `tokens` in its cache.
    Bytes held(double tokens) const;
};

/// What one GPU of this layout keeps of the model's sequences; nothing for an encoder.
CacheShape cache_on_one_gpu(const Model& model, Precision cache, const Layout& layout);

struct Workload {
    Layout layout;
    std::vector<Phase> phases;
    CacheShape cache;
    Bytes weights;  ///< on one GPU, the fullest of its pipeline

    /// The first phase of that pass; nullptr where there is none.
    const Phase* phase(Pass pass) const;
};

/// `deployment` must be complete (see complete()). Pure arithmetic; allocates, does not fail.
Workload lower(const Deployment& deployment);

}  // namespace roofline
