#include "roofline/serving/step_time.hpp"

#include "catch.hpp"

namespace served_model_test {

using namespace roofline;

namespace {

// A model, a device and operators; each test says what of them it is about.
struct Served {
    std::vector<Layer> layers = {{.count = 2, .mixers = {}, .feed_forward = {}}};
    std::vector<Operator> decode = {};
    std::vector<Operator> prefill = {};
    Efficiency efficiency = {};
    Layout layout = {};
    ServingEngine engine = ServingEngine::vllm;
    WeightFormat experts = WeightFormat::bf16;
    WeightFormat name = WeightFormat::bf16;
    Device device = {};
};

// One decoding sequence, and a prompt token if wanted, at 1 TB/s and 100 TFLOP/s.
StepTime step_of(const Served& served, double prompt_tokens = 0) {
    Model model;
    model.hidden = 1000;
    model.layers = served.layers;
    model.published.name = served.name;
    model.published.of(Component::experts).format = served.experts;
    const Deployment d{.model = std::make_shared<const Model>(std::move(model)),
                       .device = std::make_shared<const Device>(served.device),
                       .engine = EngineChoice{.program = served.engine}};
    Machine machine;
    machine.memory = 1e12 * byte / second;
    machine.peaks.fill(1e14 * flop / second);
    machine.links.fill(1e11 * byte / second);
    const Workload workload{
        .layout = served.layout,
        .phases = {{.name = "prefill", .pass = Pass::prompt, .operators = served.prefill},
                   {.name = "decode", .pass = Pass::next_token, .operators = served.decode}}};
    const ServedModel model_served(d, workload, machine, served.efficiency,
                                   {.fresh = 1, .context = 1});
    return model_served.time_of({.prompt_tokens = prompt_tokens, .sequences = 1});
}

double ms(const StepTime& time, StepTerm term) { return time.of(term).in(millisecond); }
double launches(const Served& served) { return ms(step_of(served), StepTerm::launches); }

// 1 GB of weights, and 100 GFLOP for a row of them: 1 ms either way.
Operator product(OperatorKind kind, Precision precision = Precision::bf16) {
    return {.kind = kind,
            .precision = precision,
            .form = MatrixProduct{.parameters = 5e10, .weights = gigabyte}};
}

// 8 experts of 1 GB, of which a token takes 2: 2 ms to read, and 2 ms to multiply.
Operator experts(double gigabytes = 1) {
    return {
        .kind = OperatorKind::experts,
        .precision = Precision::bf16,
        .form = ExpertProduct{
            .all = 8, .here = 8, .active = 2, .parameters = 5e10, .weights = gigabytes * gigabyte}};
}
constexpr MixtureOfExperts mixture{.experts = 8, .active = 2, .width = 300, .shared_width = 100};

bool is_in(StepTerm term, OperatorKind kind) {
    const StepTime time = step_of({.decode = {product(kind)}});
    return time.of(term) > Seconds() && time.of(term) == time.total();
}

}  // namespace

TEST_CASE("each kind of product has its term") {
    CHECK(is_in(StepTerm::projections, OperatorKind::qkv_projection));
    CHECK(is_in(StepTerm::projections, OperatorKind::output_projection));
    CHECK(is_in(StepTerm::projections, OperatorKind::latent_projection));
    CHECK(is_in(StepTerm::feed_forward, OperatorKind::gate_up_projection));
    CHECK(is_in(StepTerm::feed_forward, OperatorKind::down_projection));
    CHECK(is_in(StepTerm::shared_experts, OperatorKind::shared_experts));
    CHECK(is_in(StepTerm::shared_experts, OperatorKind::expert_latent));
    CHECK(is_in(StepTerm::shared_experts, OperatorKind::router));
    const StepTime head = step_of({.decode = {product(OperatorKind::lm_head)}});
    CHECK_THAT(ms(head, StepTerm::lm_head), WithinRel(1.0, 1e-12));
}

TEST_CASE("a product reaches a share of the memory's rate, or of the peak of its precision") {
    const auto projection = [](Precision precision, const Efficiency& efficiency) {
        const Operator op = product(OperatorKind::qkv_projection, precision);
        return ms(step_of({.decode = {op}, .efficiency = efficiency}), StepTerm::projections);
    };
    CHECK_THAT(projection(Precision::bf16, {.weights_bandwidth = 0.5}), WithinRel(2.0, 1e-12));
    const Efficiency shares{.compute_16bit = 0.5, .compute_8bit = 0.25, .compute_4bit = 0.2};
    CHECK_THAT(projection(Precision::bf16, shares), WithinRel(2.0, 1e-12));
    CHECK_THAT(projection(Precision::fp32, shares), WithinRel(2.0, 1e-12));
    CHECK_THAT(projection(Precision::int8, shares), WithinRel(4.0, 1e-12));
    CHECK_THAT(projection(Precision::fp4, shares), WithinRel(5.0, 1e-12));
}

TEST_CASE("attention of prompts and of decoding reach shares of their own, states too") {
    Operator pairs{.kind = OperatorKind::attention, .precision = Precision::bf16};
    pairs.form = TokenAttention{.per_pair = 1e11 * flop};
    Operator cache = pairs;
    cache.form = TokenAttention{.read_per_key = gigabyte, .reads_own_keys = true};
    Operator state{.kind = OperatorKind::recurrence, .precision = Precision::bf16};
    state.form = StateUpdate{.state = 0.5 * gigabyte, .reads_state = true};
    const auto decode = [](const Operator& op, const Efficiency& efficiency) {
        return ms(step_of({.decode = {op}, .efficiency = efficiency}), StepTerm::decode_attention);
    };
    CHECK_THAT(decode(pairs, {.decode_attention_compute = 0.5}), WithinRel(2.0, 1e-12));
    CHECK_THAT(decode(cache, {.cache_bandwidth = 0.25}), WithinRel(4.0, 1e-12));
    CHECK_THAT(decode(state, {.cache_bandwidth = 0.5}), WithinRel(2.0, 1e-12));
    const Served prompts{.prefill = {pairs}, .efficiency = {.prefill_attention_compute = 0.2}};
    CHECK_THAT(ms(step_of(prompts, 1), StepTerm::prefill_attention), WithinRel(5.0, 1e-12));
}

TEST_CASE("weights of experts are read at the rate of their format: 2 GB in 4, 8 and 20 ms") {
    Served served{.decode = {experts()}};
    served.efficiency = {
        .weights_bandwidth = 0.5, .fp8_experts_bandwidth = 0.25, .int4_experts_bandwidth = 0.1};
    CHECK_THAT(ms(step_of(served), StepTerm::experts), WithinRel(4.0, 1e-12));
    served.experts = WeightFormat::fp8;
    CHECK_THAT(ms(step_of(served), StepTerm::experts), WithinRel(8.0, 1e-12));
    served.experts = WeightFormat::int4;
    CHECK_THAT(ms(step_of(served), StepTerm::experts), WithinRel(20.0, 1e-12));
}

TEST_CASE("grouped products reach a share of a share, and less with weights scaled in blocks") {
    Served served{.decode = {experts()}};
    served.efficiency = {
        .compute_16bit = 0.5, .experts_compute = 0.5, .block_experts_compute = 0.5};
    CHECK_THAT(ms(step_of(served), StepTerm::experts), WithinRel(8.0, 1e-12));
    served.experts = WeightFormat::fp8_block;
    CHECK_THAT(ms(step_of(served), StepTerm::experts), WithinRel(8.0, 1e-12));
    served.layers[0].feed_forward = mixture;
    CHECK_THAT(ms(step_of(served), StepTerm::experts), WithinRel(16.0, 1e-12));
}

TEST_CASE("each of 2 experts multiplies 3 rows more where the engine pads: 8 ms, not 2") {
    Served served{.decode = {experts(0)}, .efficiency = {.expert_padding_rows = 3}};
    CHECK_THAT(ms(step_of(served), StepTerm::experts), WithinRel(8.0, 1e-12));
    served.engine = ServingEngine::llama_cpp;
    CHECK_THAT(ms(step_of(served), StepTerm::experts), WithinRel(2.0, 1e-12));
}

TEST_CASE("tokens of 2 that spread over half of 8 experts touch 4 x (1 - 1/4) = 3 of them") {
    Served served{.decode = {experts()}, .efficiency = {.expert_spread = 0.5}};
    CHECK_THAT(ms(step_of(served, 1), StepTerm::experts), WithinRel(4.0, 1e-12));
    served.decode = {experts(2)};  // 6 GB, against 4 ms of arithmetic
    CHECK_THAT(ms(step_of(served, 1), StepTerm::experts), WithinRel(6.0, 1e-12));
}

TEST_CASE("an all-to-all has a latency and a share of its own, and no root") {
    Operator transfer{.kind = OperatorKind::all_to_all, .precision = Precision::bf16};
    transfer.form = Transfer{.bytes_per_token = 0.1 * gigabyte};
    Served served{.decode = {transfer}};
    served.efficiency = {.all_reduce_latency = 0.1,
                         .all_reduce_root = 0.1,
                         .all_reduce_bandwidth = 0.1,
                         .all_to_all_latency = 0.002,
                         .all_to_all_bandwidth = 0.5};
    CHECK_THAT(ms(step_of(served), StepTerm::communication), WithinRel(4.0, 1e-12));
    served.decode[0].kind = OperatorKind::pipeline_send;
    CHECK_THAT(ms(step_of(served), StepTerm::communication), WithinRel(110.0, 1e-12));
}

TEST_CASE("activations are passes over widths, of 2 bytes, at a share of the memory's rate") {
    const auto elements = [](const Layer& layer, const Layout& layout = {}) {
        const Served served{.layers = {layer},
                            .efficiency = {.activation_bandwidth = 0.5,
                                           .activation_passes = 3,
                                           .expert_activation_passes = 5},
                            .layout = layout};
        // one takes 4 ps
        return step_of(served).of(StepTerm::activations).in(second)*1e12 / 4;
    };
    const GroupedQuery grouped{.heads = 8, .kv_heads = 2, .head_dim = 10, .value_dim = 10};
    CHECK_THAT(elements({.count = 2, .mixers = {grouped}}), WithinRel(2 * 3 * 200.0, 1e-9));
    CHECK_THAT(elements({.count = 2, .mixers = {grouped}}, {.tensor = 2}),
               WithinRel(3 * 200.0, 1e-9));
    const LatentAttention latent{.heads = 4, .nope_dim = 10, .rope_dim = 5, .value_dim = 20};
    CHECK_THAT(elements({.count = 1, .mixers = {latent}}), WithinRel(3 * 280.0, 1e-9));
    CHECK(elements({.count = 1, .mixers = {StateSpace{.heads = 4}}}) == 0);
    CHECK_THAT(elements({.count = 2, .feed_forward = DenseFeedForward{.width = 400}}),
               WithinRel(2 * 3 * 400.0, 1e-9));
    CHECK_THAT(elements({.count = 2, .feed_forward = DenseFeedForward{.width = 400}}, {.data = 4}),
               WithinRel(2 * 3 * 100.0, 1e-9));
    CHECK_THAT(elements({.count = 2, .feed_forward = mixture}),
               WithinRel(2 * (3 * (2 * 300 + 100) + 5 * 2 * 1000.0), 1e-9));
    CHECK_THAT(elements({.count = 2, .feed_forward = mixture}, {.tensor = 4, .expert = 2}),
               WithinRel(2 * (3 * 700 / 4.0 + 5 * 1000.0), 1e-9));
}

TEST_CASE(
    "a layer takes its time, and more for its mixer, of which a linear one is wide as others") {
    const Efficiency times{.activation_passes = 1,
                           .layer_time = 0.001,
                           .latent_layer_time = 0.002,
                           .sparse_layer_time = 0.004,
                           .linear_layer_time = 0.008};
    const auto of = [&](const Mixer& mixer) {
        return launches({.layers = {{.count = 2, .mixers = {mixer}}}, .efficiency = times});
    };
    CHECK_THAT(of(GroupedQuery{}), WithinRel(2.0, 1e-12));
    CHECK_THAT(of(LatentAttention{}), WithinRel(6.0, 1e-12));
    CHECK_THAT(of(LatentAttention{.indexer = SparseIndexer{}}), WithinRel(14.0, 1e-12));
    CHECK_THAT(of(LinearAttention{}), WithinRel(18.0, 1e-12));
    CHECK_THAT(of(StateSpace{}), WithinRel(18.0, 1e-12));
    const GroupedQuery grouped{.heads = 1, .kv_heads = 1, .head_dim = 5};
    const StepTime mixed = step_of(
        {.layers = {{.count = 1, .mixers = {grouped}}, {.count = 2, .mixers = {LinearAttention{}}}},
         .efficiency = times});
    CHECK_THAT(mixed.of(StepTerm::activations).in(second), WithinRel(3 * 20 * 2e-12, 1e-9));
}

TEST_CASE(
    "blocks cost every layer of a mixture time, nvfp4 those with experts, or all without any") {
    Served served{.layers = {{.count = 2, .feed_forward = mixture}, {.count = 3}}};
    served.efficiency = {.block_layer_time = 0.001, .nvfp4_layer_time = 0.01};
    CHECK(launches(served) == 0);
    served.experts = WeightFormat::fp8_block;
    CHECK_THAT(launches(served), WithinRel(5.0, 1e-12));
    served.experts = WeightFormat::nvfp4;
    served.name = WeightFormat::nvfp4;
    CHECK_THAT(launches(served), WithinRel(20.0, 1e-12));
    served.layers = {{.count = 4}};
    CHECK_THAT(launches(served), WithinRel(40.0, 1e-12));
}

TEST_CASE("trtllm has a share of the layers' time, and widens mxfp4 where there is no fp4") {
    Served served{.layers = {{.count = 2, .feed_forward = mixture}}};
    served.engine = ServingEngine::trtllm;
    served.experts = WeightFormat::mxfp4;
    served.efficiency = {.layer_time = 0.001,
                         .widened_mxfp4_layer_time = 0.01,
                         .trtllm_layer_share = 0.5,
                         .trtllm_sequence_time = 0.0005};
    CHECK_THAT(launches(served), WithinRel(1 + 20.0, 1e-12));
    CHECK_THAT(ms(step_of(served), StepTerm::sequences), WithinRel(0.5, 1e-12));
    served.device.peaks = {{.unit = ComputeUnit::matrix, .precision = Precision::fp4, .rate = {}}};
    CHECK_THAT(launches(served), WithinRel(1.0, 1e-12));
    served.device.peaks.clear();
    served.engine = ServingEngine::vllm;
    CHECK_THAT(launches(served), WithinRel(2.0, 1e-12));
}

}  // namespace served_model_test
