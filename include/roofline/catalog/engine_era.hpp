// What servers keep of a GPU's memory beside weights and cache: by program, release, card and
// number of GPUs. The files of data/engines.
#pragma once

#include "roofline/catalog/device.hpp"
#include "roofline/catalog/serving_engine.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace roofline {

/// How a server finds what its cache may take: a share of all memory, less weights and the peak of
/// a trial run; a share of what is free before weights are loaded; a share of what weights and that
/// peak leave; or whatever is left.
enum class MemoryRule { profiled, static_share, share_of_rest, whole };
inline constexpr std::array<std::string_view, 4> memory_rule_names{"profiled", "static_share",
                                                                   "share_of_rest", "whole"};

/// A value for the cards that everything set here fits.
struct CardRow {
    std::string chip;            ///< "GA100"
    std::string architecture;    ///< "hopper"
    std::string vendor;          ///< "AMD"
    std::optional<Bytes> below;  ///< of reported memory
    double from_gpus = 1;        ///< that share every layer
    bool pcie = false;           ///< whose GPUs have no link of their own
    double value = 0;
};

/// The value of the first row that fits a card; unset where there is none.
struct ByCard {
    std::vector<CardRow> rows;
    Provenance from = {};

    std::optional<double> of(const Device& device, double gpus) const;
    double of(const Device& device, double gpus, double otherwise) const;
};

/// The releases of an engine that keep memory alike.
struct EngineEra {
    std::string name;         ///< "V1"
    std::string first;        ///< release
    std::string first_month;  ///< "2025-05"
    MemoryRule rule = MemoryRule::profiled;

    ByCard share;                 ///< of memory; where unset, of what is not `kept`
    ByCard max_num_seqs;          ///< sequences at once, of a data-parallel rank
    ByCard step_tokens;           ///< of one step: prompts are prefilled in such chunks
    ByCard whole_prompts_up_to;   ///< a step holds the longest request, up to so many tokens
    ByCard sampler_copies;        ///< fp32 logits alive at once
    ByCard forward_widths;        ///< hidden states alive beside the widest intermediate
    ByCard working_gib;           ///< in place of the two above
    ByCard other_gib;             ///< driver, collectives
    ByCard base_gib;              ///< gone before a share is taken
    ByCard graphs_gib;            ///< that count in the budget
    ByCard graphs_gib_per_layer;  ///< the same, at graphs_full_at sequences and more
    ByCard graphs_full_at;        ///< sequences
    ByCard graph_sequences;       ///< largest batch that is captured
    ByCard kept_mib;              ///< outside the share, and four terms like it
    ByCard kept_mib_per_step_token;
    ByCard kept_mib_per_graph_sequence;
    ByCard kept_mib_per_gpu;
    ByCard least_kept_mib;
    ByCard mask_beyond;             ///< tokens; set where scores are never written (FlashAttention)
    ByCard stage_copies;            ///< of the compute buffer, in a pipeline of several GPUs
    ByCard spread_gib;              ///< of the room
    ByCard spread_share;            ///< the same, of working memory
    ByCard expert_hidden_multiple;  ///< to which mxfp4 experts are padded
    ByCard expert_width_multiple;   ///< the same of their width
};

/// A part of an engine that can be another: a sampler, the kernels of a vendor.
struct EngineBackend {
    std::string name;
    std::string text;
    EngineEra changes;  ///< what it has of its own
};

/// When a release came out.
struct EngineRelease {
    std::string first;  ///< "0.12"
    std::string month;  ///< "2025-12"
};

struct EngineFile {
    ServingEngine engine = default_engine;
    MemoryRule rule = MemoryRule::profiled;
    std::string newest;                   ///< release that was looked at
    std::vector<EngineRelease> releases;  ///< oldest first
    std::vector<EngineBackend> backends;
    std::vector<EngineEra> eras;  ///< oldest first
};

/// The built-in file of an engine, read once.
const EngineFile& engine_file(ServingEngine engine);

/// What an engine of this choice keeps.
const EngineEra& era_of(const EngineChoice& choice);

/// Reads NAME[/BACKEND][@VERSION]; a VERSION is a release or a month. nullopt for an unknown NAME.
/// Throws UserError (E106) with the backends or eras there are; `label` is how the user named it.
std::optional<EngineChoice> find_engine(std::string_view text, std::string_view label);

/// Whether a version is a month, "2025-05".
bool is_month(std::string_view version);

/// Whether a version is beyond the newest that was looked at.
bool is_beyond_newest(const EngineChoice& choice);

}  // namespace roofline
