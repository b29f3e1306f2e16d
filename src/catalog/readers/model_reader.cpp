#include "figure_reader.hpp"
#include "input/json_object.hpp"
#include "mixer_reader.hpp"
#include "readers.hpp"
#include "text/formatted.hpp"
#include "written_name.hpp"

#include <array>

namespace roofline {
namespace {

FeedForward read_feed_forward(JsonObject& layer) {
    auto block = layer.optional_object("feed_forward");
    if (!block) return {};
    constexpr std::array<std::string_view, 2> kinds{"dense", "experts"};
    const bool dense = block->choice("kind", kinds) == 0;
    FeedForward result;
    const double width = block->whole("width");
    const double matrices = block->optional_whole("matrices").value_or(3);
    if (dense) {
        result = DenseFeedForward{.width = width, .matrices = matrices};
    } else {
        result = MixtureOfExperts{.experts = block->whole("experts"),
                                  .active = block->whole("active"),
                                  .width = width,
                                  .shared_width = block->optional_whole("shared_width").value_or(0),
                                  .matrices = matrices,
                                  .latent = block->optional_whole("latent").value_or(0),
                                  .idle = block->optional_whole("idle").value_or(0),
                                  .unused = block->optional_whole("unused").value_or(0)};
    }
    block->done();
    return result;
}

WeightFormat read_format(JsonObject& record, std::string_view key) {
    std::vector<std::string_view> names;
    for (const WeightFormatRow& row : weight_formats) names.push_back(row.name);
    return weight_formats[record.choice(key, names)].format;
}

Coverage read_coverage(JsonObject& record, FigureReader& figures) {
    Coverage coverage{.storage = {.format = read_format(record, "format")}, .covers = {}};
    figures.provenance_of_members(record);
    for (const std::string& name : record.texts("covers")) {
        const auto component = find_component(name);
        if (!component) record.fail("covers", formatted("unknown component '{}'", name));
        coverage.covers.push_back(*component);
    }
    coverage.storage.group = record.optional_whole("group").value_or(0);
    coverage.edition = record.optional_text("edition").value_or("");
    coverage.wide_layers = record.optional_whole("wide_layers").value_or(0);
    record.done();
    return coverage;
}

void read_formats(JsonObject& record, FigureReader& figures, Model& model) {
    for (JsonObject& coverage : record.objects("quantization"))
        model.coverage.push_back(read_coverage(coverage, figures));
    model.published = weight_plan(model, read_format(record, "published_format"));
    if (record.find("kv_cache") == nullptr) return;
    std::vector<std::string_view> names;
    for (const PrecisionRow& row : precisions) names.push_back(row.name);
    model.kv_cache = precisions[record.choice("kv_cache", names)].precision;
}

std::vector<Projection> read_projections(JsonObject& record) {
    std::vector<Projection> projections;
    for (JsonObject& projection : record.objects("projections")) {
        projections.push_back({projection.whole("inputs"), projection.whole("outputs")});
        projection.done();
    }
    return projections;
}

void read_layers(JsonObject& record, Model& model) {
    for (JsonObject& layer : record.objects("layers")) {
        model.layers.push_back({.count = layer.whole("count"),
                                .mixers = read_mixers(layer),
                                .feed_forward = read_feed_forward(layer),
                                .projections = read_projections(layer),
                                .stored = layer.optional_whole("stored").value_or(0)});
        layer.done();
    }
    if (model.layers.empty()) record.fail("layers", "a model has at least one layer");
}

}  // namespace

Model read_model(const JsonDocument& document) {
    JsonObject record(document);
    FigureReader figures(record);
    Model model;
    record.text("schema");
    model.id = written_name(record, "id", model_name);
    model.name = record.text("name");
    model.aliases = written_names(record, "aliases", model_alias);
    model.family = record.text("family");
    JsonObject shape = record.object("shape");
    model.from = figures.provenance_of_members(shape);
    model.hidden = shape.whole("hidden");
    model.vocabulary = shape.optional_whole("vocabulary").value_or(0);
    model.context = shape.optional_whole("context");
    model.tied_embeddings = shape.optional_boolean("tied_embeddings").value_or(false);
    model.causal = shape.optional_boolean("causal").value_or(true);
    model.positions = shape.optional_whole("positions").value_or(0);
    model.embedding_width = shape.optional_whole("embedding_width").value_or(0);
    model.tables = shape.optional_whole("tables").value_or(0);
    model.looks_back = shape.optional_boolean("looks_back").value_or(false);
    model.projections = read_projections(shape);
    read_layers(shape, model);
    shape.done();
    const std::string contradiction = contradiction_in(model);
    if (!contradiction.empty()) record.fail("shape", contradiction);
    read_formats(record, figures, model);
    model.remarks = record.texts("remarks");
    record.done();
    figures.done();
    return model;
}

}  // namespace roofline
