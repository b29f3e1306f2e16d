#include "roofline/input/json.hpp"

#include "quantized_modules.hpp"
#include "text/formatted.hpp"
#include "traits.hpp"

#include <algorithm>
#include <cctype>
#include <map>

namespace roofline::hugging_face {
namespace {

using Parts = std::vector<Component>;
const Parts block_parts{Component::attention, Component::dense, Component::experts,
                        Component::shared_experts};

std::vector<std::string> strings_of(const JsonValue* list) {
    std::vector<std::string> result;
    if (list == nullptr || list->array() == nullptr) return result;
    for (const JsonValue& item : *list->array())
        if (item.text() != nullptr) result.push_back(*item.text());
    return result;
}

std::string text_of(const JsonValue* value) {
    return value == nullptr || value->text() == nullptr ? std::string() : *value->text();
}

double number_of(const JsonValue* value, double otherwise) {
    return value == nullptr || value->number() == nullptr ? otherwise : *value->number();
}

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

    /// compressed-tensors: the first group of `config_groups` says bits, type and group size.
    std::optional<Storage> by_groups() const {
        const JsonValue* groups = member("config_groups");
        if (groups == nullptr || groups->object() == nullptr || groups->object()->empty())
            return std::nullopt;
        const JsonValue* weights = groups->object()->front().value.find("weights");
        if (weights == nullptr) return std::nullopt;
        const double bits = number_of(weights->find("num_bits"), 0);
        const double group = number_of(weights->find("group_size"), 0);
        const std::string format =
            text_of(groups->object()->front().value.find("format")) + text_of(member("format"));
        if (format.find("mxfp4") != std::string::npos)
            return Storage{.format = WeightFormat::mxfp4};
        return text_of(weights->find("type")) == "float" ? floating(bits, group)
                                                         : integer(bits, group);
    }

    Storage storage() const {
        const std::string method = text_of(member("quant_method"));
        if (method == "awq" || method == "gptq") {
            const double bits = number_of(member("bits"), number_of(member("w_bit"), 4));
            const double group =
                number_of(member("group_size"), number_of(member("q_group_size"), 128));
            return integer(bits, group);
        }
        if (method == "mxfp4") return {.format = WeightFormat::mxfp4};
        if (method == "bitsandbytes") {
            constexpr double blocks_of = 64;  // one absmax for 64 weights
            const JsonValue* eight = member("load_in_8bit");
            const bool wide = eight != nullptr && eight->boolean() != nullptr && *eight->boolean();
            return integer(wide ? 8 : 4, blocks_of);
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
            if (auto names = strings_of(member(name)); !names.empty()) return names;
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
        Coverage coverage{.format = stored.format, .covers = {}, .group = stored.group};
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
    return WeightFormat::bf16;
}

}  // namespace

void read_quantization(Config& config, const JsonDocument* side_file, Model& model) {
    model.published.name = unquantised_format(config);
    model.published.by_component.fill({.format = model.published.name});
    const JsonValue* section = config.find({"quantization_config"});
    if (section == nullptr && side_file != nullptr) section = side_file->root.find("quantization");
    if (section == nullptr || section->object() == nullptr) return;
    const Section reader{.value = section, .config = config, .model = model};
    reader.apply();
    reader.read_cache_format();
}

}  // namespace roofline::hugging_face
