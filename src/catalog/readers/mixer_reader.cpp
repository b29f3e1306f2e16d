#include "mixer_reader.hpp"

#include <array>
#include <utility>

namespace roofline {
namespace {

double count_or_none(JsonObject& mixer, std::string_view key) {
    return mixer.optional_whole(key).value_or(0);
}

bool flag(JsonObject& mixer, std::string_view key) {
    return mixer.optional_boolean(key).value_or(false);
}

Window read_window(JsonObject& mixer) {
    const auto sliding = mixer.optional_whole("sliding_window");
    const auto chunk = mixer.optional_whole("chunk");
    if (sliding && chunk) mixer.fail("chunk", "a layer has a sliding window or chunks, not both");
    if (sliding) return {.reach = Reach::sliding, .tokens = *sliding};
    if (chunk) return {.reach = Reach::chunked, .tokens = *chunk};
    return {};
}

std::optional<SparseIndexer> read_indexer(JsonObject& mixer) {
    auto record = mixer.optional_object("indexer");
    if (!record) return std::nullopt;
    SparseIndexer indexer{.heads = count_or_none(*record, "heads"),
                          .head_dim = record->whole("head_dim"),
                          .top_k = record->whole("top_k")};
    if (flag(*record, "keys_like_cache")) indexer.keys.reset();
    record->done();
    return indexer;
}

Mixer read_grouped_query(JsonObject& mixer) {
    GroupedQuery attention{.heads = mixer.whole("heads"),
                           .kv_heads = mixer.whole("kv_heads"),
                           .head_dim = mixer.whole("head_dim")};
    attention.value_dim = mixer.optional_whole("value_dim").value_or(attention.head_dim);
    attention.window = read_window(mixer);
    attention.output_gate = flag(mixer, "output_gate");
    attention.keys_are_values = flag(mixer, "keys_are_values");
    attention.head_gate = flag(mixer, "head_gate");
    attention.query_rank = count_or_none(mixer, "query_rank");
    attention.inputs = count_or_none(mixer, "inputs");
    attention.score_products = mixer.optional_whole("score_products").value_or(1);
    attention.indexer = read_indexer(mixer);
    constexpr std::array<std::string_view, 3> sources{"own", "earlier", "image"};
    if (mixer.find("keys") != nullptr)
        attention.keys = static_cast<Keys>(mixer.choice("keys", sources));
    return attention;
}

Mixer read_latent(JsonObject& mixer) {
    LatentAttention attention{.heads = mixer.whole("heads"),
                              .query_rank = count_or_none(mixer, "query_rank"),
                              .kv_rank = mixer.whole("kv_rank"),
                              .nope_dim = mixer.whole("nope_dim"),
                              .rope_dim = mixer.whole("rope_dim"),
                              .value_dim = mixer.whole("value_dim")};
    attention.output_gate = flag(mixer, "output_gate");
    attention.indexer = read_indexer(mixer);
    return attention;
}

Mixer read_compressed(JsonObject& mixer) {
    CompressedAttention attention{.heads = mixer.whole("heads"),
                                  .head_dim = mixer.whole("head_dim"),
                                  .query_rank = mixer.whole("query_rank"),
                                  .output_rank = mixer.whole("output_rank"),
                                  .output_groups = mixer.whole("output_groups"),
                                  .window = mixer.whole("window"),
                                  .ratio = count_or_none(mixer, "ratio")};
    attention.indexer = read_indexer(mixer);
    return attention;
}

Mixer read_linear(JsonObject& mixer) {
    LinearAttention attention{.key_heads = mixer.whole("key_heads"),
                              .key_dim = mixer.whole("key_dim"),
                              .value_heads = mixer.whole("value_heads"),
                              .value_dim = mixer.whole("value_dim"),
                              .conv_kernel = count_or_none(mixer, "conv_kernel")};
    constexpr std::array<std::string_view, 3> decays{"head", "channel", "constant"};
    if (mixer.find("decay") != nullptr)
        attention.decay = static_cast<Decay>(mixer.choice("decay", decays));
    attention.gate_rank = count_or_none(mixer, "gate_rank");
    return attention;
}

Mixer read_state_space(JsonObject& mixer) {
    return StateSpace{.heads = mixer.whole("heads"),
                      .head_dim = mixer.whole("head_dim"),
                      .groups = mixer.whole("groups"),
                      .state_dim = mixer.whole("state_dim"),
                      .conv_kernel = mixer.whole("conv_kernel")};
}

Mixer read_selective_state(JsonObject& mixer) {
    SelectiveState state{.channels = mixer.whole("channels"),
                         .state_dim = mixer.whole("state_dim"),
                         .step_rank = mixer.whole("step_rank")};
    state.steps = mixer.optional_whole("steps").value_or(state.channels);
    state.conv_kernel = mixer.whole("conv_kernel");
    return state;
}

Mixer read_gated_recurrence(JsonObject& mixer) {
    return GatedRecurrence{.channels = mixer.whole("channels"),
                           .blocks = mixer.whole("blocks"),
                           .conv_kernel = mixer.whole("conv_kernel")};
}

Mixer read_convolution(JsonObject& mixer) {
    return ShortConvolution{.channels = mixer.whole("channels"),
                            .conv_kernel = mixer.whole("conv_kernel")};
}

Mixer read_weighted_key_value(JsonObject& mixer) {
    return WeightedKeyValue{.heads = mixer.whole("heads"),
                            .head_dim = mixer.whole("head_dim"),
                            .projections = mixer.whole("projections"),
                            .low_ranks = mixer.whole("low_ranks")};
}

struct KindRow {
    std::string_view name;
    Mixer (*read)(JsonObject&);
};

constexpr std::array rows{KindRow{"grouped_query", read_grouped_query},
                          KindRow{"latent", read_latent},
                          KindRow{"compressed", read_compressed},
                          KindRow{"linear", read_linear},
                          KindRow{"state_space", read_state_space},
                          KindRow{"selective_state", read_selective_state},
                          KindRow{"gated_recurrence", read_gated_recurrence},
                          KindRow{"convolution", read_convolution},
                          KindRow{"weighted_key_value", read_weighted_key_value}};

Mixer read_mixer(JsonObject& mixer) {
    std::array<std::string_view, rows.size()> names;
    for (std::size_t i = 0; i < rows.size(); ++i) names[i] = rows[i].name;
    Mixer result = rows[mixer.choice("kind", names)].read(mixer);
    mixer.done();
    return result;
}

}  // namespace

std::vector<Mixer> read_mixers(JsonObject& layer) {
    std::vector<Mixer> mixers;
    if (auto one = layer.optional_object("mixer")) mixers.push_back(read_mixer(*one));
    for (JsonObject& mixer : layer.objects("mixers")) mixers.push_back(read_mixer(mixer));
    return mixers;
}

}  // namespace roofline
