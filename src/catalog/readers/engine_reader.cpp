#include "figure_reader.hpp"
#include "readers.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace roofline {
namespace {

using Term = std::pair<std::string_view, ByCard EngineEra::*>;
using E = EngineEra;
constexpr std::array terms{Term{"share", &E::share},
                           Term{"max_num_seqs", &E::max_num_seqs},
                           Term{"step_tokens", &E::step_tokens},
                           Term{"whole_prompts_up_to", &E::whole_prompts_up_to},
                           Term{"sampler_copies", &E::sampler_copies},
                           Term{"forward_widths", &E::forward_widths},
                           Term{"working_gib", &E::working_gib},
                           Term{"other_gib", &E::other_gib},
                           Term{"base_gib", &E::base_gib},
                           Term{"graphs_gib", &E::graphs_gib},
                           Term{"graphs_gib_per_layer", &E::graphs_gib_per_layer},
                           Term{"graphs_full_at", &E::graphs_full_at},
                           Term{"graph_sequences", &E::graph_sequences},
                           Term{"kept_mib", &E::kept_mib},
                           Term{"kept_mib_per_step_token", &E::kept_mib_per_step_token},
                           Term{"kept_mib_per_graph_sequence", &E::kept_mib_per_graph_sequence},
                           Term{"kept_mib_per_gpu", &E::kept_mib_per_gpu},
                           Term{"least_kept_mib", &E::least_kept_mib},
                           Term{"mask_beyond", &E::mask_beyond},
                           Term{"stage_copies", &E::stage_copies},
                           Term{"spread_gib", &E::spread_gib},
                           Term{"spread_share", &E::spread_share},
                           Term{"expert_hidden_multiple", &E::expert_hidden_multiple},
                           Term{"expert_width_multiple", &E::expert_width_multiple}};

CardRow read_row(JsonObject& row) {
    CardRow result{.chip = row.optional_text("chip").value_or(""),
                   .architecture = row.optional_text("architecture").value_or(""),
                   .vendor = row.optional_text("vendor").value_or("")};
    if (const auto below = row.optional_positive("below_gib")) result.below = *below * gibibyte;
    result.from_gpus = row.optional_whole("from_gpus").value_or(1);
    result.pcie = row.optional_boolean("pcie").value_or(false);
    result.value = row.positive("value");
    row.done();
    return result;
}

// One value for all cards, or rows of them.
ByCard read_term(JsonObject figure, FigureReader& figures) {
    ByCard term;
    for (JsonObject& row : figure.objects("rows")) term.rows.push_back(read_row(row));
    if (term.rows.empty()) term.rows.push_back({.value = figure.positive("value")});
    term.from = figures.provenance(figure);
    return term;
}

// What is named replaces what was; null takes it away.
void read_terms(JsonObject& record, FigureReader& figures, EngineEra& era) {
    const auto keys = record.keys();
    for (const auto& [key, member] : terms) {
        if (std::ranges::find(keys, key) == keys.end()) continue;
        auto figure = record.optional_object(key);
        era.*member = figure ? read_term(std::move(*figure), figures) : ByCard();
    }
}

void read_eras(JsonObject& record, FigureReader& figures, EngineFile& file) {
    for (JsonObject& one : record.objects("eras")) {
        EngineEra era = file.eras.empty() ? EngineEra() : file.eras.back();
        era.name = one.text("name");
        era.first = one.text("first");
        one.object("first_month");  // throws when absent
        era.first_month = figures.optional_text(one, "first_month")->value;
        era.rule = file.rule;
        read_terms(one, figures, era);
        one.done();
        file.eras.push_back(std::move(era));
    }
    if (file.eras.empty()) record.fail("eras", "an engine has at least one era");
}

}  // namespace

void overlay(const EngineEra& changes, EngineEra& era) {
    for (const auto& [key, member] : terms)
        if (!(changes.*member).rows.empty()) era.*member = changes.*member;
}

EngineFile read_engine_file(const JsonDocument& document) {
    JsonObject record(document);
    FigureReader figures(record);
    EngineFile file;
    record.text("schema");
    const std::string engine = record.text("engine");
    const auto known = find_serving_engine(engine);
    if (!known) record.fail("engine", formatted("unknown engine '{}'", engine));
    file.engine = *known;
    file.rule = static_cast<MemoryRule>(record.choice("memory", memory_rule_names));
    file.newest = record.text("newest");
    for (JsonObject& one : record.objects("backends")) {
        EngineBackend backend{.name = one.text("name"), .text = one.text("text"), .changes = {}};
        read_terms(one, figures, backend.changes);
        one.done();
        file.backends.push_back(std::move(backend));
    }
    for (JsonObject& one : record.objects("releases")) {
        EngineRelease release{.first = one.text("release"), .month = {}};
        one.object("month");  // throws when absent
        release.month = figures.optional_text(one, "month")->value;
        one.done();
        file.releases.push_back(std::move(release));
    }
    read_eras(record, figures, file);
    record.done();
    figures.done();
    return file;
}

}  // namespace roofline
