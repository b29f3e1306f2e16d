#include "figure_reader.hpp"
#include "input/json_object.hpp"
#include "readers.hpp"
#include "text/formatted.hpp"

#include <array>

namespace roofline {
namespace {

Window read_window(JsonObject& mixer) {
    const auto sliding = mixer.optional_whole("sliding_window");
    const auto chunk = mixer.optional_whole("chunk");
    if (sliding && chunk) mixer.fail("chunk", "a layer has a sliding window or chunks, not both");
    if (sliding) return {.reach = Reach::sliding, .tokens = *sliding};
    if (chunk) return {.reach = Reach::chunked, .tokens = *chunk};
    return {};
}

GroupedQuery read_grouped_query(JsonObject& mixer) {
    GroupedQuery attention{.heads = mixer.whole("heads"),
                           .kv_heads = mixer.whole("kv_heads"),
                           .head_dim = mixer.whole("head_dim")};
    attention.value_dim = mixer.optional_whole("value_dim").value_or(attention.head_dim);
    attention.window = read_window(mixer);
    attention.output_gate = mixer.optional_boolean("output_gate").value_or(false);
    attention.keys_are_values = mixer.optional_boolean("keys_are_values").value_or(false);
    return attention;
}

LatentAttention read_latent(JsonObject& mixer) {
    LatentAttention attention{.heads = mixer.whole("heads"),
                              .query_rank = mixer.optional_whole("query_rank").value_or(0),
                              .kv_rank = mixer.whole("kv_rank"),
                              .nope_dim = mixer.whole("nope_dim"),
                              .rope_dim = mixer.whole("rope_dim"),
                              .value_dim = mixer.whole("value_dim")};
    attention.output_gate = mixer.optional_boolean("output_gate").value_or(false);
    if (auto indexer = mixer.optional_object("indexer")) {
        attention.indexer = SparseIndexer{.heads = indexer->optional_whole("heads").value_or(0),
                                          .head_dim = indexer->whole("head_dim"),
                                          .top_k = indexer->whole("top_k")};
        indexer->done();
    }
    return attention;
}

LinearAttention read_linear(JsonObject& mixer) {
    return {.key_heads = mixer.whole("key_heads"),
            .key_dim = mixer.whole("key_dim"),
            .value_heads = mixer.whole("value_heads"),
            .value_dim = mixer.whole("value_dim"),
            .conv_kernel = mixer.whole("conv_kernel")};
}

StateSpace read_state_space(JsonObject& mixer) {
    return {.heads = mixer.whole("heads"),
            .head_dim = mixer.whole("head_dim"),
            .groups = mixer.whole("groups"),
            .state_dim = mixer.whole("state_dim"),
            .conv_kernel = mixer.whole("conv_kernel")};
}

Mixer read_mixer(JsonObject& layer) {
    auto mixer = layer.optional_object("mixer");
    if (!mixer) return {};
    constexpr std::array<std::string_view, 4> kinds{"grouped_query", "latent", "linear",
                                                    "state_space"};
    Mixer result;
    switch (mixer->choice("kind", kinds)) {
        case 0:
            result = read_grouped_query(*mixer);
            break;
        case 1:
            result = read_latent(*mixer);
            break;
        case 2:
            result = read_linear(*mixer);
            break;
        default:
            result = read_state_space(*mixer);
    }
    mixer->done();
    return result;
}

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
                                  .latent = block->optional_whole("latent").value_or(0)};
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

void read_layers(JsonObject& record, Model& model) {
    for (JsonObject& layer : record.objects("layers")) {
        model.layers.push_back({.count = layer.whole("count"),
                                .mixer = read_mixer(layer),
                                .feed_forward = read_feed_forward(layer)});
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
    model.id = record.text("id");
    model.name = record.text("name");
    model.aliases = record.texts("aliases");
    model.family = record.text("family");
    JsonObject shape = record.object("shape");
    model.from = figures.provenance_of_members(shape);
    model.hidden = shape.whole("hidden");
    model.vocabulary = shape.optional_whole("vocabulary").value_or(0);
    model.context = shape.optional_whole("context");
    model.tied_embeddings = shape.optional_boolean("tied_embeddings").value_or(false);
    model.causal = shape.optional_boolean("causal").value_or(true);
    model.positions = shape.optional_whole("positions").value_or(0);
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
