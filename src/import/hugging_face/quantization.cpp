#include "input/json.hpp"
#include "quantized_modules.hpp"
#include "text/formatted.hpp"
#include "traits.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

namespace roofline::hugging_face {
namespace {

constexpr std::array block_parts{Component::attention, Component::dense, Component::experts,
                                 Component::shared_experts};

std::string text_of(const JsonValue* value) {
    return value == nullptr || value->text() == nullptr ? std::string() : *value->text();
}

double number_of(const JsonValue* value, double otherwise) {
    return value == nullptr || value->number() == nullptr ? otherwise : *value->number();
}

bool is_absent(const JsonValue* value) { return value == nullptr || value->is_null(); }

std::string upper(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

/// What one quantisation section says.
struct Section {
    const JsonValue* value;
    Config& config;
    Model& model;

    const JsonValue* member(std::string_view name) const { return value->find(name); }

    /// The member as a list of names, empty when it is absent; anything else is refused.
    std::vector<std::string> strings(std::string_view name) const {
        std::vector<std::string> result;
        const JsonValue* list = member(name);
        if (is_absent(list)) return result;
        const auto wrong = [&](const JsonValue& found) {
            config.refuse(
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

    [[noreturn]] void refuse(const std::string& what) const {
        config.refuse("quantization_config", what + " is a way to quantise new to roofline");
    }

    Storage integer(double bits, double group) const {
        const double per_column = model.hidden;
        const double size = group < 0 ? per_column : group;
        if (bits == 8) return {.format = WeightFormat::int8};
        if (bits == 4) return {.format = WeightFormat::int4, .group = size};
        if (bits == 3) return {.format = WeightFormat::int3, .group = size};
        refuse(formatted("{}-bit integer", bits));
    }

    Storage floating(double bits, double group) const {
        if (bits == 8) return {.format = group > 1 ? WeightFormat::fp8_block : WeightFormat::fp8};
        if (bits == 4) return {.format = group == 32 ? WeightFormat::mxfp4 : WeightFormat::nvfp4};
        refuse(formatted("{}-bit floating point", bits));
    }

    Storage by_algorithm(const std::string& name) const {
        const std::string algorithm = upper(name);
        if (algorithm.find("NVFP4") != std::string::npos) return {.format = WeightFormat::nvfp4};
        if (algorithm.find("MXFP4") != std::string::npos) return {.format = WeightFormat::mxfp4};
        if (algorithm.starts_with("FP8")) return {.format = WeightFormat::fp8};
        if (algorithm.find("INT4") != std::string::npos ||
            algorithm.find("W4A16") != std::string::npos)
            return {.format = WeightFormat::int4};
        refuse("'" + name + "'");
    }

    Storage by_group(const JsonValue& group) const {
        const JsonValue* weights = group.find("weights");
        if (is_absent(weights)) refuse("a group without weights");
        const std::string format = text_of(group.find("format")) + text_of(member("format"));
        const double bits = number_of(weights->find("num_bits"), 0);
        const double size = number_of(weights->find("group_size"), 0);
        Storage storage = format.find("mxfp4") != std::string::npos
                              ? Storage{.format = WeightFormat::mxfp4}
                          : text_of(weights->find("type")) == "float" ? floating(bits, size)
                                                                      : integer(bits, size);
        storage.weight_only = is_absent(group.find("input_activations"));
        return storage;
    }

    /// compressed-tensors: `config_groups` say bits, type and group size, all of them the same.
    std::optional<Storage> by_groups() const {
        const JsonValue* groups = member("config_groups");
        if (is_absent(groups)) return std::nullopt;
        if (groups->object() == nullptr || groups->object()->empty())
            refuse(formatted("{} as config_groups", kind_name(*groups)));
        const Storage first = by_group(groups->object()->front().value);
        for (const JsonMember& group : *groups->object())
            if (by_group(group.value) != first) refuse("a mixture of config_groups");
        return first;
    }

    Storage storage() const {
        const std::string method = text_of(member("quant_method"));
        if (method == "awq" || method == "gptq") {
            const double bits = number_of(member("bits"), number_of(member("w_bit"), 4));
            const double group =
                number_of(member("group_size"), number_of(member("q_group_size"), 128));
            Storage storage = integer(bits, group);
            storage.weight_only = true;
            return storage;
        }
        if (method == "mxfp4") return {.format = WeightFormat::mxfp4};
        if (method == "bitsandbytes") {
            constexpr double blocks_of = 64;  // one absmax for 64 weights
            const JsonValue* eight = member("load_in_8bit");
            const bool wide = eight != nullptr && eight->boolean() != nullptr && *eight->boolean();
            Storage storage = integer(wide ? 8 : 4, blocks_of);
            storage.weight_only = true;
            return storage;
        }
        const std::string algorithm = text_of(member("quant_algo"));
        if (!algorithm.empty() && algorithm != "MIXED_PRECISION") return by_algorithm(algorithm);
        if (const auto grouped = by_groups()) return *grouped;
        if (method == "fp8") {
            const JsonValue* block = member("weight_block_size");
            return {.format = block == nullptr || block->is_null() ? WeightFormat::fp8
                                                                   : WeightFormat::fp8_block};
        }
        refuse(method.empty() ? "an unnamed method" : "'" + method + "'");
    }

    std::vector<std::string> left_out() const {
        for (const std::string_view name :
             {"ignore", "modules_to_not_convert", "exclude_modules", "llm_int8_skip_modules"})
            if (auto names = strings(name); !names.empty()) return names;
        return {};
    }

    /// quantized_layers: module to algorithm, one by one; a part takes its commonest.
    void apply_layer_table(const JsonValue& table) const {
        std::map<Component, std::map<std::string, int>> votes;
        for (const JsonMember& entry : *table.object()) {
            const auto component = component_of(entry.key);
            if (component) ++votes[*component][text_of(entry.value.find("quant_algo"))];
        }
        for (const auto& [component, counts] : votes) {
            const auto most =
                std::ranges::max_element(counts, {}, [](const auto& pair) { return pair.second; });
            model.published.of(component) = by_algorithm(most->first);
        }
        const Storage& experts = model.published.of(Component::experts);
        const Storage& attention = model.published.of(Component::attention);
        model.published.name = row_of(experts.format).bits < row_of(attention.format).bits
                                   ? experts.format
                                   : attention.format;
    }

    void apply() const {
        const JsonValue* table = member("quantized_layers");
        if (table != nullptr && table->object() != nullptr && !table->object()->empty())
            return apply_layer_table(*table);
        const Storage stored = storage();
        const auto excluded = excluded_parts(left_out(), model);
        Coverage coverage{.storage = stored, .covers = {}};
        for (const Component part : block_parts)
            if (!excluded.contains(part)) coverage.covers.push_back(part);
        for (const Component part : coverage.covers) model.published.of(part) = stored;
        model.published.name = stored.format;
        model.coverage.push_back(std::move(coverage));
    }

    void read_cache_format() const {
        const JsonValue* scheme = member("kv_cache_scheme");
        const bool eight_bits = scheme != nullptr && number_of(scheme->find("num_bits"), 16) == 8;
        const std::string name = upper(text_of(scheme) + text_of(member("kv_cache_quant_algo")));
        if (eight_bits || name.find("FP8") != std::string::npos) model.kv_cache = Precision::fp8;
    }
};

WeightFormat unquantised_format(Config& config) {
    const std::string name = config.text({"torch_dtype", "dtype"}).value_or("");
    if (name == "float32") return WeightFormat::fp32;
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
    const JsonValue* section = config.find({"quantization_config"});
    if (section == nullptr && side_file != nullptr) section = side_file->root.find("quantization");
    if (section == nullptr) return;
    if (section->object() == nullptr)
        config.refuse("quantization_config",
                      formatted("is {}, not an object", kind_name(*section)));
    const Section reader{.value = section, .config = config, .model = model};
    reader.apply();
    reader.read_cache_format();
}

}  // namespace roofline::hugging_face
