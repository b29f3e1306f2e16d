#include "keys.hpp"

#include "roofline/error/user_error.hpp"

#include "error/suggest.hpp"
#include "harmless_keys.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <array>

namespace roofline::hugging_face {
namespace {

using Words = std::span<const std::string_view>;

constexpr std::array<std::string_view, 70> structural_words{
    "expert",      "moe_",         "mamba",        "ssm",         "state_size", "d_state",
    "conv_",       "recurren",     "lru",          "rwkv",        "kda",        "delta",
    "linear_num",  "linear_key",   "linear_value", "linear_attn", "window",     "local_att",
    "chunk",       "sliding",      "cross_att",    "shared",      "share_",     "cla_",
    "kv_",         "latent",       "_rank",        "per_layer",   "_per_",      "layer_types",
    "block_types", "block_config", "pattern",      "period",      "offset",     "interval",
    "freq",        "idx",          "indices",      "index",       "topk",       "compress",
    "_ratio",      "hc_",          "altup",        "laurel",      "ratio_",     "groups",
    "_layers",     "_heads",       "head_dim",     "_dim",        "_size",      "_width",
    "ffn_mult",    "qkv_mult",     "zero_expert",  "parallel",    "double",     "depth",
    "loops",       "ut_steps",     "mem_blocks",   "word_embed",  "mtp",        "nextn",
    "conv1d",      "_conv",        "multiplier",   "experts_"};

constexpr std::array<std::string_view, 24> harmless_starts{
    "rope_",      "rotary_", "output_",    "return_",   "use_cache",  "use_flash",
    "fuse",       "mm_",     "image_",     "vision_",   "video_",     "audio_",
    "summary_",   "pooler_", "projector_", "tokenizer", "time_step_", "classifier_",
    "_attn_impl", "im_",     "unfreeze_",  "tune_",     "freeze_",    "attn_impl"};

constexpr std::array<std::string_view, 22> harmless_ends{
    "_token_id",   "_token_ids",  "_token_index", "rope_theta", "_eps",         "epsilon",
    "pdrop",       "layerdrop",   "_coef",        "_coeff",     "_dtype",       "_multiplier",
    "_scale",      "_scaling",    "_multipliers", "_bias",      "_placeholder", "_act",
    "_activation", "_layer_norm", "_layernorm",   "_norm"};

constexpr std::array<std::string_view, 8> harmless_parts{
    "dropout", "_init_", "init_std", "_loss", "jitter", "softcap", "initializer", "scoring"};

// Sections of other towers, and of what is read elsewhere.
constexpr std::array<std::string_view, 12> other_sections{
    "vision_config",      "audio_config",        "visual",
    "siglip_config",      "vision_encoder",      "multimodal",
    "projector_config",   "quantization_config", "quantization",
    "compression_config", "generation_config",   "talker_config"};

bool any(Words words, auto&& fits) { return std::ranges::any_of(words, fits); }

bool is_listed(std::string_view key) {
    for (std::size_t at = harmless_keys.find(key); at != std::string_view::npos;
         at = harmless_keys.find(key, at + 1)) {
        const char before = harmless_keys[at - 1];
        const char after = harmless_keys[at + key.size()];
        if ((before == ' ' || before == '\n') && (after == ' ' || after == '\n')) return true;
    }
    return false;
}

// What a reader would leave as it is: nothing, one group, a factor of one, the hidden width again.
bool is_neutral(std::string_view key, const JsonValue& value, double hidden) {
    const auto speaks_of = [&](Words words) {
        return any(words,
                   [&](std::string_view word) { return key.find(word) != std::string_view::npos; });
    };
    constexpr std::array<std::string_view, 4> factors{"group", "factor", "multipl", "ratio"};
    constexpr std::array<std::string_view, 3> sizes{"_size", "_dim", "_width"};
    if (value.is_null()) return true;
    if (const bool* flag = value.boolean()) return !*flag;
    if (const double* number = value.number())
        return *number == 0 || (*number == -1 && key.find("window") != std::string_view::npos) ||
               (*number == 1 && speaks_of(factors)) || (*number == hidden && speaks_of(sizes));
    if (const std::string* text = value.text()) return text->empty();
    if (const auto* list = value.array()) return list->empty();
    return value.object()->empty();
}

bool is_other_section(std::string_view key) {
    return any(other_sections, [&](std::string_view name) { return key == name; });
}

class Reading {
  public:
    Reading(const Config& config, std::span<const std::string> accepted)
        : config_(config), accepted_(accepted) {
        for (const JsonValue* section : config.sections())
            if (const JsonValue* hidden = section->find("hidden_size"))
                if (hidden_ == 0 && hidden->number() != nullptr) hidden_ = *hidden->number();
    }

    std::vector<UnreadKey> run() {
        for (const JsonValue* section : config_.sections()) look_into(*section, "");
        for (const std::string& name : accepted_)
            if (std::ranges::find(unread_, name, &UnreadKey::name) == unread_.end()) refuse(name);
        if (!structural_.empty()) refuse_structural();
        return std::move(unread_);
    }

  private:
    void look_into(const JsonValue& section, const std::string& prefix) {
        for (const JsonMember& member : *section.object()) {
            const std::string name = prefix + member.key;
            const bool nested =
                std::ranges::find(config_.sections(), &member.value) != config_.sections().end();
            if (config_.asked(name) || nested || is_other_section(member.key)) continue;
            if (config_.asked_inside(name) && member.value.object() != nullptr) {
                look_into(member.value, name + ".");
                continue;
            }
            if (!is_neutral(member.key, member.value, hidden_) && !is_harmless(member.key))
                note(name, member);
        }
    }

    void note(const std::string& name, const JsonMember& member) {
        const Location place = locate(config_.document().source, member.key_offset);
        if (std::ranges::find(unread_, name, &UnreadKey::name) == unread_.end())
            unread_.push_back({name, place.line, place.column});
        const bool accepted = std::ranges::find(accepted_, name) != accepted_.end();
        if (looks_structural(member.key) && !accepted) structural_.push_back(unread_.back());
    }

    [[noreturn]] void refuse(const std::string& name) const {
        throw UserError({.code = ErrorCode::unsupported_config,
                         .message = formatted("there is no unread key '{}' to accept", name),
                         .hint =
                             "leave it out of accept_unread_keys: a key that is read, or that is "
                             "not there, cannot be left out",
                         .where = {.file = config_.document().source.name}});
    }

    [[noreturn]] void refuse_structural() const {
        std::vector<std::string> places;
        for (const UnreadKey& key : structural_)
            places.push_back(
                formatted("'{}' (line {}, column {})", key.name, key.line, key.column));
        const bool one = places.size() == 1;
        Location where{.file = config_.document().source.name};
        where.line = structural_.front().line;
        where.column = structural_.front().column;
        throw UserError(
            {.code = ErrorCode::unsupported_config,
             .message = formatted("{} {} not understood, and by {} may change the layers, their "
                                  "weights or what they keep",
                                  join_words(places, "and"), one ? "is" : "are",
                                  one ? "its name" : "their names"),
             .hint = "take out of the file what does not matter, describe the model by hand in a "
                     "file of schema roofline/model/1 (`catalog FILE`), or let a budget leave them "
                     "out by \"accept_unread_keys\"",
             .where = std::move(where)});
    }

    const Config& config_;
    std::span<const std::string> accepted_;
    double hidden_ = 0;
    std::vector<UnreadKey> unread_;
    std::vector<UnreadKey> structural_;
};

}  // namespace

bool looks_structural(std::string_view key) {
    const auto inside = [&](std::string_view word) {
        return key.find(word) != std::string_view::npos;
    };
    return any(structural_words, inside);
}

bool is_harmless(std::string_view key) {
    if (key == "expert_dtype" || key == "mamba_ssm_cache_dtype" || key == "time_step_rank")
        return false;
    if (is_listed(key)) return true;
    constexpr std::array<std::string_view, 12> never{"expert", "lora",   "_rank", "mamba",
                                                     "recurr", "layers", "ffn",   "qkv",
                                                     "kv_m",   "width",  "depth", "repeat"};
    if (any(never, [&](std::string_view word) { return key.find(word) != std::string_view::npos; }))
        return false;
    return any(harmless_starts, [&](std::string_view word) { return key.starts_with(word); }) ||
           any(harmless_ends, [&](std::string_view word) { return key.ends_with(word); }) ||
           any(harmless_parts,
               [&](std::string_view word) { return key.find(word) != std::string_view::npos; });
}

std::vector<UnreadKey> unread_keys(const Config& config, std::span<const std::string> accepted) {
    return Reading(config, accepted).run();
}

}  // namespace roofline::hugging_face
