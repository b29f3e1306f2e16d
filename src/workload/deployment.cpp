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

[[noreturn]] void fail(ErrorCode code, std::string message, std::string hint = {}) {
    throw UserError({.code = code, .message = std::move(message), .hint = std::move(hint)});
}

bool divides(double by, double number) { return std::fmod(number, by) == 0; }

std::string link_name(const Device& device) {
    return device.scale_up && device.scale_up->per_direction ? device.scale_up->name : "one host";
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
        double heads = 0;
        if (const auto* grouped = std::get_if<GroupedQuery>(&layer.mixer)) heads = grouped->heads;
        if (const auto* latent = std::get_if<LatentAttention>(&layer.mixer)) heads = latent->heads;
        if (const auto* linear = std::get_if<LinearAttention>(&layer.mixer))
            heads = linear->value_heads;
        if (const auto* space = std::get_if<StateSpace>(&layer.mixer)) heads = space->heads;
        if (heads == 0 || divides(tensor, heads)) continue;
        std::vector<std::string> usable;
        for (int ways = 1; ways <= static_cast<int>(domain); ++ways)
            if (divides(ways, heads)) usable.push_back(formatted("{}", ways));
        fail(ErrorCode::does_not_divide,
             formatted("--tp {} does not divide the {} heads of {}", tensor, heads, d.model->id),
             "use " + join_words(usable, "or"));
    }
}

// Tensor parallelism within the domain takes what is left of the count, replicas the rest.
void fill_layout(Deployment& d) {
    const bool sharing_given = d.tensor_parallel || d.pipeline_parallel || d.data_parallel;
    double tensor = d.tensor_parallel.value_or(1);
    if (d.gpus && !sharing_given) {
        const double per_replica = *d.gpus / d.replicas.value_or(1);
        tensor = std::min(per_replica, d.device->switch_domain());
        if (tensor < 1 || !divides(tensor, per_replica)) tensor = 1;
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
             "leave one of them out and it follows from the others");
    d.gpus = product;
}

// Ranks and stages that are more than the domain need another link.
void check_links(const Deployment& d) {
    const Layout layout = layout_of(d);
    for (const double ways : {layout.stage(), layout.instance()}) {
        if (ways <= 1 || d.device->link_rate(ways)) continue;
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

void refuse_length(const Model& model, std::string_view flag, double tokens) {
    if (!model.context || tokens <= *model.context) return;
    fail(ErrorCode::beyond_context, formatted("{} {} is beyond the {} tokens that {} was made for",
                                              flag, tokens, *model.context, model.id));
}

// --context alone is the prompt too; the defaults shrink to what the model was made for.
void fill_lengths(Deployment& d) {
    const Model& model = *d.model;
    const double longest = model.context.value_or(1e15);
    if (d.context) refuse_length(model, "--context", *d.context);
    if (d.isl) refuse_length(model, "--isl", *d.isl);
    if (d.isl && d.osl) refuse_length(model, "--isl + --osl", *d.isl + *d.osl);
    if (!d.isl && d.context) d.isl = d.context;
    if (!model.causal) {  // an encoder writes nothing and caches nothing
        if (!d.isl) d.isl = std::min(longest, default_isl);
        d.osl = d.osl.value_or(1);
        d.context = d.isl;
        return;
    }
    const double wanted_output = d.osl.value_or(default_osl);
    if (!d.isl) d.isl = std::clamp(longest - wanted_output, 1.0, default_isl);
    if (!d.osl) d.osl = std::clamp(longest - *d.isl, 1.0, default_osl);
    if (!d.context) d.context = std::min(*d.isl + std::floor(*d.osl / 2), longest);
}

bool any_covered(const WeightPlan& plan, double bits) {
    return std::ranges::any_of(plan.by_component, [&](const Storage& storage) {
        return row_of(storage.format).bits <= bits;
    });
}

void fill_formats(Deployment& d) {
    if (!d.weights) d.weights = d.model->published.name;
    d.kv_cache = d.kv_cache.value_or(d.model->kv_cache);
    if (!d.compute) return;
    refuse_missing_arithmetic(*d.device, *d.compute);
    const double bits = 8 * row_of(*d.compute).bytes;
    if (!any_covered(weight_plan_of(d), bits))
        fail(ErrorCode::conflicting_arguments,
             formatted("--dtype {} needs weights of at most {} bits, they are {}",
                       name_of(*d.compute), bits, name_of(*d.weights)),
             formatted("add --quant, for example --quant {}", bits < 16 ? "fp8" : "bf16"));
}

}  // namespace

void refuse_missing_arithmetic(const Device& device, Precision asked) {
    if (device.peak(asked) != nullptr) return;
    std::vector<std::string_view> has;
    for (const PrecisionRow& row : precisions)
        if (device.peak(row.precision) != nullptr) has.push_back(row.name);
    fail(ErrorCode::unsupported_precision,
         formatted("{} has no {} arithmetic", device.id, name_of(asked)),
         formatted("it has {}. Weights can still be stored in fewer bits: --quant nvfp4 --dtype {}",
                   joined(has, " "), name_of(wide_precision(device))));
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
    if (asked && format.bits <= 8 * row_of(*asked).bytes) return *asked;
    const Precision wide = wide_precision(device);
    if (!format.multiplies_as) return wide;
    const Peak* direct = device.peak(*format.multiplies_as);
    const Peak* widened = device.peak(wide);
    if (direct == nullptr) return wide;
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

}  // namespace roofline
