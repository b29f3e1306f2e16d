#include "roofline/workload/fields.hpp"

#include "roofline/error/suggest.hpp"
#include "roofline/import/model_source.hpp"
#include "roofline/units/parse.hpp"

#include "text/formatted.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace roofline {
namespace {

template <auto Member>
FieldValue get_member(const Deployment& deployment) {
    const auto& value = deployment.*Member;
    return value ? FieldValue(*value) : FieldValue();
}

template <auto Member>
void set_member(Deployment& deployment, const FieldValue& value) {
    using Optional = std::remove_cvref_t<decltype(deployment.*Member)>;
    using Value = typename Optional::value_type;
    const auto* given = std::get_if<Value>(&value);
    deployment.*Member = given == nullptr ? Optional() : Optional(*given);
}

template <auto Member>
constexpr Field field(std::string_view name, FieldKind kind, std::string_view value,
                      std::string_view help) {
    return {name, kind, value, help, get_member<Member>, set_member<Member>};
}

FieldValue get_model(const Deployment& deployment) {
    return deployment.model ? FieldValue(deployment.model) : FieldValue();
}
void set_model(Deployment& deployment, const FieldValue& value) {
    deployment.model = std::get<std::shared_ptr<const Model>>(value);
}

// The count is not read back: the parallel degrees of a complete deployment say it.
FieldValue get_device(const Deployment& deployment) {
    return deployment.device ? FieldValue(DeviceChoice{deployment.device, {}}) : FieldValue();
}
void set_device(Deployment& deployment, const FieldValue& value) {
    const auto& choice = std::get<DeviceChoice>(value);
    deployment.device = choice.device;
    deployment.gpus = choice.count;
}

using D = Deployment;
constexpr std::array rows{
    Field{"model", FieldKind::model, "MODEL", "a model's name, or the path of its config.json",
          get_model, set_model},
    Field{"hw", FieldKind::device, "H[xN]", "a device, and how many", get_device, set_device},
    field<&D::tensor_parallel>("tp", FieldKind::count, "N", "GPUs that split every layer"),
    field<&D::pipeline_parallel>("pp", FieldKind::count, "N",
                                 "stages of layers, one after another"),
    field<&D::data_parallel>("dp", FieldKind::count, "N",
                             "ranks of an instance that share its attention by sequence"),
    field<&D::expert_parallel>("ep", FieldKind::count, "N",
                               "of the tp x dp GPUs, over how many experts are spread"),
    field<&D::replicas>("replicas", FieldKind::count, "N", "independent copies"),
    field<&D::weights>("quant", FieldKind::weight_format, "FORMAT",
                       "format of the weights [as published]"),
    field<&D::compute>("dtype", FieldKind::precision, "PRECISION",
                       "arithmetic of the weight matrices [what the weights are made for]"),
    field<&D::kv_cache>("kv-dtype", FieldKind::precision, "PRECISION",
                        "format of the KV cache [as published]"),
    field<&D::batch>("batch", FieldKind::count, "N", "sequences in a decode step, per replica [1]"),
    field<&D::isl>("isl", FieldKind::length, "TOKENS", "prompt tokens; k is 1024 [1k]"),
    field<&D::osl>("osl", FieldKind::length, "TOKENS", "output tokens [256]"),
    field<&D::context>("context", FieldKind::length, "TOKENS",
                       "tokens in the cache at the decode step looked at [isl + osl/2]"),
    field<&D::engine>("engine", FieldKind::engine, "NAME",
                      "vllm, sglang, trtllm, llama.cpp or generic [vllm]"),
    field<&D::concurrency>("concurrency", FieldKind::count, "N", "requests in flight, per replica"),
    field<&D::rate>("rate", FieldKind::rate, "R",
                    "requests that arrive per second, instead of --concurrency"),
    field<&D::lengths>("lengths", FieldKind::lengths, "varied|equal",
                       "whether all requests have the same lengths [varied]"),
    field<&D::poll_steps>("poll-steps", FieldKind::count, "N",
                          "decode steps between the server's looks for new requests [1]"),
    field<&D::stream_interval>("stream-interval", FieldKind::count, "TOKENS",
                               "tokens in a chunk of the response [1]"),
    field<&D::waves>("waves", FieldKind::count, "N",
                     "requests sent / concurrency, the first all at once [endless]"),
    field<&D::prefix_hit>("prefix-hit", FieldKind::share, "SHARE",
                          "of each prompt, found in the prefix cache: 40% [0]"),
    field<&D::prefill_chunk>("prefill-chunk", FieldKind::length, "TOKENS",
                             "prompt tokens in one step [the whole prompt]"),
    field<&D::draft_tokens>("draft-tokens", FieldKind::count, "N",
                            "speculative decoding: tokens guessed for each step [none]"),
    field<&D::acceptance>("acceptance", FieldKind::share, "SHARE",
                          "chance that a guess is right when those before were: 70%"),
    field<&D::price>("price", FieldKind::price, "PRICE",
                     "per device: '$2.50/h', or a provider: lambda, coreweave/spot"),
};

[[noreturn]] void bad_choice(std::string_view label, std::string_view what, std::string_view text,
                             const std::vector<std::string_view>& names) {
    throw UserError({.code = ErrorCode::bad_choice,
                     .message = formatted("{}: '{}' is no {}", label, text, what),
                     .hint = choice_hint(text, names)});
}

WeightFormat parse_format(std::string_view text, std::string_view label) {
    if (const auto format = find_weight_format(text)) return *format;
    std::vector<std::string_view> names;
    for (const WeightFormatRow& row : weight_formats) names.push_back(row.name);
    bad_choice(label, "weight format", text, names);
}

Lengths parse_lengths(std::string_view text, std::string_view label) {
    for (const Lengths lengths : {Lengths::varied, Lengths::equal})
        if (name_of(lengths) == text) return lengths;
    bad_choice(label, "choice", text, {name_of(Lengths::varied), name_of(Lengths::equal)});
}

DeviceChoice parse_device(std::string_view text, Catalog& catalog) {
    const DeviceRequest request = catalog.split_device(text);
    DeviceChoice choice{.device = catalog.device(request.name)};
    if (request.count)
        choice.count = parse_count(formatted("{}", *request.count), "the count in --hw");
    return choice;
}

PriceRequest parse_price(std::string_view text, std::string_view label) {
    const bool a_name = !text.empty() && std::isalpha(static_cast<unsigned char>(text[0])) != 0;
    if (a_name) return {.provider = std::string(text)};
    const MoneyRate rate = parse_money_rate(text, label);
    return {.provider = {}, .amount = rate.rate, .currency = rate.currency};
}

struct Shown {
    ShownField operator()(std::monostate) const { return {}; }
    ShownField operator()(double number) const { return number; }
    ShownField operator()(WeightFormat format) const { return std::string(name_of(format)); }
    ShownField operator()(Precision precision) const { return std::string(name_of(precision)); }
    ShownField operator()(ServingEngine engine) const { return std::string(name_of(engine)); }
    ShownField operator()(Lengths lengths) const { return std::string(name_of(lengths)); }
    ShownField operator()(const std::shared_ptr<const Model>& model) const { return model->id; }
    ShownField operator()(const DeviceChoice& choice) const { return choice.device->id; }
    ShownField operator()(const PriceRequest& price) const {
        if (!price.provider.empty()) return price.provider;
        return formatted("{} {}/h", price.amount.in(dollar / hour), row_of(price.currency).code);
    }
};

}  // namespace

std::span<const Field> deployment_fields() { return rows; }

const Field* find_field(std::string_view name) {
    const auto found = std::ranges::find(rows, name, &Field::name);
    return found == rows.end() ? nullptr : &*found;
}

Precision parse_precision(std::string_view text, std::string_view label) {
    if (const auto precision = find_precision(text)) return *precision;
    std::vector<std::string_view> names;
    for (const PrecisionRow& row : precisions) names.push_back(row.name);
    bad_choice(label, "precision", text, names);
}

ServingEngine parse_engine(std::string_view text, std::string_view label) {
    if (const auto engine = find_serving_engine(text)) return *engine;
    std::vector<std::string_view> names;
    for (const ServingEngineRow& row : serving_engines) names.push_back(row.name);
    bad_choice(label, "serving engine", text, names);
}

FieldValue parse_field(const Field& field, std::string_view text, std::string_view label,
                       Catalog& catalog) {
    switch (field.kind) {
        case FieldKind::model:
            return find_model(text, catalog);
        case FieldKind::device:
            return parse_device(text, catalog);
        case FieldKind::count:
            return parse_count(text, label);
        case FieldKind::length:
            return parse_length(text, label);
        case FieldKind::weight_format:
            return parse_format(text, label);
        case FieldKind::precision:
            return parse_precision(text, label);
        case FieldKind::engine:
            return parse_engine(text, label);
        case FieldKind::lengths:
            return parse_lengths(text, label);
        case FieldKind::rate:
            return parse_number(text, label);
        case FieldKind::share:
            return parse_fraction(text, label);
        case FieldKind::price:
            break;
    }
    return parse_price(text, label);
}

ShownField shown_field(const FieldValue& value) { return std::visit(Shown{}, value); }

void resolve_price(Deployment& deployment, Catalog& catalog) {
    if (!deployment.price) return;
    const PriceRequest& asked = *deployment.price;
    if (!asked.provider.empty()) {
        deployment.rental = catalog.rental(deployment.device->id, asked.provider);
        return;
    }
    deployment.rental = RentalPrice{.provider = "given",
                                    .device = deployment.device ? deployment.device->id : "",
                                    .mode = "",
                                    .rate = asked.amount,
                                    .currency = asked.currency,
                                    .from = {.source = "--price"}};
}

}  // namespace roofline
