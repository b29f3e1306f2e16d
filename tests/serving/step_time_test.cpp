#include "roofline/serving/step_time.hpp"

#include "catch.hpp"

namespace step_time_test {

using namespace roofline;

namespace {

// At 1 TB/s a product of so many GB is read in as many ms, and at 100 TFLOP/s a row of it takes
// 10 µs a GB.
Operator product(OperatorKind kind, double gigabytes, Rows rows = Rows::rank_tokens) {
    return {.kind = kind,
            .precision = Precision::bf16,
            .form = MatrixProduct{
                .parameters = gigabytes * 5e8, .weights = gigabytes * gigabyte, .rows = rows}};
}

// Reads 1 MB for each token in the cache: 1 µs.
Operator reading() {
    return {.kind = OperatorKind::attention,
            .precision = Precision::bf16,
            .form = TokenAttention{.read_per_key = 1e6 * byte, .reads_own_keys = true}};
}

// Computes 10 GFLOP for each pair of tokens: 100 µs.
Operator pairing() {
    return {.kind = OperatorKind::attention,
            .precision = Precision::bf16,
            .form = TokenAttention{.per_pair = 1e10 * flop}};
}

struct Served {
    std::vector<Operator> decode = {};
    std::vector<Operator> prefill = {};
    Efficiency efficiency = {};
    Layout layout = {};
    ServedLengths lengths = {.fresh = 10, .context = 100};
    std::vector<Layer> layers = {{.count = 2, .mixers = {}, .feed_forward = {}}};
};

// Layers, two empty ones if none are named, and these operators.
ServedModel model_of(const Served& served) {
    Model model;
    model.layers = served.layers;
    const Deployment d{.model = std::make_shared<const Model>(std::move(model)),
                       .device = std::make_shared<const Device>(),
                       .engine = EngineChoice()};
    Machine machine;
    machine.memory = 1e12 * byte / second;
    machine.peaks.fill(1e14 * flop / second);
    machine.links.fill(1e11 * byte / second);
    const Workload workload{
        .layout = served.layout,
        .phases = {{.name = "prefill", .pass = Pass::prompt, .operators = served.prefill},
                   {.name = "decode", .pass = Pass::next_token, .operators = served.decode}}};
    return ServedModel(d, workload, machine, served.efficiency, served.lengths);
}

double ms(const StepTime& time, StepTerm term) { return time.of(term).in(millisecond); }

}  // namespace

TEST_CASE("1 GB is read in 1 ms, and 100 rows of it are multiplied in as long") {
    const ServedModel model = model_of({.decode = {product(OperatorKind::qkv_projection, 1)}});
    const auto projections = [&](const MixedStep& step) {
        return ms(model.time_of(step), StepTerm::projections);
    };
    CHECK_THAT(projections({.sequences = 50}), WithinRel(1.0, 1e-12));
    CHECK_THAT(projections({.sequences = 200}), WithinRel(2.0, 1e-12));
    CHECK_THAT(projections({.prompt_tokens = 150, .sequences = 100}), WithinRel(2.5, 1e-12));
}

TEST_CASE("100 tokens of cache take 0.1 ms a sequence, 10 tokens of a prompt 55 pairs") {
    const ServedModel model = model_of({.decode = {reading()}, .prefill = {pairing()}});
    const StepTime time = model.time_of({.prompt_tokens = 20, .sequences = 8});
    CHECK_THAT(ms(time, StepTerm::decode_attention), WithinRel(0.8, 1e-12));
    CHECK_THAT(ms(time, StepTerm::prefill_attention), WithinRel(2 * 5.5, 1e-12));
    CHECK_THAT(time.total().in(millisecond), WithinRel(11.8, 1e-12));
}

TEST_CASE("other lengths change attention alone: 50 cached tokens are seen by each of 10 more") {
    ServedModel model = model_of(
        {.decode = {product(OperatorKind::lm_head, 1), reading()}, .prefill = {pairing()}});
    model.set_lengths({.fresh = 10, .cached = 50, .context = 300});
    const StepTime time = model.time_of({.prompt_tokens = 10, .sequences = 1});
    CHECK_THAT(ms(time, StepTerm::decode_attention), WithinRel(0.3, 1e-12));
    CHECK_THAT(ms(time, StepTerm::prefill_attention), WithinRel(55.5, 1e-12));
    CHECK_THAT(ms(time, StepTerm::lm_head), WithinRel(1.0, 1e-12));
}

TEST_CASE("one token touches 2 of 8 experts of 1 GB: 2 ms for each of 3 layers") {
    Operator experts{.kind = OperatorKind::experts, .precision = Precision::bf16, .count = 3};
    experts.form =
        ExpertProduct{.all = 8, .here = 8, .active = 2, .parameters = 5e8, .weights = gigabyte};
    const ServedModel model = model_of({.decode = {experts}});
    CHECK_THAT(ms(model.time_of({.sequences = 1}), StepTerm::experts), WithinRel(6.0, 1e-12));
}

TEST_CASE("4 rows of 1 GB take a link 40 ms: 1 + 10 x sqrt(0.04) + 40 / 0.5 = 83 ms, twice") {
    Operator reduce{.kind = OperatorKind::all_reduce, .precision = Precision::bf16, .count = 2};
    reduce.link = LinkUse::tensor_parallel;
    reduce.form = Transfer{.bytes_per_token = gigabyte};
    const ServedModel model = model_of(
        {.decode = {reduce},
         .efficiency = {
             .all_reduce_latency = 0.001, .all_reduce_root = 0.01, .all_reduce_bandwidth = 0.5}});
    CHECK_THAT(ms(model.time_of({.sequences = 4}), StepTerm::communication),
               WithinRel(166.0, 1e-12));
}

TEST_CASE("fixed times: 1 ms a layer, 0.25 ms more with a prompt, 0.1 ms a sequence") {
    const ServedModel model = model_of(
        {.efficiency = {
             .layer_time = 0.001, .prefill_layer_time = 0.00025, .vllm_sequence_time = 0.0001}});
    const StepTime decode = model.time_of({.sequences = 3});
    CHECK_THAT(ms(decode, StepTerm::launches), WithinRel(2.0, 1e-12));
    CHECK_THAT(ms(decode, StepTerm::sequences), WithinRel(0.3, 1e-12));
    const StepTime mixed = model.time_of({.prompt_tokens = 1, .sequences = 3});
    CHECK_THAT(ms(mixed, StepTerm::launches), WithinRel(2.5, 1e-12));
}

TEST_CASE("one of two ranks has half the tokens, the instance and its logits all of them") {
    const ServedModel model =
        model_of({.decode = {product(OperatorKind::qkv_projection, 1),
                             product(OperatorKind::down_projection, 1, Rows::instance_tokens),
                             product(OperatorKind::lm_head, 1, Rows::sequences), reading()},
                  .efficiency = {.vllm_sequence_time = 0.0001},
                  .layout = {.data = 2}});
    const StepTime time = model.time_of({.prompt_tokens = 600, .sequences = 400});
    CHECK_THAT(ms(time, StepTerm::projections), WithinRel(5.0, 1e-12));
    CHECK_THAT(ms(time, StepTerm::feed_forward), WithinRel(10.0, 1e-12));
    CHECK_THAT(ms(time, StepTerm::lm_head), WithinRel(4.0, 1e-12));
    CHECK_THAT(ms(time, StepTerm::decode_attention), WithinRel(20.0, 1e-12));
    CHECK_THAT(ms(time, StepTerm::sequences), WithinRel(20.0, 1e-12));
}

TEST_CASE("a rank writes its 3 tokens 20 wide, and half the 50 of the instance's 6: 210 x 2 MB") {
    const ServedModel model =
        model_of({.efficiency = {.activation_passes = 1e6},
                  .layout = {.data = 2},
                  .layers = {{.count = 1,
                              .mixers = {GroupedQuery{.heads = 1, .kv_heads = 1, .head_dim = 5}},
                              .feed_forward = DenseFeedForward{.width = 50}}}});
    const StepTime time = model.time_of({.prompt_tokens = 4, .sequences = 2});
    CHECK_THAT(ms(time, StepTerm::activations), WithinRel(0.42, 1e-12));
}

TEST_CASE("a guess takes one of 2 layers of 3 ms and the head's 0.2 ms: two of them 3.4 ms") {
    Served guessing{.decode = {product(OperatorKind::qkv_projection, 1),
                               product(OperatorKind::lm_head, 0.2, Rows::sequences)},
                    .efficiency = {.layer_time = 0.001, .vllm_sequence_time = 0.0001},
                    .lengths = {.fresh = 10, .context = 100, .drafts = 2}};
    const ServedModel model = model_of(guessing);
    const StepTime time = model.time_of({.sequences = 4});
    CHECK_THAT(ms(time, StepTerm::drafts), WithinRel(3.4, 1e-12));
    CHECK_THAT(time.total().in(millisecond), WithinRel(1 + 0.2 + 2 + 0.4 + 3.4, 1e-12));
    CHECK(model.time_of({.prompt_tokens = 8}).of(StepTerm::drafts) == Seconds());
    // Three tokens of each sequence are verified: 3 x 100 rows of 10 µs, and 102 keys.
    guessing.decode = {product(OperatorKind::qkv_projection, 1), reading()};
    const StepTime verified = model_of(guessing).time_of({.sequences = 100});
    CHECK_THAT(ms(verified, StepTerm::projections), WithinRel(3.0, 1e-12));
    CHECK_THAT(ms(verified, StepTerm::decode_attention), WithinRel(10.2, 1e-12));
}

TEST_CASE("every term has its name") {
    CHECK(name_of(StepTerm::projections) == "projections");
    CHECK(name_of(StepTerm::feed_forward) == "feed-forward");
    CHECK(name_of(StepTerm::experts) == "experts");
    CHECK(name_of(StepTerm::shared_experts) == "shared experts");
    CHECK(name_of(StepTerm::decode_attention) == "decode attention");
    CHECK(name_of(StepTerm::prefill_attention) == "prefill attention");
    CHECK(name_of(StepTerm::lm_head) == "lm_head");
    CHECK(name_of(StepTerm::activations) == "activations");
    CHECK(name_of(StepTerm::communication) == "communication");
    CHECK(name_of(StepTerm::launches) == "launches");
    CHECK(name_of(StepTerm::sequences) == "sequences");
    CHECK(name_of(StepTerm::drafts) == "drafts");
}

}  // namespace step_time_test
