#include "roofline/catalog/efficiency.hpp"
#include "roofline/workload/parameters.hpp"
#include "roofline/workload/workload.hpp"

#include "arithmetic.hpp"
#include "element_bytes.hpp"
#include "sharding.hpp"

#include <algorithm>
#include <utility>

namespace roofline {
namespace {

// Lowers one layer shape after another into the operators of one phase, on one GPU.
class Lowering {
  public:
    Lowering(const Deployment& deployment, Pass pass)
        : deployment_(deployment),
          model_(*deployment.model),
          plan_(weight_plan_of(deployment)),
          layout_(layout_of(deployment)),
          cache_format_(deployment.kv_cache.value_or(model_.kv_cache)),
          pass_(pass) {}

    std::vector<Operator> run() {
        add_embedding();
        for (const Layer& layer : model_.layers) {
            count_ = layer.count;
            add_matrices(layer);
            std::visit(*this, layer.mixer);
            add_transfers(layer);
        }
        count_ = 1;
        add_lm_head();
        count_ = layout_.pipeline - 1;
        if (count_ > 0)
            add_transfer(OperatorKind::pipeline_send, LinkUse::pipeline, Rows::rank_tokens, 1);
        return std::move(operators_);
    }

    void operator()(std::monostate) {}
    void operator()(const GroupedQuery& a);
    void operator()(const LatentAttention& a);
    void operator()(const LinearAttention& a);
    void operator()(const StateSpace& a);

  private:
    Precision precision_of(Component component) const {
        return compute_precision(*deployment_.device, plan_.of(component), deployment_.compute);
    }
    // Scores and weighted sums run in 16 bits, or as wide as the projections where they are wider.
    Precision attention_precision() const {
        const Precision projections = precision_of(Component::attention);
        return row_of(projections).bytes >= 2 ? projections : wide_precision(*deployment_.device);
    }
    bool decodes() const { return pass_ == Pass::next_token; }

    void add(OperatorKind kind, Precision precision, const OperatorForm& form,
             LinkUse link = LinkUse::none) {
        operators_.push_back({kind, precision, count_, link, form});
    }

    void add_matrices(const Layer& layer);
    void add_matrix(const Layer& layer, const Matrix& matrix);
    void add_experts(const MixtureOfExperts& block, const Matrix& matrix);
    void add_transfers(const Layer& layer);
    void add_all_reduce();
    void add_transfer(OperatorKind kind, LinkUse link, Rows rows, double widths);
    void add_embedding();
    void add_lm_head();
    void add_state(const Mixer& mixer, double flops_per_token, double activations);

    const Deployment& deployment_;
    const Model& model_;
    WeightPlan plan_;
    Layout layout_;
    Precision cache_format_;
    Pass pass_;
    double count_ = 1;
    std::vector<Operator> operators_;
};

void Lowering::add_matrices(const Layer& layer) {
    for (const Matrix& matrix : matrices_of(layer, model_.hidden)) add_matrix(layer, matrix);
}

void Lowering::add_matrix(const Layer& layer, const Matrix& matrix) {
    if (matrix.division == Division::experts)
        return add_experts(std::get<MixtureOfExperts>(layer.feed_forward), matrix);
    const double part = share_on_one_gpu(matrix, layer.mixer, layout_);
    const double here = matrix.parameters() * part;
    const bool whole_instance = matrix.division == Division::instance;
    add(matrix.kind, precision_of(matrix.component),
        MatrixProduct{.parameters = here,
                      .weights = here * plan_.of(matrix.component).per_weight(),
                      .activation_elements = matrix.inputs + matrix.outputs * part,
                      .rows = whole_instance ? Rows::instance_tokens : Rows::rank_tokens});
}

void Lowering::add_experts(const MixtureOfExperts& block, const Matrix& matrix) {
    // Experts spread over ep GPUs; what is left of the stage splits each expert's width.
    const double width_split = layout_.stage() / layout_.expert;
    const double one = matrix.inputs * matrix.outputs / width_split;
    add(matrix.kind, precision_of(Component::experts),
        ExpertProduct{.all = block.experts,
                      .here = block.experts / layout_.expert,
                      .active = block.active,
                      .spread = fitted_efficiency().values.expert_spread,
                      .parameters = one,
                      .weights = one * plan_.of(Component::experts).per_weight(),
                      .activation_elements = 2 * matrix.inputs + matrix.outputs / width_split});
}

void Lowering::operator()(const GroupedQuery& a) {
    const double heads = a.heads / layout_.tensor;
    const Bytes cache = cache_bytes(a, cache_format_, layout_.tensor);
    add(OperatorKind::attention, attention_precision(),
        TokenAttention{.per_pair = 2 * heads * (a.head_dim + a.value_dim) * flop,
                       .read_per_key = cache,
                       .written_per_token = model_.causal ? cache : Bytes(),
                       .window = a.window,
                       .causal = model_.causal,
                       .reads_own_keys = decodes(),
                       .activation_elements = heads * (a.head_dim + a.value_dim)});
}

// Prefill multiplies the full heads; decode, and sparse attention always, work on the latents.
void Lowering::operator()(const LatentAttention& a) {
    const double heads = a.heads / layout_.tensor;
    const bool absorbed = decodes() || a.indexer;
    const double full = a.nope_dim + a.rope_dim + a.value_dim;
    const double latent = 2 * a.kv_rank + a.rope_dim;
    LatentAttention without_indexer = a;
    without_indexer.indexer.reset();
    const Bytes cache = cache_bytes(without_indexer, cache_format_, layout_.tensor);
    Window window;
    if (a.indexer) window = {.reach = Reach::sliding, .tokens = a.indexer->top_k};
    add(OperatorKind::attention, attention_precision(),
        TokenAttention{.per_pair = 2 * heads * (absorbed ? latent : full) * flop,
                       .read_per_key = cache,
                       .written_per_token = cache,
                       .window = window,
                       .causal = true,
                       .reads_own_keys = decodes(),
                       .activation_elements = heads * full});
    if (!a.indexer || a.indexer->heads == 0) return;
    const Bytes keys = cache_bytes(a, cache_format_, layout_.tensor) - cache;
    add(OperatorKind::indexer, attention_precision(),
        TokenAttention{.per_pair = 2 * a.indexer->heads * a.indexer->head_dim * flop,
                       .read_per_key = keys,
                       .written_per_token = keys,
                       .window = {},
                       .causal = true,
                       .reads_own_keys = decodes(),
                       .activation_elements = a.indexer->heads * a.indexer->head_dim});
}

void Lowering::add_state(const Mixer& mixer, double flops_per_token, double activations) {
    add(OperatorKind::recurrence, attention_precision(),
        StateUpdate{.per_token = flops_per_token / layout_.tensor * flop,
                    .state = state_bytes(mixer, layout_.tensor),
                    .reads_state = decodes(),
                    .activation_elements = activations / layout_.tensor});
}

void Lowering::operator()(const LinearAttention& a) {
    // Per value element and key element: decay, correction (2), update (2), read-out (2), scale.
    const double state = a.value_heads * a.value_dim * a.key_dim;
    add_state(a, 8 * state, 2 * a.key_heads * a.key_dim + 2 * a.value_heads * a.value_dim);
}

void Lowering::operator()(const StateSpace& a) {
    // Per channel and state element: decay, update (3), read-out (2).
    const double inner = a.heads * a.head_dim;
    add_state(a, 6 * inner * a.state_dim, 2 * inner);
}

void Lowering::add_transfer(OperatorKind kind, LinkUse link, Rows rows, double widths) {
    add(kind, attention_precision(),
        Transfer{.bytes_per_token = widths * model_.hidden * activation_bytes * byte, .rows = rows},
        link);
}

// Ring all-reduce: 2(n-1)/n of the data crosses each GPU's links (Patarasuk and Yuan 2009); over
// several nodes, one ring in each and then one over the nodes of every GPU's n-th part.
void Lowering::add_all_reduce() {
    const double near = layout_.tensor_near();
    const double far = layout_.tensor_far();
    if (near > 1)
        add_transfer(OperatorKind::all_reduce, LinkUse::tensor_parallel, Rows::rank_tokens,
                     2 * (near - 1) / near);
    if (far > 1)
        add_transfer(OperatorKind::all_reduce, LinkUse::across_nodes, Rows::rank_tokens,
                     2 * (far - 1) / far / near);
}

// With data-parallel attention, tokens travel to the experts' GPUs and back instead.
void Lowering::add_transfers(const Layer& layer) {
    if (mixes(layer.mixer)) add_all_reduce();
    if (!widens(layer.feed_forward)) return;
    if (layout_.data == 1) return add_all_reduce();
    const double ways = layout_.stage();
    const auto* experts = routed_experts(layer.feed_forward);
    const double everywhere = (ways - 1) / ways;
    const double chosen = experts == nullptr ? everywhere : experts->active / ways;
    add_transfer(OperatorKind::all_to_all, LinkUse::expert_parallel, Rows::instance_tokens,
                 2 * std::min(everywhere, chosen));
}

void Lowering::add_embedding() {
    if (model_.vocabulary > 0)
        add(OperatorKind::embedding, attention_precision(),
            Lookup{.elements_per_token = 2 * model_.hidden});
}

void Lowering::add_lm_head() {
    if (model_.vocabulary == 0 || !model_.causal) return;
    const double here = model_.vocabulary * model_.hidden / layout_.stage();
    const Component stored = model_.tied_embeddings ? Component::embedding : Component::lm_head;
    add(OperatorKind::lm_head, precision_of(stored),
        MatrixProduct{.parameters = here,
                      .weights = here * plan_.of(stored).per_weight(),
                      .activation_elements = model_.hidden + model_.vocabulary / layout_.stage(),
                      .rows = Rows::sequences});
}

}  // namespace

const Phase* Workload::phase(Pass pass) const {
    const auto found = std::ranges::find(phases, pass, &Phase::pass);
    return found == phases.end() ? nullptr : &*found;
}

Workload lower(const Deployment& deployment) {
    const Layout layout = layout_of(deployment);
    Workload workload{
        .layout = layout,
        .cache = cache_on_one_gpu(*deployment.model,
                                  deployment.kv_cache.value_or(deployment.model->kv_cache), layout),
        .weights = weights_on_one_gpu(deployment, layout)};
    for (const PhaseRow& row : language_phases)
        if (row.of_encoders || deployment.model->causal)
            workload.phases.push_back({.name = std::string(row.name),
                                       .pass = row.pass,
                                       .operators = Lowering(deployment, row.pass).run()});
    return workload;
}

}  // namespace roofline
