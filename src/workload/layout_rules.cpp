#include "layout_rules.hpp"

#include "roofline/error/user_error.hpp"

#include "error/suggest.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

namespace roofline {
namespace {

constexpr double most_gpus = 1e6;

bool divides(double by, double number) { return std::fmod(number, by) == 0; }

std::string link_name(const Device& device) {
    const auto link = device.link_among(device.switch_domain());
    const bool wired = device.scale_up && link && link->name == device.scale_up->name;
    return wired ? device.scale_up->name : "one host";
}

// Whether so many GPUs can share out a mixer's heads; fewer heads than GPUs are copied, evenly.
struct SplitsHeads {
    double ways;

    bool shared_out(double heads) const { return divides(ways, heads); }
    bool shared_or_copied(double heads) const {
        return divides(ways, heads) || divides(heads, ways);
    }
    bool operator()(const GroupedQuery& a) const {
        return shared_out(a.heads) && shared_or_copied(a.kv_heads);
    }
    bool operator()(const LatentAttention& a) const { return shared_out(a.heads); }
    bool operator()(const CompressedAttention& a) const { return shared_out(a.heads); }
    bool operator()(const LinearAttention& a) const {
        return shared_out(a.value_heads) && shared_or_copied(a.key_heads);
    }
    bool operator()(const StateSpace& a) const { return shared_out(a.heads); }
    bool operator()(const SelectiveState& a) const { return shared_out(a.channels); }
    bool operator()(const GatedRecurrence& a) const { return shared_out(a.channels); }
    bool operator()(const ShortConvolution& a) const { return shared_out(a.channels); }
    bool operator()(const WeightedKeyValue& a) const { return shared_out(a.heads); }
};

struct HeadWords {
    std::string operator()(const GroupedQuery& a) const {
        return a.kv_heads == a.heads
                   ? formatted("{} heads", a.heads)
                   : formatted("{} heads with {} of keys and values", a.heads, a.kv_heads);
    }
    std::string operator()(const LatentAttention& a) const {
        return formatted("{} heads", a.heads);
    }
    std::string operator()(const LinearAttention& a) const {
        return formatted("{} value heads with {} key heads", a.value_heads, a.key_heads);
    }
    std::string operator()(const CompressedAttention& a) const {
        return formatted("{} heads", a.heads);
    }
    std::string operator()(const StateSpace& a) const { return formatted("{} heads", a.heads); }
    std::string operator()(const SelectiveState& a) const {
        return formatted("{} channels", a.channels);
    }
    std::string operator()(const GatedRecurrence& a) const {
        return formatted("{} channels", a.channels);
    }
    std::string operator()(const ShortConvolution& a) const {
        return formatted("{} channels", a.channels);
    }
    std::string operator()(const WeightedKeyValue& a) const {
        return formatted("{} heads", a.heads);
    }
};

// The first mixer whose heads so many GPUs cannot share out; nullptr where there is none.
const Mixer* undivided(const Model& model, double ways) {
    for (const Layer& layer : model.layers)
        for (const Mixer& mixer : layer.mixers)
            if (!std::visit(SplitsHeads{ways}, mixer)) return &mixer;
    return nullptr;
}

bool splits_heads(const Model& model, double ways) { return undivided(model, ways) == nullptr; }

// A ring over whole nodes, where a network joins them.
bool spans_nodes(const Deployment& d, double tensor) {
    return d.device->nic && divides(d.device->switch_domain(), tensor);
}

void check_tensor_parallel(const Deployment& d, double tensor) {
    const double domain = d.device->switch_domain();
    if (tensor > domain && d.device->nic && !spans_nodes(d, tensor))
        fail(ErrorCode::does_not_divide,
             formatted("`tp {}` is no whole number of nodes of {} x {}", tensor, domain,
                       d.device->id),
             formatted("use a multiple of {}, or `pp` across nodes", domain));
    if (tensor > domain && !d.device->nic) {
        const std::string joined =
            domain == 1
                ? formatted("{} has no link to another device", d.device->id)
                : formatted("{} joins at most {} x {}", link_name(*d.device), domain, d.device->id);
        fail(ErrorCode::beyond_switch_domain, formatted("`tp {}` is too many: {}", tensor, joined),
             "use `pp` for more GPUs per instance, or `replicas` for more instances");
    }
    const Mixer* mixer = undivided(*d.model, tensor);
    if (mixer == nullptr) return;
    std::vector<std::string> usable;
    for (int ways = 1; ways <= static_cast<int>(std::max(domain, tensor)); ++ways)
        if (splits_heads(*d.model, ways)) usable.push_back(formatted("{}", ways));
    fail(ErrorCode::does_not_divide,
         formatted("`tp {}` does not divide the heads of {}: {}", tensor, d.model->id,
                   std::visit(HeadWords{}, *mixer)),
         "use " + join_words(usable, "or"));
}

// The most GPUs of one domain that a replica of `gpus` can split its layers over.
double widest_tensor_parallel(const Deployment& d, double gpus) {
    for (int ways = static_cast<int>(std::min(gpus, d.device->switch_domain())); ways > 1; --ways)
        if (divides(ways, gpus) && splits_heads(*d.model, ways)) return ways;
    return 1;
}

// Tensor parallelism within the domain takes what is left of the count, replicas the rest;
// llama.cpp splits by layers.
void fill_layout(Deployment& d) {
    const bool sharing_given = d.tensor_parallel || d.pipeline_parallel || d.data_parallel;
    double tensor = d.tensor_parallel.value_or(1);
    if (d.gpus && !sharing_given) {
        const double replicas = d.replicas.value_or(1);
        const double instance = *d.gpus / replicas;
        if (d.engine && row_of(d.engine->program).splits_by_layers && divides(replicas, *d.gpus))
            d.pipeline_parallel = std::min(instance, d.model->layer_count());
        else if (divides(replicas, *d.gpus))
            tensor = widest_tensor_parallel(d, instance);
        // What is left of a replica's GPUs beyond the switch are stages.
        if (d.replicas && !d.pipeline_parallel && divides(replicas, *d.gpus))
            d.pipeline_parallel = instance / tensor;
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
             formatted("tp {} x pp {} x dp {} x replicas {} = {} GPUs, but `hw` names {}", tensor,
                       *d.pipeline_parallel, *d.data_parallel, *d.replicas, product, *d.gpus),
             splits_heads(*d.model, tensor)
                 ? formatted(
                       "write `hw {}x{}`, or leave one of them out: it follows from the others",
                       d.device->id, product)
                 : std::string("leave one of them out: it follows from the others"));
    if (product > most_gpus)
        fail(ErrorCode::bad_count,
             formatted("{} GPUs are more than roofline counts ({})", product, most_gpus),
             "name fewer: `hw`, or the product of `tp`, `pp`, `dp` and `replicas`");
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
             "name what joins them, for example `network 400Gb/s`, or use `replicas` for "
             "independent "
             "copies");
    }
}

void check_pipeline_parallel(const Deployment& d) {
    const double layers = d.model->layer_count();
    if (*d.pipeline_parallel > layers)
        fail(ErrorCode::does_not_divide,
             formatted("`pp {}` is more than the {} layers of {}", *d.pipeline_parallel, layers,
                       d.model->id),
             formatted("write `pp {}` or less", layers));
}

void check_expert_parallel(const Deployment& d) {
    if (*d.expert_parallel == 1) return;
    if (!d.model->has_experts())
        fail(ErrorCode::does_not_divide,
             formatted("`ep {}`: {} has no experts to spread", *d.expert_parallel, d.model->id),
             "leave `ep` out");
    const double stage = *d.tensor_parallel * *d.data_parallel;
    if (!divides(*d.expert_parallel, stage))
        fail(ErrorCode::does_not_divide,
             formatted("`ep {}` does not divide the {} GPUs of an instance (tp x dp)",
                       *d.expert_parallel, stage),
             "experts spread over the GPUs that `tp` and `dp` name; `ep` adds none");
    for (const Layer& layer : d.model->layers) {
        const auto* experts = routed_experts(layer.feed_forward);
        if (experts != nullptr && *d.expert_parallel > experts->experts)
            fail(ErrorCode::does_not_divide,
                 formatted("`ep {}` is more than the {} experts of {}", *d.expert_parallel,
                           experts->experts, d.model->id),
                 formatted("write `ep {}` or less", experts->experts));
    }
}

}  // namespace

void join_nodes(Deployment& d) {
    const auto machine = d.rental ? d.rental->machine : std::nullopt;
    const auto node = d.node ? d.node : machine;
    if (!node && !d.network) return;
    Device device = *d.device;
    const double most = device.most_joined();
    if (d.node && *d.node > most)
        fail(ErrorCode::conflicting_arguments,
             most == 1 ? formatted("`node {}`: no link joins {} to another", *d.node, device.id)
                       : formatted("`node {}`: {} joins at most {} x {}", *d.node,
                                   link_name(device), most, device.id),
             most == 1 ? std::string("leave it out") : formatted("write `node {}` or less", most));
    if (node) device.joined = d.node ? *d.node : std::min(*node, device.switch_domain());
    if (d.network) device.nic = Figure<BytesPerSecond>{*d.network, {.source = "`network`"}};
    d.device = std::make_shared<const Device>(std::move(device));
}

void complete_layout(Deployment& deployment) {
    join_nodes(deployment);
    fill_layout(deployment);
    check_tensor_parallel(deployment, *deployment.tensor_parallel);
    check_links(deployment);
    check_pipeline_parallel(deployment);
    check_expert_parallel(deployment);
}

}  // namespace roofline
