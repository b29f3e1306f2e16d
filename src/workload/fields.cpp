#include "roofline/workload/fields.hpp"

#include <algorithm>
#include <array>

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
constexpr Field row(FieldPart part, std::string_view name, FieldKind kind, std::string_view value,
                    std::string_view help) {
    return {name, kind, value, help, get_member<Member>, set_member<Member>, part};
}
template <auto Member, typename... Rest>
constexpr Field shape(Rest... rest) {
    return row<Member>(FieldPart::shape, rest...);
}
template <auto Member, typename... Rest>
constexpr Field server(Rest... rest) {
    return row<Member>(FieldPart::server, rest...);
}
template <auto Member, typename... Rest>
constexpr Field load(Rest... rest) {
    return row<Member>(FieldPart::load, rest...);
}
template <auto Member, typename... Rest>
constexpr Field habit(Rest... rest) {
    return row<Member>(FieldPart::habit, rest...);
}

template <auto Member, typename... Rest>
constexpr Field money(Rest... rest) {
    return row<Member>(FieldPart::money, rest...);
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
          get_model, set_model, FieldPart::shape},
    Field{"hw", FieldKind::device, "H[:MODE][xN]", "a device, in one of its modes, and how many",
          get_device, set_device, FieldPart::shape},
    shape<&D::tensor_parallel>("tp", FieldKind::count, "N", "GPUs that split every layer"),
    shape<&D::pipeline_parallel>("pp", FieldKind::count, "N",
                                 "stages of layers, one after another"),
    shape<&D::data_parallel>("dp", FieldKind::count, "N",
                             "ranks of an instance that share its attention by sequence"),
    shape<&D::expert_parallel>("ep", FieldKind::count, "N",
                               "of the tp x dp GPUs, over how many experts are spread"),
    shape<&D::replicas>("replicas", FieldKind::count, "N", "independent copies"),
    shape<&D::node>("node", FieldKind::count, "N",
                    "GPUs of a host or rack that share the fast link [the catalog's]"),
    shape<&D::network>("network", FieldKind::bandwidth, "RATE",
                       "between those, of a GPU and direction: 400Gb/s [the catalog's card]"),
    shape<&D::weights>("quant", FieldKind::weight_format, "FORMAT",
                       "format of the weights [as published]"),
    shape<&D::compute>("dtype", FieldKind::precision, "PRECISION",
                       "arithmetic of the weight matrices [what the weights are made for]"),
    shape<&D::kv_cache>("kv-dtype", FieldKind::precision, "PRECISION",
                        "format of the KV cache [as published]"),
    load<&D::batch>("batch", FieldKind::count, "N", "sequences in a decode step, per replica [1]"),
    load<&D::isl>("isl", FieldKind::length, "TOKENS", "prompt tokens; k is 1024 [1k]"),
    load<&D::osl>("osl", FieldKind::length, "TOKENS", "output tokens [256]"),
    load<&D::context>("context", FieldKind::length, "TOKENS",
                      "tokens in the cache at the decode step looked at [isl + osl/2]"),
    shape<&D::engine>("engine", FieldKind::engine, "NAME[@V]",
                      "vllm, sglang, trtllm, llama.cpp or generic; a release or month: vllm@0.11 "
                      "[the newest]"),
    server<&D::mem_share>("mem-share", FieldKind::share, "SHARE",
                          "of the GPU's memory that the engine may use: 90% [its default]"),
    server<&D::max_model_len>("max-model-len", FieldKind::length, "TOKENS",
                              "longest request that must have room [isl + osl]"),
    server<&D::max_num_seqs>("max-num-seqs", FieldKind::count, "N",
                             "sequences that the engine takes at once [its default]"),
    server<&D::prefill_chunk>("prefill-chunk", FieldKind::length, "TOKENS",
                              "of one step, which memory must have room for [the engine's "
                              "default; prompts whole]"),
    server<&D::eager>("eager", FieldKind::toggle, "", "no CUDA graphs, which take memory"),
    load<&D::concurrency>("concurrency", FieldKind::count, "N", "requests in flight, per replica"),
    load<&D::rate>("rate", FieldKind::rate, "R",
                   "requests that arrive per second, instead of `concurrency`"),
    load<&D::users>("users", FieldKind::count, "N",
                    "people who ask, wait and think, of all replicas, instead of `concurrency`"),
    load<&D::think>("think", FieldKind::duration, "TIME",
                    "of users, between an answer and their next question: 30s"),
    habit<&D::lengths>("lengths", FieldKind::lengths, "varied|equal",
                       "whether all requests have the same lengths [varied]"),
    habit<&D::lockstep>("lockstep", FieldKind::toggle, "",
                        "all requests are sent at once and come back together"),
    habit<&D::poll_steps>("poll-steps", FieldKind::count, "N",
                          "decode steps between the server's looks for new requests [1]"),
    habit<&D::stream_interval>("stream-interval", FieldKind::count, "TOKENS",
                               "tokens in a chunk of the response [1]"),
    habit<&D::waves>("waves", FieldKind::count, "N",
                     "requests sent / concurrency, the first all at once [endless]"),
    habit<&D::prefix_hit>("prefix-hit", FieldKind::share, "SHARE",
                          "of each prompt, found in the prefix cache: 40% [0]"),
    habit<&D::draft_tokens>("draft-tokens", FieldKind::count, "N",
                            "speculative decoding: tokens guessed for each step [none]"),
    habit<&D::acceptance>("acceptance", FieldKind::share, "SHARE",
                          "chance that a guess is right when those before were: 70%"),
    money<&D::price>("price", FieldKind::price, "PRICE",
                     "per device: '$2.50/h', or a provider: lambda, coreweave/spot"),
    money<&D::utilization>("utilization", FieldKind::share, "SHARE",
                           "of every paid hour that has this load [100%]"),
    money<&D::purchase>("purchase", FieldKind::purchase, "PRICE",
                        "of an owned device: '$30000', or catalog; instead of `price`"),
    money<&D::life>("life", FieldKind::number, "YEARS", "that an owned device is used for [4]"),
    money<&D::power_price>("power-price", FieldKind::energy_price, "PRICE",
                           "of energy for owned devices: '$0.12/kWh'"),
    money<&D::power>("power", FieldKind::power, "WATTS", "of a device [its nominal power]"),
    money<&D::pue>("pue", FieldKind::number, "RATIO",
                   "power of the site / of its devices [1.2 in data centres, else 1]"),
};

}  // namespace

std::span<const Field> deployment_fields() { return rows; }

std::string key_of(std::string_view name) {
    std::string key(name);
    std::ranges::replace(key, '-', '_');
    return key;
}

std::string name_of_key(std::string_view key) {
    std::string name(key);
    std::ranges::replace(name, '_', '-');
    return name;
}

const Field* find_field(std::string_view name) {
    const auto found = std::ranges::find(rows, name, &Field::name);
    return found == rows.end() ? nullptr : &*found;
}

const Field& the_field(std::string_view name) { return *find_field(name); }

bool takes_numbers(FieldKind kind) {
    switch (kind) {
        case FieldKind::count:
        case FieldKind::length:
        case FieldKind::rate:
        case FieldKind::number:
        case FieldKind::share:
            return true;
        default:
            return false;
    }
}

bool is_of_a_step(const Field& field) { return field.name == "batch" || field.name == "context"; }

bool is_given(const Field& field, const Deployment& deployment) {
    return !std::holds_alternative<std::monostate>(field.get(deployment));
}

}  // namespace roofline
