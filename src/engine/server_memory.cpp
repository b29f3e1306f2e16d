#include "roofline/engine/server_memory.hpp"

#include "workload/element_bytes.hpp"
#include "workload/sharding.hpp"

#include <algorithm>
#include <cmath>

namespace roofline {
namespace {

constexpr double logit_bytes = 4;

struct WidestIntermediate {
    double hidden;
    double tensor;

    double operator()(std::monostate) const { return 0; }
    // Of a gated block: gate, up and their product.
    double operator()(const DenseFeedForward& f) const { return f.matrices * f.width / tensor; }
    double operator()(const MixtureOfExperts& f) const {
        const double expert = f.matrices * f.width / tensor + (f.latent > 0 ? f.latent : hidden);
        return f.working() * expert;
    }
};

struct QueryHeads {
    double operator()(const GroupedQuery& a) const { return a.heads; }
    double operator()(const LatentAttention& a) const { return a.heads; }
    double operator()(const CompressedAttention& a) const { return a.heads; }
    double operator()(const Recurrent auto&) const { return 0; }
};

double widest_intermediate(const Model& model, double tensor) {
    double widest = 0;
    for (const Layer& layer : model.layers)
        widest = std::max(widest,
                          std::visit(WidestIntermediate{model.hidden, tensor}, layer.feed_forward));
    return widest;
}

double most_heads(const Model& model) {
    double most = 0;
    for (const Layer& layer : model.layers)
        for (const Mixer& mixer : layer.mixers)
            most = std::max(most, std::visit(QueryHeads(), mixer));
    return most;
}

double padded(double size, double multiple) { return std::ceil(size / multiple) * multiple / size; }

// Resolves an era's values for one deployment.
class ServerTerms {
  public:
    ServerTerms(const Deployment& deployment, const Workload& workload)
        : d_(deployment),
          model_(*deployment.model),
          layout_(workload.layout),
          era_(era_of(*deployment.engine)) {
        server_.rule = era_.rule;
        const auto& reserved = d_.device->dram().reserved;  // by a system or a runtime
        server_.reported = d_.device->capacity();
        if (reserved) server_.kept = reserved->value;
        server_.weights = weights_loaded(workload);
        server_.base = value(era_.base_gib, 0) * gibibyte;
        server_.other = value(era_.other_gib, 0) * gibibyte;
        server_.step_tokens = d_.prefill_chunk.value_or(value(era_.step_tokens, 0));
        if (!d_.prefill_chunk) server_.whole_prompts_up_to = value(era_.whole_prompts_up_to, 0);
        server_.sequences = d_.max_num_seqs;
        server_.sequences_given = d_.max_num_seqs.has_value();
        if (!server_.sequences) server_.sequences = era_.max_num_seqs.of(*d_.device, gpus());
        server_.share = share();
        server_.spread = value(era_.spread_gib, 0) * gibibyte;
        server_.spread_share = value(era_.spread_share, 0);
    }

    ServerMemory run() {
        add_working();
        if (!d_.eager.value_or(false)) add_graphs();
        return server_;
    }

  private:
    double gpus() const { return layout_.stage(); }
    double value(const ByCard& term, double otherwise) const {
        return term.of(*d_.device, gpus(), otherwise);
    }

    // Experts in mxfp4 are padded to the tiles of a card's kernels, and llama.cpp leaves the input
    // embedding in the memory of the host.
    Bytes weights_loaded(const Workload& workload) const {
        if (era_.rule == MemoryRule::whole)
            return weights_on_one_gpu(d_, layout_, Embedding::on_host);
        return d_.weights == WeightFormat::mxfp4 ? workload.weights + padding_of_experts()
                                                 : workload.weights;
    }

    Bytes padding_of_experts() const {
        Bytes more;
        for (const Layer& layer : model_.layers) {
            const auto* block = std::get_if<MixtureOfExperts>(&layer.feed_forward);
            if (block == nullptr) continue;
            const double hidden = block->latent > 0 ? block->latent : model_.hidden;
            const double width = block->width / (layout_.stage() / layout_.expert);
            const double factor = padded(hidden, value(era_.expert_hidden_multiple, 1)) *
                                  padded(width, value(era_.expert_width_multiple, 1));
            more += (factor - 1) * experts_on_one_gpu(d_, layer, layout_);
        }
        return more;
    }

    double share() const {
        if (d_.mem_share) return *d_.mem_share;
        if (const auto share = era_.share.of(*d_.device, gpus())) return *share;
        if (era_.kept_mib.rows.empty()) return 1;
        const double kept =
            value(era_.kept_mib, 0) + value(era_.kept_mib_per_step_token, 0) * server_.step_tokens +
            value(era_.kept_mib_per_graph_sequence, 0) * value(era_.graph_sequences, 0) +
            value(era_.kept_mib_per_gpu, 0) * layout_.tensor * layout_.pipeline;
        const Bytes free = std::max(kept, value(era_.least_kept_mib, 0)) * mebibyte;
        return std::max(0.0, 1 - free / server_.reported);
    }

    void add_working() {
        server_.working = value(era_.working_gib, 0) * gibibyte;
        if (era_.rule == MemoryRule::whole) return add_compute_buffer();
        if (era_.sampler_copies.rows.empty() || !model_.causal) return;
        const double vocabulary = model_.vocabulary;  // logits are gathered: whole on every rank
        server_.per_sampled = value(era_.sampler_copies, 0) * vocabulary * logit_bytes * byte;
        server_.per_held = model_.hidden * activation_bytes * byte;
        server_.per_token = activation_bytes *
                            (widest_intermediate(model_, layout_.tensor) +
                             value(era_.forward_widths, 0) * model_.hidden) *
                            byte;
    }

    // llama.cpp's buffer for one n_ubatch: logits and a hidden state, or, without FlashAttention,
    // the scores of all heads.
    void add_compute_buffer() {
        const double copies = layout_.pipeline > 1 ? value(era_.stage_copies, 1) : 1;
        const double batch = server_.step_tokens;
        const auto flash = era_.mask_beyond.of(*d_.device, gpus());
        const double vocabulary = model_.causal ? model_.vocabulary : 0;
        server_.per_sampled = Bytes();
        if (flash) {
            server_.per_token = copies * logit_bytes * (vocabulary + model_.hidden) * byte;
            server_.per_context_token = copies * batch * activation_bytes * byte;
            server_.context_beyond = *flash;
        } else {
            server_.per_token = copies * 8 * model_.hidden * logit_bytes * byte;
            server_.per_context_token = copies * batch * most_heads(model_) * logit_bytes * byte;
        }
    }

    void add_graphs() {
        const double layers = std::ceil(model_.layer_count() / layout_.pipeline);
        server_.graphs_least = value(era_.graphs_gib, 0) * gibibyte;
        server_.graphs_most = value(era_.graphs_gib_per_layer, 0) * layers * gibibyte;
        server_.graphs_full_at = value(era_.graphs_full_at, 1);
    }

    const Deployment& d_;
    const Model& model_;
    const Layout& layout_;
    const EngineEra& era_;
    ServerMemory server_;
};

}  // namespace

ServerMemory server_memory(const Deployment& deployment, const Workload& workload) {
    return ServerTerms(deployment, workload).run();
}

}  // namespace roofline
