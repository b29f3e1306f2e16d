#include "import/hugging_face/traits.hpp"
#include "input/json.hpp"
#include "quantized_modules.hpp"
#include "text/formatted.hpp"
#include "weight_storage.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace roofline::hugging_face {
namespace {

constexpr std::array block_parts{Component::attention, Component::dense, Component::experts,
                                 Component::shared_experts};

constexpr const char* counted_alike =
    "modules with a format of their own are counted as the others";

/// What one quantisation section says.
class Section {
  public:
    Section(const JsonValue& value, Config& config, Model& model)
        : value_(value), config_(config), model_(model) {}

    void apply() {
        if (caches_in_fp8(value_)) model_.kv_cache = Precision::fp8;
        try {
            if (!apply_groups()) apply_to_all(storage_of_all());
            apply_layer_table();
            apply_experts_alone();
        } catch (const UnknownMethod& unknown) {
            model_.unread_format = unknown.what + " is a way to quantise new to roofline";
            return;
        }
        name_the_whole();
    }

  private:
    /// A member as a list of names, empty when it is absent; anything else is refused.
    std::vector<std::string> strings(std::string_view name) const {
        std::vector<std::string> result;
        const JsonValue* list = member_in(value_, name);
        if (list == nullptr) return result;
        const auto wrong = [&](const JsonValue& found) {
            config_.refuse(
                "quantization_config",
                formatted("holds '{}', {} where names are expected", name, kind_name(found)));
        };
        if (list->array() == nullptr) wrong(*list);
        for (const JsonValue& item : *list->array()) {
            if (item.text() == nullptr) wrong(item);
            result.push_back(*item.text());
        }
        return result;
    }

    std::vector<std::string> left_out() const {
        std::vector<std::string> names;
        for (const std::string_view key :
             {"ignore", "modules_to_not_convert", "exclude_modules", "llm_int8_skip_modules",
              "exclude", "skip_modules", "linear_weights_not_to_quantize"})
            for (std::string& name : strings(key)) names.push_back(std::move(name));
        // Module names that override: none, or wide.
        for (const std::string_view key : {"dynamic", "extra_config", "layer_quant_config"}) {
            const JsonValue* table = member_in(value_, key);
            if (table == nullptr || table->object() == nullptr) continue;
            for (const JsonMember& entry : *table->object())
                if (entry.key.starts_with("-:") || number_in(entry.value, "bits", 0) >= 16)
                    names.push_back(entry.key);
                else
                    config_.remark(counted_alike);
        }
        for (const JsonMember& member : *value_.object()) {  // mlx: "model.embed_tokens": false
            const bool* kept = member.value.boolean();
            const bool module =
                member.key.find('.') != std::string::npos || member.key == "lm_head";
            if (module && kept != nullptr && !*kept) names.push_back(member.key);
            if (module && member.value.object() != nullptr) config_.remark(counted_alike);
        }
        if (names.empty() && model_.has_experts() && text_in(value_, "quant_method") == "mxfp4")
            names.push_back("self_attn");
        return names;
    }

    Storage storage_of_all() const {
        const std::string algorithm = text_in(value_, "quant_algo");
        const bool mixed = algorithm == "MIXED_PRECISION" || value_.find("quantized_layers");
        // What a table of layers does not name has the format of the method, or none.
        if (mixed && text_in(value_, "quant_method") != "fp8")
            return {.format = model_.published.name};
        return storage_of(value_, model_.hidden);
    }

    void cover(Component part, Storage storage, double wide_share) {
        constexpr double nearly_all = 0.999;
        if (wide_share >= nearly_all) return;
        storage.wide_share = wide_share;
        model_.published.of(part) = storage;
        const auto same = [&](const Coverage& other) {
            return other.storage.format == storage.format;
        };
        auto known = std::ranges::find_if(model_.coverage, same);
        if (known == model_.coverage.end())
            model_.coverage.push_back({.storage = storage, .covers = {part}});
        else if (std::ranges::find(known->covers, part) == known->covers.end())
            known->covers.push_back(part);
    }

    void apply_to_all(const Storage& storage) {
        const bool table = member_in(value_, "quantized_layers") != nullptr;
        const auto names = table ? std::vector<std::string>() : left_out();
        const auto shares = named_shares(names, model_);
        if (row_of(storage.format).bits >= 16) return;
        for (const Component part : block_parts)
            cover(part, storage, shares[static_cast<std::size_t>(part)]);
        const bool of_mlx =
            text_in(value_, "quant_method").empty() && text_in(value_, "quant_algo").empty();
        if (of_mlx || is_true(value_, "include_input_output_embeddings"))
            for (const Component part : {Component::embedding, Component::lm_head})
                if (std::ranges::none_of(
                        names, [&](const std::string& name) { return component_of(name) == part; }))
                    model_.published.of(part) = storage;
    }

    /// compressed-tensors: every group has its format and the modules, or kinds of layers, that it
    /// is for; a group of "Linear" is for all.
    bool apply_groups() {
        const JsonValue* groups = member_in(value_, "config_groups");
        const bool named = !text_in(value_, "quant_algo").empty();
        if (groups == nullptr || named) return false;
        if (groups->object() == nullptr || groups->object()->empty())
            throw UnknownMethod{formatted("{} as config_groups", kind_name(*groups))};
        const auto shares = named_shares(left_out(), model_);
        for (const JsonMember& group : *groups->object()) {
            const Storage storage =
                storage_of_group(group.value, text_in(value_, "format"), model_.hidden);
            for (const Component part : block_parts)
                if (targets(group.value, part))
                    cover(part, storage, shares[static_cast<std::size_t>(part)]);
        }
        return true;
    }

    static bool targets(const JsonValue& group, Component part) {
        const JsonValue* list = member_in(group, "targets");
        if (list == nullptr || list->array() == nullptr || list->array()->empty()) return true;
        return std::ranges::any_of(*list->array(), [&](const JsonValue& item) {
            return item.text() != nullptr &&
                   (*item.text() == "Linear" || component_of(*item.text()) == part);
        });
    }

    /// quantized_layers: module to algorithm, one by one; a part takes its commonest.
    void apply_layer_table() {
        const JsonValue* table = member_in(value_, "quantized_layers");
        if (table == nullptr || table->object() == nullptr) return;
        std::map<Component, std::map<std::string, int>> votes;
        for (const JsonMember& entry : *table->object())
            if (const auto component = component_of(entry.key))
                ++votes[*component][text_in(entry.value, "quant_algo")];
        for (const auto& [component, counts] : votes) {
            const auto most =
                std::ranges::max_element(counts, {}, [](const auto& pair) { return pair.second; });
            cover(component, storage_by_algorithm(most->first), 0);
        }
    }

    /// DeepSeek-V4: routed experts in a format of their own.
    void apply_experts_alone() {
        const std::string algorithm = text_in(value_, "moe_quant_algo");
        const auto type = config_.text({"expert_dtype"});
        if (!model_.has_experts()) return;
        if (!algorithm.empty())
            cover(Component::experts, storage_by_algorithm(algorithm), 0);
        else if (type && *type == "fp4")
            cover(Component::experts, {.format = WeightFormat::mxfp4}, 0);
    }

    /// The format of the part that usually holds most weights.
    void name_the_whole() {
        const bool widens_any = std::ranges::any_of(
            model_.layers, [](const Layer& layer) { return widens(layer.feed_forward); });
        const Component most = model_.has_experts() ? Component::experts
                               : widens_any         ? Component::dense
                                                    : Component::attention;
        model_.published.name = model_.published.of(most).format;
    }

    const JsonValue& value_;
    Config& config_;
    Model& model_;
};

WeightFormat unquantised_format(Config& config) {
    const std::string name = config.text({"torch_dtype", "dtype"}).value_or("");
    if (name == "float32") {
        config.remark("torch_dtype float32: servers load such weights in 16 bits, taken as bf16");
        return WeightFormat::bf16;
    }
    if (name == "float16") return WeightFormat::fp16;
    if (name.empty()) config.remark("no torch_dtype: weights taken as bf16");
    if (!name.empty() && name != "bfloat16")
        config.remark(formatted("torch_dtype '{}' is not known: weights taken as bf16", name));
    return WeightFormat::bf16;
}

}  // namespace

void read_quantization(Config& config, const JsonDocument* side_file, Model& model) {
    model.published.name = unquantised_format(config);
    model.published.by_component.fill({.format = model.published.name});
    constexpr Names sections{"quantization_config", "quantization", "compression_config"};
    const JsonValue* section = config.find(sections);
    if (section == nullptr && side_file != nullptr) section = side_file->root.find("quantization");
    config.find({"expert_dtype"});
    if (section == nullptr) return;
    if (section->object() == nullptr)
        config.refuse("quantization_config",
                      formatted("is {}, not an object", kind_name(*section)));
    Section(*section, config, model).apply();
}

}  // namespace roofline::hugging_face
