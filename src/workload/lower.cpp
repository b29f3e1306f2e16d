#include "roofline/catalog/efficiency.hpp"
#include "roofline/workload/parameters.hpp"
#include "roofline/workload/workload.hpp"

#include "arithmetic.hpp"
#include "element_bytes.hpp"
#include "mixer_operators.hpp"
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
            read_share_ = share_read(layer);
            add_matrices(layer);
            for (const Mixer& mixer : layer.mixers) add_mixer(mixer);
            add_transfers(layer);
        }
        count_ = 1;
        read_share_ = 1;
        for (const Projection& projection : model_.projections) add_once(projection);
        add_lm_head();
        count_ = layout_.pipeline - 1;
        if (count_ > 0)
            add_transfer(OperatorKind::pipeline_send, LinkUse::pipeline, Rows::rank_tokens, 1);
        return std::move(operators_);
    }

  private:
    Precision precision_of(Component component) const {
        return compute_precision(*deployment_.device, plan_.of(component), deployment_.compute);
    }
    // Scores and weighted sums run in 16 bits, or as wide as the projections where they are wider.
    Precision attention_precision() const {
        const Precision projections = precision_of(Component::attention);
        return row_of(projections).bytes >= 2 ? projections : wide_precision(*deployment_.device);
    }
    void add(OperatorKind kind, Precision precision, const OperatorForm& form,
             LinkUse link = LinkUse::none) {
        operators_.push_back({kind, precision, count_, link, form});
    }

    double share_read(const Layer& layer) const;
    void add_matrices(const Layer& layer);
    void add_matrix(const Layer& layer, const Matrix& matrix);
    void add_experts(const MixtureOfExperts& block, const Matrix& matrix);
    void add_transfers(const Layer& layer);
    void add_all_reduce();
    void add_transfer(OperatorKind kind, LinkUse link, Rows rows, double widths);
    void add_embedding();
    void add_lm_head();
    void add_once(const Projection& projection);
    void add_mixer(const Mixer& mixer);

    const Deployment& deployment_;
    const Model& model_;
    WeightPlan plan_;
    Layout layout_;
    Precision cache_format_;
    Pass pass_;
    double count_ = 1;
    double read_share_ = 1;  ///< of a layer's weights that come from memory each time
    std::vector<Operator> operators_;
};

// Layers that share weights may find them in the cache on the chip, where one copy fits.
double Lowering::share_read(const Layer& layer) const {
    if (layer.copies() == layer.count) return 1;
    Bytes copy;
    for (const Matrix& matrix : matrices_of(layer, model_.hidden))
        copy += matrix.parameters() * share_on_one_gpu(matrix, layout_) *
                plan_.of(matrix.component).per_weight();
    const Memory* cache = deployment_.device->level(MemoryLevel::l2);
    const bool stays = cache == nullptr || !cache->capacity || copy <= cache->capacity->value;
    return stays ? layer.copies() / layer.count : 1;
}

void Lowering::add_matrices(const Layer& layer) {
    for (const Matrix& matrix : matrices_of(layer, model_.hidden))
        if (matrix.multiplied) add_matrix(layer, matrix);
}

void Lowering::add_matrix(const Layer& layer, const Matrix& matrix) {
    if (matrix.division == Division::experts)
        return add_experts(std::get<MixtureOfExperts>(layer.feed_forward), matrix);
    const double part = share_on_one_gpu(matrix, layout_);
    const double here = matrix.parameters() * part;
    const bool whole_instance = matrix.division == Division::instance;
    add(matrix.kind, precision_of(matrix.component),
        MatrixProduct{.parameters = here,
                      .weights = read_share_ * here * plan_.of(matrix.component).per_weight(),
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
                      .active = block.working(),
                      .spread = fitted_efficiency().values.expert_spread,
                      .parameters = one,
                      .weights = one * plan_.of(Component::experts).per_weight(),
                      .activation_elements = 2 * matrix.inputs + matrix.outputs / width_split});
}

void Lowering::add_mixer(const Mixer& mixer) {
    const MixerSetting setting{.hidden = model_.hidden,
                               .causal = model_.causal,
                               .looks_back = model_.looks_back,
                               .cache = cache_format_,
                               .tensor = layout_.tensor,
                               .decodes = pass_ == Pass::next_token};
    for (MixerOperator& op : operators_of(mixer, setting))
        add(op.kind, attention_precision(), std::move(op.form));
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
    if (!layer.mixers.empty()) add_all_reduce();
    if (!widens(layer.feed_forward)) return;
    if (layout_.data == 1) return add_all_reduce();
    const double ways = layout_.stage();
    const auto* experts = routed_experts(layer.feed_forward);
    const double everywhere = (ways - 1) / ways;
    const double chosen = experts == nullptr ? everywhere : experts->working() / ways;
    add_transfer(OperatorKind::all_to_all, LinkUse::expert_parallel, Rows::instance_tokens,
                 2 * std::min(everywhere, chosen));
}

void Lowering::add_embedding() {
    if (model_.vocabulary > 0)
        add(OperatorKind::embedding, attention_precision(),
            Lookup{.elements_per_token = 2 * model_.token_width()});
}

void Lowering::add_lm_head() {
    if (model_.vocabulary == 0 || !model_.causal) return;
    const double here = model_.vocabulary * model_.token_width() / layout_.stage();
    const Component stored = model_.tied_embeddings ? Component::embedding : Component::lm_head;
    add(OperatorKind::lm_head, precision_of(stored),
        MatrixProduct{
            .parameters = here,
            .weights = here * plan_.of(stored).per_weight(),
            .activation_elements = model_.token_width() + model_.vocabulary / layout_.stage(),
            .rows = Rows::sequences});
}

void Lowering::add_once(const Projection& projection) {
    const double parameters = projection.inputs * projection.outputs;
    add(OperatorKind::adapter, precision_of(Component::dense),
        MatrixProduct{.parameters = parameters,
                      .weights = parameters * plan_.of(Component::dense).per_weight(),
                      .activation_elements = projection.inputs + projection.outputs});
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
