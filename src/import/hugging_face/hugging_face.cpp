#include "import/hugging_face.hpp"

#include "roofline/error/user_error.hpp"

#include "keys.hpp"
#include "text/formatted.hpp"
#include "traits.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

namespace roofline {
namespace hugging_face {
namespace {

namespace fs = std::filesystem;

// "X_config.json" has "X_hf_quant_config.json" beside it, "config.json" has "hf_quant_config.json".
std::optional<Source> read_side_file(const fs::path& config_path) {
    constexpr std::string_view ending = "config.json";
    const std::string name = config_path.filename().string();
    if (!name.ends_with(ending)) return std::nullopt;
    const fs::path side = config_path.parent_path() /
                          (name.substr(0, name.size() - ending.size()) + "hf_quant_config.json");
    std::error_code error;
    if (!fs::is_regular_file(side, error)) return std::nullopt;
    return read_source(side.string(), FileRole::model);
}

constexpr Names layer_names{"num_hidden_layers", "n_layer", "n_layers", "num_layers",
                            "num_transformer_layers"};
constexpr Names hidden_names{"hidden_size", "n_embd", "n_embed", "d_model", "dim", "model_dim"};
constexpr Names context_names{"max_position_embeddings",
                              "n_positions",
                              "n_ctx",
                              "seq_length",
                              "max_sequence_length",
                              "max_seq_len",
                              "model_max_length",
                              "max_context_length"};
constexpr Names vocabulary_names{"vocab_size", "n_vocab", "padded_vocab_size"};
constexpr Names tied_names{"tie_word_embeddings",       "tie_embedding",   "tie_embeddings",
                           "share_input_output_layers", "tied_embeddings", "weight_tying"};

// A section of its own may leave out what is as its class has it.
double required(Config& config, const Names& names, double of_class, std::string_view family) {
    const auto given = config.number(names);
    if (given || of_class == 0 || !config.is_nested()) return config.required(names);
    config.remark(formatted("no {}: {} as in the class of '{}'", *names.begin(), of_class, family));
    return of_class;
}

std::size_t count_layers(Config& config, const Family& family) {
    constexpr double most = 10'000;
    const std::string pattern = hybrid_pattern(config);
    if (!pattern.empty() && !config.has(layer_names)) return pattern.size();
    const double layers = required(config, layer_names, family.defaults.layers, family.model_type);
    if (layers > most) config.refuse("num_hidden_layers", formatted("is more than {}", most));
    if (layers != std::floor(layers))
        config.refuse("num_hidden_layers", formatted("is {}, no whole number", layers));
    return static_cast<std::size_t>(layers);
}

// What is not modelled is refused for what it is, never guessed away.
void refuse_unmodelled(Config& config, const Family& family) {
    for (const std::string_view name : {"is_encoder_decoder", "add_cross_attention"})
        if (config.flag({name}).value_or(false))
            config.refuse(name,
                          formatted("is true: it {}, which is not modelled", encoder_decoder));
    if (!family.not_modelled.empty())
        config.refuse("model_type", formatted("'{}' {}, which is not modelled", family.model_type,
                                              family.not_modelled));
}

bool same_shape(const Layer& a, const Layer& b) {
    return a.mixers == b.mixers && a.feed_forward == b.feed_forward &&
           a.projections == b.projections && a.stored == 0 && b.stored == 0;
}

std::vector<Layer> grouped(const std::vector<Layer>& each) {
    std::vector<Layer> layers;
    for (const Layer& layer : each) {
        const auto known = std::ranges::find_if(
            layers, [&](const Layer& other) { return same_shape(layer, other); });
        if (known == layers.end())
            layers.push_back(layer);
        else
            known->count += layer.count;
    }
    return layers;
}

// Bodies of decoders that embed or classify: one pass, and no lm_head.
bool writes(Config& config) {
    const std::vector<std::string> classes = config.texts({"architectures"});
    constexpr std::array<std::string_view, 6> stems{"Llama", "Mistral", "Mixtral",
                                                    "Qwen2", "Qwen3",   "Gemma"};
    const auto is_body = [&](const std::string& name) {
        return name.ends_with("Model") && name.find("LMHead") == std::string::npos &&
               std::ranges::any_of(stems, [&](auto stem) { return name.starts_with(stem); });
    };
    return std::ranges::none_of(classes, [&](const std::string& name) {
        return name.ends_with("ForSequenceClassification") ||
               name.ends_with("ForTokenClassification") || is_body(name);
    });
}

void read_direction(Config& config, const Family& family, Model& model) {
    const JsonValue* both_ways = config.find({"use_bidirectional_attention"});
    const bool encodes =
        both_ways != nullptr && both_ways->boolean() != nullptr && *both_ways->boolean();
    const bool decodes = family.causal || config.flag({"is_decoder"}).value_or(false);
    const bool masked = config.flag({"causal"}).value_or(decodes) && !encodes;
    const bool heads_out = writes(config);
    model.causal = masked && heads_out;
    model.looks_back = masked && !heads_out;
    if (model.looks_back) config.remark("an embedder or classifier: one pass, no lm_head");
}

void read_ends(Config& config, const Family& family, Model& model) {
    model.context = config.number(context_names);
    read_direction(config, family, model);
    model.vocabulary = model.causal ? required(config, vocabulary_names, family.defaults.vocabulary,
                                               family.model_type)
                                    : config.number(vocabulary_names).value_or(0);
    if (const auto multiple = config.number({"pad_vocab_size_multiple"}); multiple && *multiple > 1)
        model.vocabulary = std::ceil(model.vocabulary / *multiple) * *multiple;
    const bool alibi = config.flag({"alibi", "attn_config.alibi"}).value_or(false);
    const bool learned = config.flag({"learned_pos_emb"}).value_or(family.learned_positions);
    if (learned && !alibi) model.positions = model.context.value_or(0);
    const bool by_default = config.has({"ssm_cfg"}) || family.tied_by_default;
    model.tied_embeddings = config.flag(tied_names).value_or(by_default) || !model.causal;
    if (!config.has(tied_names) && model.vocabulary > 0 && model.causal)
        config.remark(formatted("no tie_word_embeddings: taken as {}, this family's default",
                                model.tied_embeddings));
}

void add_remarks(Config& config, Model& model) {
    if (config.number({"num_nextn_predict_layers", "num_mtp_modules", "mtp_num_hidden_layers"})
            .value_or(0) > 0)
        config.remark("multi-token-prediction layers are not counted");
    config.find({"mtp_transformer_layers", "use_mtp", "mtp_hybrid_override_pattern",
                 "mtp_layers_block_type", "mtp_use_dedicated_embeddings"});
    if (config.has({"vision_config", "visual", "mm_vision_tower", "vision_encoder"}))
        config.remark("the vision tower is not counted");
    if (config.has({"audio_config", "multimodal"})) config.remark("the audio tower is not counted");
    if (!is_known_family(model.family))
        config.remark(
            formatted("model_type '{}' is new to roofline: taken as a causal decoder with "
                      "gated feed-forwards",
                      model.family));
    for (const std::string& note : config.document().source.notes) config.remark(note);
    model.remarks = config.take_remarks();
}

void refuse_contradictions(const JsonDocument& document, const Model& model) {
    const std::string why = contradiction_in(model);
    if (!why.empty())
        throw UserError({.code = ErrorCode::unsupported_config,
                         .message = "the shapes contradict each other: " + why,
                         .where = {.file = document.source.name}});
}

Model read(const JsonDocument& document, const JsonDocument* side_file,
           std::span<const std::string> accepted) {
    Config config(document);
    Model model;
    model.id = model.name = document.source.name;
    model.family = config.family();
    const Family family = family_of(model.family);
    refuse_unmodelled(config, family);
    model.hidden = required(config, hidden_names, family.defaults.hidden, model.family);
    const Frame frame{
        .layers = count_layers(config, family), .hidden = model.hidden, .family = family};
    config.refuse_missing();
    read_ends(config, family, model);
    const auto mixers = read_mixers(config, frame);
    const auto blocks = read_feed_forwards(config, frame);
    config.refuse_missing();
    for (std::size_t i = 0; i < frame.layers; ++i)
        model.layers.push_back({.mixers = mixers[i], .feed_forward = blocks[i]});
    add_extras(config, frame, model);
    config.refuse_missing();
    refuse_contradictions(document, model);
    read_quantization(config, side_file, model);  // names layers by their numbers
    model.layers = grouped(model.layers);
    model.from = {.source = document.source.name, .confidence = Confidence::primary};
    add_remarks(config, model);
    model.unread = unread_keys(config, accepted);
    return model;
}

}  // namespace
}  // namespace hugging_face

Model read_hugging_face(Source config, std::optional<Source> side_file,
                        std::span<const std::string> accepted) {
    const JsonDocument document = parse_json(std::move(config), JsonDialect::lenient);
    if (document.root.object() == nullptr)
        throw UserError({.code = ErrorCode::unsupported_config,
                         .message = formatted("a model configuration is an object, this is {}",
                                              kind_name(document.root)),
                         .where = {.file = document.source.name}});
    if (!side_file) return hugging_face::read(document, nullptr, accepted);
    const JsonDocument beside = parse_json(std::move(*side_file), JsonDialect::lenient);
    return hugging_face::read(document, &beside, accepted);
}

Model read_hugging_face(const std::string& path, std::span<const std::string> accepted) {
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::path file =
        fs::is_directory(path, error) ? fs::path(path) / "config.json" : fs::path(path);
    Source config = read_source(file.string(), FileRole::model);
    Model model =
        read_hugging_face(std::move(config), hugging_face::read_side_file(file), accepted);
    model.id = model.name = path;
    return model;
}

}  // namespace roofline
