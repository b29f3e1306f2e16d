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
        notes.push_back({"engine_release",
                         formatted("no release of {} is named; as from", name_of(engine.program)),
                         era.first,
                         formatted("--engine {}@{} names one", name_of(engine.program), era.first),
                         false, formatted("{} as from {}", name_of(engine.program), era.first)});
    if (is_month(engine.version))
        notes.push_back({"engine_release",
                         formatted("{} of {}: as from", name_of(engine.program), engine.version),
                         era.first,
                         formatted("data/engines, up to {}", engine_file(engine.program).newest)});
    if (is_beyond_newest(engine))
        notes.push_back({"engine_release",
                         formatted("{} is newer than what was looked at; as from", name_of(engine)),
                         era.first,
                         formatted("data/engines, up to {}", engine_file(engine.program).newest),
                         false, std::string(), true});
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
        notes.push_back({"mem_share",
                         formatted("share of the memory that {} uses", name_of(*d.engine)),
                         memory.share,
                         d.mem_share ? std::string("--mem-share")
                         : era.share.rows.empty()
                             ? "what the engine's own rule keeps free: " + era.kept_mib.from.source
                             : origin(era.share, era, d)});
    notes.push_back({"max_model_len", "tokens of the longest request that must have room",
                     memory.longest,
                     d.max_model_len ? std::string("--max-model-len")
                                     : "prompt and answer" + own_longest(prepared)});
    if (memory.sequences)
        notes.push_back(
            {"max_num_seqs", "sequences at once", *memory.sequences,
             d.max_num_seqs ? std::string("--max-num-seqs") : origin(era.max_num_seqs, era, d)});
    if (memory.step_tokens > 0)
        notes.push_back(
            {"step_tokens", "tokens of a step that memory has room for", memory.step_tokens,
             d.prefill_chunk ? std::string("--prefill-chunk") : origin(era.step_tokens, era, d)});
    return notes;
}

WarningNote doubt_warning(const Prepared& prepared, const MemoryLedger& memory) {
    std::vector<std::string> words;
    for (const Lever& lever : starting_levers(prepared))
        words.push_back(
            formatted("{} (room {})", lever_words(lever), gibibytes(lever.outcome.memory.room())));
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

}  // namespace roofline
