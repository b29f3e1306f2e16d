#include "memory_derivations.hpp"

#include "evaluate/standing_words.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <algorithm>

namespace roofline {
namespace {

Derivation step(std::string_view key, std::string formula, std::string numbers,
                std::string source) {
    if (source.empty()) source = "this engine counts none of it";
    return {formatted("result.memory.{}", key), std::move(formula), std::move(numbers),
            std::move(source)};
}

Derivation reported_step(const Device& device, const MemoryLedger& m) {
    return step("reported_bytes", "what a program is given",
                m.kept == Bytes() ? gibibytes(m.reported)
                                  : formatted("{}, of which the system keeps {}",
                                              gibibytes(m.reported), gibibytes(m.kept)),
                device.planned_capacity().from.source);
}

// What a system keeps for itself is no engine's, whatever its share.
struct Cap {
    std::string formula;
    std::string numbers;
};

Cap cap_of(const MemoryLedger& m) {
    if (m.kept == Bytes()) return {};
    return {", at most reported - kept",
            formatted(", at most {} - {}", gibibytes(m.reported), gibibytes(m.kept))};
}

Derivation usable_step(const EngineEra& era, const MemoryLedger& m) {
    const std::string_view key = "usable_bytes";
    const Cap cap = cap_of(m);
    switch (era.rule) {
        case MemoryRule::profiled:
            return step(key, "share x reported" + cap.formula,
                        formatted("{:.4g} x {}{} = {}", m.share, gibibytes(m.reported), cap.numbers,
                                  gibibytes(m.usable)),
                        "what the engine may use of all memory");
        case MemoryRule::static_share:
            return step(key, "share x (reported - gone at start)" + cap.formula,
                        formatted("{:.4g} x ({} - {}){} = {}", m.share, gibibytes(m.reported),
                                  gibibytes(m.base), cap.numbers, gibibytes(m.usable)),
                        era.base_gib.from.source);
        case MemoryRule::share_of_rest:
            return step(key, "weights + working + share x rest",
                        formatted("{} + {} + {:.4g} x {} = {}", gibibytes(m.weights),
                                  gibibytes(m.reserve()), m.share,
                                  gibibytes(m.reported - m.kept - m.weights - m.reserve()),
                                  gibibytes(m.usable)),
                        era.share.from.source);
        case MemoryRule::whole:
            break;
    }
    return step(key, "all of it", gibibytes(m.usable), "no share is taken");
}

Derivation weights_step(const EngineEra& era, const Prepared& prepared, const MemoryLedger& m) {
    const Bytes counted = prepared.workload.weights;
    const std::string_view key = "weights_bytes";
    if (m.weights == counted)
        return step(key, "parameters x bytes", gibibytes(m.weights), "the model's file");
    return step(key, "parameters x bytes, as loaded", gibibytes(m.weights),
                m.weights > counted ? era.expert_hidden_multiple.from.source
                                    : "the input embedding stays in the memory of the host");
}

Derivation profiled_step(const EngineEra& era, const Deployment& d, const MemoryLedger& m) {
    const double sampled = std::min(m.sequences.value_or(m.step_tokens), m.step_tokens);
    const std::string hidden = humanize_number(d.model->hidden);
    return step("working_bytes",
                formatted("max({} copies x {} sequences x {} words x 4 B + {} tokens x {} x 2 B, "
                          "tokens x 2 B x (widest intermediate + {} x {}))",
                          era.sampler_copies.of(*d.device, 1, 0), humanize_number(sampled),
                          humanize_number(d.model->vocabulary), humanize_number(m.step_tokens),
                          hidden, era.forward_widths.of(*d.device, 1, 0), hidden),
                formatted("max({}, {}) = {}", gibibytes(m.sampler), gibibytes(m.forward),
                          gibibytes(m.working)),
                era.sampler_copies.from.source);
}

// llama.cpp's buffer: once, or as often as a pipeline of several GPUs copies it.
std::string buffer_formula(const EngineEra& era, const Prepared& prepared, const MemoryLedger& m) {
    const Deployment& d = prepared.deployment;
    const Layout& layout = prepared.workload.layout;
    std::string formula = "context x n_ubatch x heads x 4 B + 8 x n_ubatch x hidden x 4 B";
    if (const auto flash = era.mask_beyond.of(*d.device, layout.stage())) {
        formula = "n_ubatch x 4 B x (vocabulary + hidden)";
        if (m.longest > *flash) formula += " + context x n_ubatch x 2 B";
    }
    const double copies =
        layout.pipeline > 1 ? era.stage_copies.of(*d.device, layout.stage(), 1) : 1;
    return copies == 1 ? formula : formatted("{:.4g} copies x ({})", copies, formula);
}

Derivation working_step(const EngineEra& era, const Prepared& prepared, const MemoryLedger& m) {
    if (m.sampler > Bytes()) return profiled_step(era, prepared.deployment, m);
    const std::string_view key = "working_bytes";
    if (era.rule == MemoryRule::whole)
        return step(key, buffer_formula(era, prepared, m), gibibytes(m.working),
                    era.step_tokens.from.source);
    return step(key, "one figure", gibibytes(m.working), era.working_gib.from.source);
}

// Where batches are captured layer by layer, so many of them.
Derivation graphs_step(const EngineEra& era, const Prepared& prepared, const MemoryLedger& m) {
    const ServerMemory& server = prepared.server;
    std::string formula = "CUDA graphs that count in the budget";
    std::string numbers = gibibytes(m.graphs);
    if (server.graphs_most > Bytes()) {
        formula += ": least + of all layers x min(1, sequences / captured)";
        numbers =
            formatted("{} + {} x min(1, {} / {}) = {}", gibibytes(server.graphs_least),
                      gibibytes(server.graphs_most),
                      humanize_number(std::min(m.sequences.value_or(m.step_tokens), m.step_tokens)),
                      humanize_number(server.graphs_full_at), gibibytes(m.graphs));
    }
    return step(
        "graphs_bytes", std::move(formula), std::move(numbers),
        era.graphs_gib.rows.empty() ? "none do in this release" : era.graphs_gib.from.source);
}

Derivation room_step(const EngineEra& era, const MemoryLedger& m) {
    return step("room_bytes", "usable - weights - working - other - graphs",
                formatted("{} - {} - {} - {} - {} = {}", gibibytes(m.usable), gibibytes(m.weights),
                          gibibytes(m.working), gibibytes(m.other), gibibytes(m.graphs),
                          gibibytes(m.room())),
                formatted("known to {}: {}", gibibytes(m.spread),
                          era.spread_gib.rows.empty() ? era.spread_share.from.source
                                                      : era.spread_gib.from.source));
}

}  // namespace

std::vector<Derivation> memory_derivations(const Prepared& prepared, const MemoryLedger& m) {
    const Deployment& d = prepared.deployment;
    const EngineEra& era = era_of(*d.engine);
    return {
        reported_step(*d.device, m),
        usable_step(era, m),
        weights_step(era, prepared, m),
        working_step(era, prepared, m),
        step("other_bytes", "driver, collectives", gibibytes(m.other), era.other_gib.from.source),
        graphs_step(era, prepared, m),
        room_step(era, m)};
}

}  // namespace roofline
