#include "roofline/workload/deployment.hpp"

#include "roofline/error/suggest.hpp"
#include "roofline/error/user_error.hpp"

#include "text/formatted.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace roofline {
namespace {

constexpr double default_isl = 1024;
constexpr double default_osl = 256;
constexpr double default_batch = 1;
constexpr double most_gpus = 1e6;

[[noreturn]] void fail(ErrorCode code, std::string message, std::string hint = {}) {
    throw UserError({.code = code, .message = std::move(message), .hint = std::move(hint)});
}

bool divides(double by, double number) { return std::fmod(number, by) == 0; }

std::string link_name(const Device& device) {
    return device.scale_up && device.scale_up->per_direction ? device.scale_up->name : "one host";
}

bool splits_heads(const Mixer& mixer, double ways) {
    const auto shared_out = [&](double heads) { return divides(ways, heads); };
    // Fewer heads than GPUs are copied, evenly.
    const auto shared_or_copied = [&](double heads) {
        return divides(ways, heads) || divides(heads, ways);
    };
    if (const auto* a = std::get_if<GroupedQuery>(&mixer))
        return shared_out(a->heads) && shared_or_copied(a->kv_heads);
    if (const auto* a = std::get_if<LatentAttention>(&mixer)) return shared_out(a->heads);
    if (const auto* a = std::get_if<LinearAttention>(&mixer))
        return shared_out(a->value_heads) && shared_or_copied(a->key_heads);
    if (const auto* a = std::get_if<StateSpace>(&mixer)) return shared_out(a->heads);
    return true;
}

bool splits_heads(const Model& model, double ways) {
    return std::ranges::all_of(model.layers,
                               [&](const Layer& layer) { return splits_heads(layer.mixer, ways); });
}

std::string head_words(const Mixer& mixer) {
    if (const auto* a = std::get_if<GroupedQuery>(&mixer))
        return a->kv_heads == a->heads
                   ? formatted("{} heads", a->heads)
                   : formatted("{} heads with {} of keys and values", a->heads, a->kv_heads);
    if (const auto* a = std::get_if<LatentAttention>(&mixer))
        return formatted("{} heads", a->heads);
    if (const auto* a = std::get_if<LinearAttention>(&mixer))
        return formatted("{} value heads with {} key heads", a->value_heads, a->key_heads);
    if (const auto* a = std::get_if<StateSpace>(&mixer)) return formatted("{} heads", a->heads);
    return "heads";
}

void check_tensor_parallel(const Deployment& d, double tensor) {
    const double domain = d.device->switch_domain();
    if (tensor > domain) {
        const std::string joined =
            domain == 1
                ? formatted("{} has no link to another device", d.device->id)
                : formatted("{} joins at most {} x {}", link_name(*d.device), domain, d.device->id);
        fail(ErrorCode::beyond_switch_domain, formatted("--tp {} is too many: {}", tensor, joined),
             "use --pp for more GPUs per instance, or --replicas for more instances");
    }
    for (const Layer& layer : d.model->layers) {
        if (splits_heads(layer.mixer, tensor)) continue;
        std::vector<std::string> usable;
        for (int ways = 1; ways <= static_cast<int>(domain); ++ways)
            if (splits_heads(*d.model, ways)) usable.push_back(formatted("{}", ways));
        fail(ErrorCode::does_not_divide,
             formatted("--tp {} does not divide the heads of {}: {}", tensor, d.model->id,
                       head_words(layer.mixer)),
             "use " + join_words(usable, "or"));
    }
}

// The most GPUs of one domain that a replica of `gpus` can split its layers over.
double widest_tensor_parallel(const Deployment& d, double gpus) {
    for (int ways = static_cast<int>(std::min(gpus, d.device->switch_domain())); ways > 1; --ways)
        if (divides(ways, gpus) && splits_heads(*d.model, ways)) return ways;
    return 1;
}

// Tensor parallelism within the domain takes what is left of the count, replicas the rest.
void fill_layout(Deployment& d) {
    const bool sharing_given = d.tensor_parallel || d.pipeline_parallel || d.data_parallel;
    double tensor = d.tensor_parallel.value_or(1);
    if (d.gpus && !sharing_given) {
        const double replicas = d.replicas.value_or(1);
        if (divides(replicas, *d.gpus)) tensor = widest_tensor_parallel(d, *d.gpus / replicas);
    }
    d.tensor_parallel = tensor;
    d.pipeline_parallel = d.pipeline_parallel.value_or(1);
    d.data_parallel = d.data_parallel.value_or(1);
    d.expert_parallel = d.expert_parallel.value_or(1);
    const double instance = tensor * *d.pipeline_parallel * *d.data_parallel;
    if (d.gpus && !d.replicas && divides(instance, *d.gpus)) d.replicas = *d.gpus / instance;
    d.replicas = d.replicas.value_or(1);
    const double product = instance * *d.replicas;
    if (d.gpus && product != *d.gpus)
        fail(ErrorCode::does_not_multiply_out,
             formatted("tp {} x pp {} x dp {} x replicas {} = {} GPUs, but --hw names {}", tensor,
                       *d.pipeline_parallel, *d.data_parallel, *d.replicas, product, *d.gpus),
             splits_heads(*d.model, tensor)
                 ? formatted(
                       "write --hw {}x{}, or leave one of them out: it follows from the others",
                       d.device->id, product)
                 : std::string("leave one of them out: it follows from the others"));
    if (product > most_gpus)
        fail(ErrorCode::bad_count,
             formatted("{} GPUs are more than roofline counts ({})", product, most_gpus));
    d.gpus = product;
}

// Ranks and stages that are more than the domain need another link.
void check_links(const Deployment& d) {
    const Layout layout = layout_of(d);
    for (const double ways : {layout.stage(), layout.instance()}) {
        if (ways <= 1 || d.device->link_among(ways)) continue;
        fail(ErrorCode::beyond_switch_domain,
             formatted("an instance of {} x {} needs a link that is not in the catalog", ways,
                       d.device->id),
             "use --replicas for independent copies");
    }
}

void check_layout(const Deployment& d) {
    check_tensor_parallel(d, *d.tensor_parallel);
    check_links(d);
    const double layers = d.model->layer_count();
    if (*d.pipeline_parallel > layers)
        fail(ErrorCode::does_not_divide, formatted("--pp {} is more than the {} layers of {}",
                                                   *d.pipeline_parallel, layers, d.model->id));
    if (*d.expert_parallel == 1) return;
    if (!d.model->has_experts())
        fail(ErrorCode::does_not_divide,
             formatted("--ep {}: {} has no experts to spread", *d.expert_parallel, d.model->id));
    const double stage = *d.tensor_parallel * *d.data_parallel;
    if (!divides(*d.expert_parallel, stage))
        fail(ErrorCode::does_not_divide,
             formatted("--ep {} does not divide the {} GPUs of an instance (tp x dp)",
                       *d.expert_parallel, stage),
             "experts spread over the GPUs that --tp and --dp name; --ep adds none");
    for (const Layer& layer : d.model->layers) {
        const auto* experts = std::get_if<MixtureOfExperts>(&layer.feed_forward);
        if (experts != nullptr && *d.expert_parallel > experts->experts)
            fail(ErrorCode::does_not_divide,
                 formatted("--ep {} is more than the {} experts of {}", *d.expert_parallel,
                           experts->experts, d.model->id));
    }
}

[[noreturn]] void beyond_context(const Model& model, const std::string& asked) {
    fail(ErrorCode::beyond_context, formatted("{} is beyond the {} tokens that {} was made for",
                                              asked, *model.context, model.id));
}

// The last token of an answer is never read back: a request takes isl + osl - 1 places.
void check_lengths(const Deployment& asked, const Deployment& d) {
    const Model& model = *d.model;
    if (asked.isl && asked.context && *d.context < *d.isl)
        fail(ErrorCode::conflicting_arguments,
             formatted("--context {} is less than --isl {}, which is all in the cache by then",
                       *d.context, *d.isl));
    if (*d.context > *d.isl + *d.osl)
        fail(ErrorCode::conflicting_arguments,
             formatted("--context {} is more than --isl {} and --osl {} together", *d.context,
                       *d.isl, *d.osl));
    if (!model.context) return;
    if (*d.isl > *model.context) {
        beyond_context(model, formatted("{} {}", asked.isl ? "--isl" : "--context", *d.isl));
    }
    if (*d.isl + *d.osl - 1 <= *model.context) return;
    beyond_context(model, formatted("a prompt of {} tokens with an answer of {}", *d.isl, *d.osl));
}

void refuse_generation(const Deployment& d) {
    const auto refuse = [&](bool given, std::string_view flag) {
        if (given)
            fail(ErrorCode::conflicting_arguments,
                 formatted("{}: {} is an encoder, it writes nothing and keeps no cache", flag,
                           d.model->id),
                 "its input is --isl");
    };
    refuse(d.osl.has_value(), "--osl");
    refuse(d.context.has_value(), "--context");
    refuse(d.kv_cache.has_value(), "--kv-dtype");
    refuse(d.price.has_value(), "--price");
}

// --context alone is the prompt too; the defaults shrink to what the model was made for.
void fill_lengths(Deployment& d) {
    const Deployment asked = d;
    const double longest = d.model->context.value_or(1e15);
    if (!d.model->causal) {
        refuse_generation(d);
        d.isl = d.isl.value_or(std::min(longest, default_isl));
        if (*d.isl > longest) beyond_context(*d.model, formatted("--isl {}", *d.isl));
        return;
    }
    if (!d.isl && d.context) d.isl = d.context;
    if (!d.isl) d.isl = std::clamp(longest + 1 - d.osl.value_or(default_osl), 1.0, default_isl);
    if (!d.osl) {
        const double least = d.context.value_or(*d.isl) - *d.isl;
        d.osl = std::clamp(longest + 1 - *d.isl, 1.0, std::max(least, default_osl));
    }
    if (!d.context) d.context = *d.isl + std::floor(*d.osl / 2);
    check_lengths(asked, d);
}

bool is_integer(WeightFormat format) {
    return format == WeightFormat::int8 || format == WeightFormat::int4 ||
           format == WeightFormat::int3;
}

// Weights go into arithmetic that holds each of their values exactly.
bool holds(Precision precision, WeightFormat format) {
    if (row_of(format).bits > 8 * row_of(precision).bytes) return false;
    if (row_of(precision).bytes >= 2) return true;
    const bool whole_numbers = precision == Precision::int8 || precision == Precision::int4;
    return whole_numbers == is_integer(format) || (!whole_numbers && row_of(format).bits <= 4);
}

bool any_held(const WeightPlan& plan, Precision precision) {
    return std::ranges::any_of(plan.by_component, [&](const Storage& storage) {
        return holds(precision, storage.format);
    });
}

void fill_formats(Deployment& d) {
    if (!d.weights) d.weights = d.model->published.name;
    if (d.model->causal) d.kv_cache = d.kv_cache.value_or(d.model->kv_cache);
    if (d.kv_cache) refuse_unstored(*d.kv_cache, "--kv-dtype");
    if (!d.compute) return;
    refuse_missing_arithmetic(
        *d.device, *d.compute,
        formatted(". Weights can still be stored in fewer bits: --quant nvfp4 --dtype {}",
                  name_of(wide_precision(*d.device))));
    if (any_held(weight_plan_of(d), *d.compute)) return;
    const bool narrow = row_of(*d.compute).bytes < 2;
    const std::string_view fitting = !narrow                           ? "bf16"
                                     : *d.compute == Precision::int8   ? "int8"
                                     : *d.compute == Precision::int4   ? "int4"
                                     : row_of(*d.compute).bytes < 0.75 ? "nvfp4"
                                                                       : "fp8";
    fail(ErrorCode::conflicting_arguments,
         formatted("--dtype {} cannot multiply weights stored as {}", name_of(*d.compute),
                   name_of(*d.weights)),
         formatted("add --quant, for example --quant {}", fitting));
}

}  // namespace

std::string_view name_of(Lengths lengths) { return lengths == Lengths::equal ? "equal" : "varied"; }

void refuse_missing_arithmetic(const Device& device, Precision asked, std::string_view advice) {
    if (device.peak(asked) != nullptr) return;
    std::vector<std::string_view> has;
    for (const PrecisionRow& row : precisions)
        if (device.peak(row.precision) != nullptr) has.push_back(row.name);
    fail(ErrorCode::unsupported_precision,
         formatted("{} has no {} arithmetic", device.id, name_of(asked)),
         formatted("it has {}{}", joined(has, " "), advice));
}

void refuse_unstored(Precision cache, std::string_view label) {
    const bool stored = row_of(cache).bytes <= 4 && cache != Precision::tf32;
    if (!stored)
        fail(ErrorCode::bad_choice,
             formatted("{}: no cache is stored in {}", label, name_of(cache)),
             "it is fp32, bf16, fp16, fp8, fp4, int8 or int4");
}

Precision wide_precision(const Device& device) {
    Precision best = Precision::fp32;
    for (const Precision wide : {Precision::fp16, Precision::bf16}) {
        const Peak* peak = device.peak(wide);
        const Peak* known = device.peak(best);
        const bool faster =
            peak != nullptr && (known == nullptr || peak->rate.value >= known->rate.value);
        if (faster) best = wide;
    }
    return best;
}

Precision compute_precision(const Device& device, const Storage& storage,
                            std::optional<Precision> asked) {
    const WeightFormatRow& format = row_of(storage.format);
    if (asked && holds(*asked, storage.format)) return *asked;
    const Precision wide = wide_precision(device);
    if (!format.multiplies_as || storage.weight_only) return wide;
    const Peak* direct = device.peak(*format.multiplies_as);
    const Peak* widened = device.peak(wide);
    if (direct == nullptr || device.peak(*format.needs) == nullptr) return wide;
    const bool exact = format.bits > 16;  // fp32 weights lose digits when narrowed
    const bool as_fast = widened == nullptr || direct->rate.value >= widened->rate.value;
    return exact || as_fast ? *format.multiplies_as : wide;
}

WeightPlan weight_plan_of(const Deployment& deployment) {
    const Model& model = *deployment.model;
    if (!deployment.weights || *deployment.weights == model.published.name) return model.published;
    return weight_plan(model, *deployment.weights);
}

Layout layout_of(const Deployment& d) {
    return {.tensor = d.tensor_parallel.value_or(1),
            .pipeline = d.pipeline_parallel.value_or(1),
            .data = d.data_parallel.value_or(1),
            .expert = d.expert_parallel.value_or(1),
            .replicas = d.replicas.value_or(1)};
}

Deployment complete(Deployment deployment) {
    fill_layout(deployment);
    check_layout(deployment);
    fill_lengths(deployment);
    fill_formats(deployment);
    deployment.batch = deployment.batch.value_or(default_batch);
    return deployment;
}

Deployment complete_service(Deployment deployment) {
    if (!deployment.concurrency && !deployment.rate)
        fail(ErrorCode::missing_argument,
             "--concurrency is missing: how many requests are in flight?",
             "for example --concurrency 64, or --rate 5 for five requests a second");
    if (deployment.concurrency && deployment.rate)
        fail(ErrorCode::conflicting_arguments,
             "--concurrency and --rate are two loads: in flight, or arriving", "give one of them");
    if (deployment.rate && deployment.waves)
        fail(ErrorCode::conflicting_arguments,
             "--waves counts rounds of --concurrency requests, and --rate has none");
    if (!deployment.model->causal)
        fail(ErrorCode::unknown_path,
             formatted("{} is an encoder: it serves no answers", deployment.model->id));
    deployment.engine = deployment.engine.value_or(default_engine);
    deployment.lengths = deployment.lengths.value_or(Lengths::varied);
    deployment.poll_steps = deployment.poll_steps.value_or(1);
    deployment.stream_interval = deployment.stream_interval.value_or(1);
    return complete(std::move(deployment));
}

}  // namespace roofline
