#include "memory_assumptions.hpp"

#include "roofline/evaluate/levers.hpp"

#include "answer/words.hpp"
#include "error/suggest.hpp"
#include "evaluate/standing_words.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline {
namespace {

std::string origin(const ByCard& term, const EngineEra& era, const Deployment& d) {
    return formatted("{}'s default from {}: {}", name_of(d.engine->program), era.first,
                     term.from.source);
}

void add_release(const Deployment& d, const EngineEra& era, std::vector<AssumptionNote>& notes) {
    const EngineChoice& engine = *d.engine;
    if (engine.version.empty())
        notes.push_back({"engine_release", formatted("no release of {} is named; as from",
                                                     name_of(engine.program)),
                         era.first, formatted("--engine {}@{} names one", name_of(engine.program),
                                              era.first)});
    if (is_beyond_newest(engine))
        notes.push_back({"engine_release",
                         formatted("{} is newer than what was looked at; as from", name_of(engine)),
                         era.first, formatted("data/engines, up to {}",
                                              engine_file(engine.program).newest)});
}

// What the engine would ask for if nothing were said of the longest request.
std::string own_longest(const Prepared& prepared) {
    const Deployment& d = prepared.deployment;
    const double own = d.model->context.value_or(0);
    if (own <= longest_request(d) || !d.model->causal) return {};
    return formatted("; by itself {} takes the model's {}, which need {}",
                     name_of(d.engine->program), humanize_number(own),
                     gibibytes(paged(prepared.workload.cache, own)));
}

}  // namespace

std::vector<AssumptionNote> memory_assumptions(const Prepared& prepared) {
    const Deployment& d = prepared.deployment;
    const EngineEra& era = era_of(*d.engine);
    const MemoryLedger memory = memory_of(prepared);
    std::vector<AssumptionNote> notes;
    add_release(d, era, notes);
    if (memory.share < 1)
        notes.push_back(
            {"mem_share", formatted("share of the memory that {} uses", name_of(*d.engine)),
             memory.share,
             d.mem_share ? std::string("--mem-share")
             : era.share.rows.empty() ? "what the engine's own rule keeps free: " +
                                            era.kept_mib.from.source
                                      : origin(era.share, era, d)});
    notes.push_back({"max_model_len", "tokens of the longest request that must have room",
                     memory.longest,
                     d.max_model_len ? std::string("--max-model-len")
                                     : "prompt and answer" + own_longest(prepared)});
    if (memory.sequences)
        notes.push_back({"max_num_seqs", "sequences at once", *memory.sequences,
                         d.max_num_seqs ? std::string("--max-num-seqs")
                                        : origin(era.max_num_seqs, era, d)});
    if (memory.step_tokens > 0)
        notes.push_back({"step_tokens", "tokens of a step that memory has room for",
                         memory.step_tokens,
                         d.prefill_chunk ? std::string("--prefill-chunk")
                                         : origin(era.step_tokens, era, d)});
    return notes;
}

WarningNote doubt_warning(const Prepared& prepared, const MemoryLedger& memory) {
    std::vector<std::string> words;
    for (const Lever& lever : starting_levers(prepared))
        words.push_back(formatted("{} (room {})", lever_words(lever),
                                  gibibytes(lever.outcome.memory.room())));
    std::string remedy;
    if (!words.empty()) remedy = ". It would start with " + join_words(words, "or");
    return {"W203", doubt_words(prepared.deployment, memory) + remedy};
}

std::string doubt_verdict(const Deployment& d, const MemoryLedger& memory) {
    if (memory.starts() != Starts::marginal) return {};
    return ". It " + doubt_words(d, memory);
}

AssumptionNote memory_note() {
    return {"memory", "memory as each engine keeps it by itself", "by release, card and GPUs",
            "data/engines; analyze --explain has every term"};
}

std::vector<Derivation> memory_derivations(const Prepared& prepared, const MemoryLedger& m) {
    const EngineEra& era = era_of(*prepared.deployment.engine);
    std::vector<Derivation> steps;
    const auto add = [&](std::string_view key, std::string formula, std::string numbers,
                         std::string source) {
        steps.push_back({formatted("result.memory.{}", key), std::move(formula),
                         std::move(numbers), std::move(source)});
    };
    const Device& device = *prepared.deployment.device;
    add("reported_bytes", "what a program can ask for",
        m.reported == device.capacity()
            ? gibibytes(m.reported)
            : formatted("{} - {} that the system keeps = {}", gibibytes(device.capacity()),
                        gibibytes(device.capacity() - m.reported), gibibytes(m.reported)),
        device.planned_capacity().from.source);
    switch (era.rule) {
        case MemoryRule::profiled:
            add("usable_bytes", "share x reported",
                formatted("{:.4g} x {} = {}", m.share, gibibytes(m.reported), gibibytes(m.usable)),
                "what the engine may use of all memory");
            break;
        case MemoryRule::static_share:
            add("usable_bytes", "share x (reported - gone at start)",
                formatted("{:.4g} x ({} - {}) = {}", m.share, gibibytes(m.reported),
                          gibibytes(m.base), gibibytes(m.usable)),
                era.base_gib.from.source);
            break;
        case MemoryRule::share_of_rest:
            add("usable_bytes", "weights + working + share x rest",
                formatted("{} + {} + {:.4g} x {} = {}", gibibytes(m.weights), gibibytes(m.reserve()),
                          m.share, gibibytes(m.reported - m.weights - m.reserve()),
                          gibibytes(m.usable)),
                era.share.from.source);
            break;
        case MemoryRule::whole:
            add("usable_bytes", "all of it", gibibytes(m.usable), "no share is taken");
            break;
    }
    const bool as_counted = m.weights == prepared.workload.weights;
    add("weights_bytes", as_counted ? "parameters x bytes" : "parameters x bytes, as loaded",
        gibibytes(m.weights),
        as_counted ? "the model's file"
        : m.weights > prepared.workload.weights
            ? era.expert_hidden_multiple.from.source
            : "the input embedding stays in the memory of the host");
    if (m.sampler > Bytes()) {
        const Deployment& d = prepared.deployment;
        add("working_bytes", "max(sampler, forward pass)",
            formatted("max({}, {}) = {}", gibibytes(m.sampler), gibibytes(m.forward),
                      gibibytes(m.working)),
            formatted("sampler: {} copies x {} sequences x {} words x 4 bytes + {} tokens x {} x 2; "
                      "forward: tokens x 2 x (widest intermediate + {} x {})",
                      era.sampler_copies.of(*d.device, 1, 0),
                      humanize_number(std::min(m.sequences.value_or(m.step_tokens), m.step_tokens)),
                      humanize_number(d.model->vocabulary), humanize_number(m.step_tokens),
                      humanize_number(d.model->hidden), era.forward_widths.of(*d.device, 1, 0),
                      humanize_number(d.model->hidden)));
    } else {
        add("working_bytes",
            era.rule == MemoryRule::whole ? "n_ubatch x 4 x (vocabulary + hidden)" : "one figure",
            gibibytes(m.working),
            era.rule == MemoryRule::whole ? era.step_tokens.from.source
                                          : era.working_gib.from.source);
    }
    add("other_bytes", "driver, collectives", gibibytes(m.other), era.other_gib.from.source);
    add("graphs_bytes", "CUDA graphs that count in the budget", gibibytes(m.graphs),
        era.graphs_gib.rows.empty() ? "none do in this release" : era.graphs_gib.from.source);
    add("room_bytes", "usable - weights - working - other - graphs",
        formatted("{} - {} - {} - {} - {} = {}", gibibytes(m.usable), gibibytes(m.weights),
                  gibibytes(m.working), gibibytes(m.other), gibibytes(m.graphs),
                  gibibytes(m.room())),
        formatted("known to {}: {}", gibibytes(m.spread),
                  era.spread_gib.rows.empty() ? era.spread_share.from.source
                                              : era.spread_gib.from.source));
    return steps;
}

}  // namespace roofline
