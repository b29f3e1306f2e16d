#include "import/hugging_face.hpp"

#include "roofline/error/user_error.hpp"

#include "text/formatted.hpp"
#include "traits.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace roofline {
namespace hugging_face {
namespace {

namespace fs = std::filesystem;

// "X_config.json" has "X_hf_quant_config.json" beside it, "config.json" has "hf_quant_config.json".
std::optional<JsonDocument> read_side_file(const fs::path& config_path) {
    constexpr std::string_view ending = "config.json";
    const std::string name = config_path.filename().string();
    if (!name.ends_with(ending)) return std::nullopt;
    const fs::path side = config_path.parent_path() /
                          (name.substr(0, name.size() - ending.size()) + "hf_quant_config.json");
    std::error_code error;
    if (!fs::is_regular_file(side, error)) return std::nullopt;
    return parse_json(read_source(side.string(), FileRole::model), JsonDialect::lenient);
}

std::size_t count_layers(Config& config) {
    constexpr double most = 10'000;
    const std::string pattern = hybrid_pattern(config);
    if (!pattern.empty() && config.find({"num_hidden_layers"}) == nullptr) return pattern.size();
    const double layers = config.required({"num_hidden_layers", "n_layer", "n_layers"});
    if (layers > most) config.refuse("num_hidden_layers", formatted("is more than {}", most));
    if (layers != std::floor(layers))
        config.refuse("num_hidden_layers", formatted("is {}, no whole number", layers));
    return static_cast<std::size_t>(layers);
}

// Traits that change the work in a way that is not modelled: refused, never guessed away.
void refuse_unknown_traits(Config& config) {
    const auto refuse_if = [&](std::string_view name, std::string_view why) {
        const JsonValue* found = config.find({name});
        const bool zero = found != nullptr && found->number() != nullptr && *found->number() == 0;
        if (found != nullptr && !zero) config.refuse(name, std::string(why));
    };
    refuse_if("compress_ratios", "(compressed caches) is not modelled yet");
    refuse_if("block_configs", "(layers of differing shapes) is not modelled yet");
    refuse_if("num_kv_shared_layers", "(layers that share a cache) is not modelled yet");
    refuse_if("hidden_size_per_layer_input", "(embeddings per layer) is not modelled yet");
    for (const std::string_view name : {"use_double_wide_mlp", "is_encoder_decoder"})
        if (config.flag({name}).value_or(false)) config.refuse(name, "is not modelled yet");
}

bool same_shape(const Layer& a, const Layer& b) {
    return a.mixer == b.mixer && a.feed_forward == b.feed_forward;
}

std::vector<Layer> group_layers(const std::vector<Mixer>& mixers,
                                const std::vector<FeedForward>& blocks) {
    std::vector<Layer> layers;
    for (std::size_t i = 0; i < mixers.size(); ++i) {
        const Layer layer{.count = 1, .mixer = mixers[i], .feed_forward = blocks[i]};
        const auto known = std::ranges::find_if(
            layers, [&](const Layer& other) { return same_shape(layer, other); });
        if (known == layers.end())
            layers.push_back(layer);
        else
            ++known->count;
    }
    return layers;
}

void add_remarks(Config& config, const Family& family, Model& model) {
    if (config.find({"tie_word_embeddings"}) == nullptr && model.vocabulary > 0)
        config.remark(formatted("no tie_word_embeddings: taken as {}, this family's default",
                                family.tied_by_default));
    if (config.find({"num_nextn_predict_layers", "num_mtp_modules", "mtp_num_hidden_layers"}) !=
        nullptr)
        config.remark("multi-token-prediction layers are not counted");
    if (config.find({"vision_config", "visual", "mm_vision_tower"}) != nullptr)
        config.remark("the vision tower is not counted");
    if (config.find({"audio_config"}) != nullptr) config.remark("the audio tower is not counted");
    if (!is_known_family(model.family))
        config.remark(
            formatted("model_type '{}' is new to roofline: taken as a causal decoder with "
                      "gated feed-forwards",
                      model.family));
    for (const std::string& note : config.document().source.notes) config.remark(note);
    const auto unread = config.unread_keys();
    if (!unread.empty())
        config.remark(formatted("keys not understood, and left out: {}", joined(unread, ", ")));
    model.remarks = config.take_remarks();
}

void refuse_contradictions(const JsonDocument& document, const Model& model) {
    const std::string why = contradiction_in(model);
    if (!why.empty())
        throw UserError({.code = ErrorCode::unsupported_config,
                         .message = "the shapes contradict each other: " + why,
                         .where = {.file = document.source.name}});
}

Model read(const JsonDocument& document, const JsonDocument* side_file) {
    Config config(document);
    Model model;
    model.id = model.name = document.source.name;
    model.family = config.family();
    const Family family = family_of(model.family);
    model.hidden = config.required({"hidden_size", "n_embd", "n_embed", "d_model", "dim"});
    const Frame frame{.layers = count_layers(config), .hidden = model.hidden, .family = family};
    config.required({"num_attention_heads", "n_head", "n_heads"});
    config.refuse_missing();
    refuse_unknown_traits(config);
    model.context = config.number(
        {"max_position_embeddings", "n_positions", "n_ctx", "seq_length", "max_sequence_length"});
    model.causal = family.causal || config.flag({"is_decoder"}).value_or(false);
    model.vocabulary = model.causal
                           ? config.required({"vocab_size", "n_vocab", "padded_vocab_size"})
                           : config.number({"vocab_size"}).value_or(0);
    if (family.learned_positions) model.positions = model.context.value_or(0);
    model.tied_embeddings = config.flag({"tie_word_embeddings"}).value_or(family.tied_by_default);
    model.layers = group_layers(read_mixers(config, frame), read_feed_forwards(config, frame));
    config.refuse_missing();
    refuse_contradictions(document, model);
    read_quantization(config, side_file, model);
    model.from = {.source = document.source.name, .confidence = Confidence::primary};
    add_remarks(config, family, model);
    return model;
}

}  // namespace
}  // namespace hugging_face

Model read_hugging_face(const std::string& path) {
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::path file =
        fs::is_directory(path, error) ? fs::path(path) / "config.json" : fs::path(path);
    const JsonDocument document =
        parse_json(read_source(file.string(), FileRole::model), JsonDialect::lenient);
    if (document.root.object() == nullptr)
        throw UserError({.code = ErrorCode::unsupported_config,
                         .message = formatted("a model configuration is an object, this is {}",
                                              kind_name(document.root)),
                         .where = {.file = document.source.name}});
    const auto side_file = hugging_face::read_side_file(file);
    Model model = hugging_face::read(document, side_file ? &*side_file : nullptr);
    model.id = model.name = path;
    return model;
}

}  // namespace roofline
