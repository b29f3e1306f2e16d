// How a lowered deployment gets its rates: every operator a share of its roofs, and fixed times.
#include "roofline/serving/step_time.hpp"

#include "workload/element_bytes.hpp"

#include <algorithm>
#include <array>

namespace roofline {
namespace {

StepTerm term_of(OperatorKind kind) {
    switch (kind) {
        case OperatorKind::experts:
            return StepTerm::experts;
        case OperatorKind::shared_experts:
        case OperatorKind::expert_latent:
        case OperatorKind::router:
            return StepTerm::shared_experts;
        case OperatorKind::gate_up_projection:
        case OperatorKind::down_projection:
            return StepTerm::feed_forward;
        case OperatorKind::lm_head:
            return StepTerm::lm_head;
        case OperatorKind::all_reduce:
        case OperatorKind::all_to_all:
        case OperatorKind::pipeline_send:
            return StepTerm::communication;
        default:
            return StepTerm::projections;
    }
}

bool is_attention(OperatorKind kind) {
    return kind == OperatorKind::attention || kind == OperatorKind::indexer;
}

double compute_share(Precision precision, const Efficiency& e) {
    const double bytes = row_of(precision).bytes;
    if (bytes >= 2) return e.compute_16bit;
    return bytes == 1 ? e.compute_8bit : e.compute_4bit;
}

bool scaled_in_blocks(const WeightPlan& plan) {
    return plan.of(Component::experts).format == WeightFormat::fp8_block;
}

double expert_bandwidth(WeightFormat format, const Efficiency& e) {
    const std::array rates{e.weights_bandwidth, e.fp8_experts_bandwidth, e.int4_experts_bandwidth};
    return rates[static_cast<std::size_t>(row_of(format).experts)];
}

// Queries, keys, values and results of a layer's attention; linear layers count as `usual`.
struct AttentionWidth {
    double usual;

    double operator()(const GroupedQuery& a) const {
        return (2 * a.heads + 2 * a.kv_heads) * a.head_dim;
    }
    double operator()(const LatentAttention& a) const {
        return 2 * a.heads * (a.nope_dim + a.rope_dim + a.value_dim);
    }
    double operator()(const CompressedAttention& a) const { return 2 * a.heads * a.head_dim; }
    double operator()(const Recurrent auto&) const { return usual; }
};

double attention_width(const Layer& layer, double usual) {
    double sum = 0;
    for (const Mixer& mixer : layer.mixers) sum += std::visit(AttentionWidth{usual}, mixer);
    return sum;
}

// Element passes of the feed-forwards of equal layers on a GPU: the widened tokens, and experts'
// inputs.
struct FeedForwardPasses {
    const Layout& layout;
    double hidden;
    const Efficiency& e;
    double layers;

    double operator()(std::monostate) const { return 0; }
    double operator()(const DenseFeedForward& f) const {
        return layers * e.activation_passes * f.width / layout.stage();
    }
    double operator()(const MixtureOfExperts& f) const {
        return layers *
               (e.activation_passes * (f.working() * f.width + f.shared_width) / layout.stage() +
                e.expert_activation_passes * f.working() * hidden / layout.expert);
    }
};

// What a layer takes beyond others for its mixer's sake, in seconds.
struct MixerTime {
    const Efficiency& e;

    double operator()(const GroupedQuery& a) const { return a.indexer ? e.sparse_layer_time : 0; }
    double operator()(const LatentAttention& a) const {
        return e.latent_layer_time + (a.indexer ? e.sparse_layer_time : 0);
    }
    double operator()(const CompressedAttention& a) const {
        return e.latent_layer_time + (a.indexer ? e.sparse_layer_time : 0);
    }
    double operator()(const Recurrent auto&) const { return e.linear_layer_time; }
};

}  // namespace

void ServedModel::add_transfer(const Operator& op, const Transfer& form, BytesPerSecond link,
                               const Efficiency& e) {
    const bool all_to_all = op.kind == OperatorKind::all_to_all;
    transfers_.push_back({.kind = op.kind,
                          .rows = form.rows,
                          .count = op.count,
                          .latency = (op.link == LinkUse::across_nodes ? e.network_latency
                                      : all_to_all                     ? e.all_to_all_latency
                                                                       : e.all_reduce_latency) *
                                     second,
                          .per_row = form.bytes_per_token / link,
                          .share = all_to_all ? e.all_to_all_bandwidth : e.all_reduce_bandwidth,
                          .root = op.kind == OperatorKind::all_reduce ? e.all_reduce_root : 0});
}

void ServedModel::add_experts(const Operator& op, FlopsPerSecond compute, BytesPerSecond memory,
                              const ExpertProduct& form) {
    const double rows = form.active / form.all * form.here;  // of a token
    const Seconds row = 2 * form.parameters * flop / compute;
    const bool as_before = !experts_.empty() && experts_.back().form.all == form.all &&
                           experts_.back().form.active == form.active &&
                           experts_.back().form.here == form.here;
    experts_.push_back({.form = form,
                        .count = op.count,
                        .as_before = as_before,
                        .token_work = rows * row,
                        .expert_work = form.padding_rows * row,
                        .expert_bytes = form.weights / memory});
}

void ServedModel::add_operators(const Deployment& deployment, const Phase& phase,
                                const Machine& machine, const Efficiency& e) {
    const WeightPlan plan = weight_plan_of(deployment);
    const bool blocks = deployment.model->has_experts() && scaled_in_blocks(plan);
    for (const Operator& op : phase.operators) {
        const FlopsPerSecond compute = machine.peak(op.precision) * compute_share(op.precision, e);
        if (const auto* form = std::get_if<Transfer>(&op.form))
            add_transfer(op, *form, machine.link(op.link), e);
        if (const auto* form = std::get_if<MatrixProduct>(&op.form))
            products_.push_back(
                {.kind = op.kind,
                 .term = term_of(op.kind),
                 .rows = form->rows,
                 .weights = op.count * form->weights / (machine.memory * e.weights_bandwidth),
                 .per_row = op.count * (2 * form->parameters * flop) / compute});
        if (const auto* form = std::get_if<ExpertProduct>(&op.form)) {
            ExpertProduct experts = *form;
            experts.spread = e.expert_spread;
            if (row_of(deployment.engine->program).pads_experts)
                experts.padding_rows = e.expert_padding_rows;
            add_experts(op, compute * e.experts_compute * (blocks ? e.block_experts_compute : 1),
                        machine.memory * expert_bandwidth(plan.of(Component::experts).format, e),
                        experts);
        }
    }
}

std::vector<ServedModel::RatedAttention> ServedModel::rated_attention(const Phase& phase,
                                                                      const Machine& machine,
                                                                      const Efficiency& e) {
    const double share =
        phase.pass == Pass::next_token ? e.decode_attention_compute : e.prefill_attention_compute;
    std::vector<RatedAttention> result;
    for (const Operator& op : phase.operators)
        if (is_attention(op.kind) || std::holds_alternative<StateUpdate>(op.form))
            result.push_back({.op = op,
                              .compute = machine.peak(op.precision) * share,
                              .memory = machine.memory * e.cache_bandwidth});
    return result;
}

// Widths that a token is written to memory and read with: attention, the widened feed-forward, and
// the experts' inputs.
void ServedModel::add_activations(const Model& model, const Layout& layout, const Machine& machine,
                                  const Efficiency& e) {
    double usual = 0;
    for (const Layer& layer : model.layers) usual = std::max(usual, attention_width(layer, 0));
    double of_rank = 0;
    double of_instance = 0;
    for (const Layer& layer : model.layers) {
        of_rank +=
            layer.count * e.activation_passes * attention_width(layer, usual) / layout.tensor;
        of_instance +=
            std::visit(FeedForwardPasses{layout, model.hidden, e, layer.count}, layer.feed_forward);
    }
    const Seconds element = activation_bytes * byte / (machine.memory * e.activation_bandwidth);
    rank_activations_ = of_rank * element;
    instance_activations_ = of_instance * element;
}

void ServedModel::add_fixed_times(const Deployment& deployment, const Efficiency& e) {
    const Model& model = *deployment.model;
    const WeightPlan plan = weight_plan_of(deployment);
    const WeightFormat experts = plan.of(Component::experts).format;
    const bool mixture = model.has_experts();
    const bool blocks = mixture && scaled_in_blocks(plan);
    const EngineEfficiency engine = engine_efficiency(e, deployment.engine->program);
    const bool widened = experts == WeightFormat::mxfp4 &&
                         deployment.engine->program == ServingEngine::trtllm &&
                         deployment.device->peak(Precision::fp4) == nullptr;
    const bool fp4 = deployment.device->peak(Precision::fp4) != nullptr;
    const double by_release = mixture && fp4 ? release_share(e, deployment.engine->released) : 1;
    double times = 0;
    double of_experts = 0;
    for (const Layer& layer : model.layers) {
        double one = e.layer_time + (blocks ? e.block_layer_time : 0);
        for (const Mixer& mixer : layer.mixers) one += std::visit(MixerTime{e}, mixer);
        const bool has_experts = routed_experts(layer.feed_forward) != nullptr;
        if (plan.name == WeightFormat::nvfp4 && has_experts == mixture) one += e.nvfp4_layer_time;
        times += layer.count * one;
        if (has_experts && widened) of_experts += layer.count * e.widened_mxfp4_layer_time;
    }
    every_step_ = by_release * (engine.layer_share * times + of_experts) * second;
    if (deployment.eager.value_or(false))
        launched_ = model.layer_count() * e.eager_layer_time * second;
    prompt_step_ = model.layer_count() * e.prefill_layer_time * second;
    per_sequence_ = engine.sequence_time * second;
}

ServedModel::ServedModel(const Deployment& deployment, const Workload& workload,
                         const Machine& machine, const Efficiency& e, const ServedLengths& lengths)
    : ranks_(workload.layout.data), layers_(deployment.model->layer_count()) {
    const Phase& decode = *workload.phase(Pass::next_token);
    add_operators(deployment, decode, machine, e);
    decode_ = rated_attention(decode, machine, e);
    prefill_ = rated_attention(*workload.phase(Pass::prompt), machine, e);
    set_lengths(lengths);
    add_activations(*deployment.model, workload.layout, machine, e);
    add_fixed_times(deployment, e);
}

}  // namespace roofline
