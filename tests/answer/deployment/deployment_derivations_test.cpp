#include "answer/deployment/deployment_derivations.hpp"

#include "catch.hpp"

namespace deployment_derivations_test {

using namespace roofline;

namespace {

/// Layers of 10 heads of 100 and a feed-forward of 2 x 1,000 x 2,000; 1,000 words.
std::shared_ptr<const Model> round_model(double layers) {
    Model model{.id = "round", .hidden = 1000, .vocabulary = 1000, .context = 1000};
    const GroupedQuery mixer{.heads = 10, .kv_heads = 10, .head_dim = 100, .value_dim = 100};
    model.layers = {{layers, {mixer}, DenseFeedForward{.width = 2000, .matrices = 2}}};
    return std::make_shared<const Model>(model);
}

/// 100 TFLOP/s, 1 TB/s, 1 GB of memory, 100 GB/s to the others.
std::shared_ptr<const Device> round_device(bool reported) {
    Memory dram{.level = MemoryLevel::dram,
                .capacity = Figure<Bytes>{2 * gigabyte, {.source = "its sheet"}},
                .bandwidth = Figure<BytesPerSecond>{1 * terabyte / second, {}}};
    if (reported) dram.reported = Figure<Bytes>{1 * gigabyte, {.source = "its driver"}};
    Device device{.id = "disc"};
    device.peaks = {{ComputeUnit::matrix, Precision::bf16, {100 * teraflop / second, {}}},
                    {ComputeUnit::matrix, Precision::fp8, {300 * teraflop / second, {}}}};
    device.memory = {dram};
    device.scale_up =
        Link{"Wire", Topology::all_to_all, Figure<BytesPerSecond>{100 * gigabyte / second, {}}, 8};
    return std::make_shared<const Device>(device);
}

Deployment round_deployment(double layers = 1, bool reported = true) {
    return {.model = round_model(layers),
            .device = round_device(reported),
            .batch = 2,
            .isl = 200,
            .osl = 200,
            .context = 300,
            .engine = find_engine("vllm@0.11", "engine")};
}

/// "path = formula", "  = numbers [source]", of derivations whose path holds `word`.
std::string lines_of(const Deployment& deployment, std::string_view word) {
    const Prepared prepared = prepare(deployment);
    const Outcome outcome = evaluate(prepared, point_of(prepared), Fit::given);
    std::string lines;
    for (const Derivation& step : derivations_of(prepared, outcome))
        if (step.path.find(word) != std::string::npos)
            lines += step.path + " = " + step.formula + "\n  = " + step.numbers + " [" +
                     step.source + "]\n";
    return lines;
}

}  // namespace

// A step of 2,048 tokens holds 2 x (2 x 2,000 + 4 x 1,000) bytes of each.
TEST_CASE(
    "memory: 20 MB of weights, 2 x 304 x 4 kB of cache, 32.8 MB of a step, 0.12 GiB of driver") {
    CHECK(
        lines_of(round_deployment(), "used_bytes") ==
        R"(result.memory.used_bytes = weights + KV cache + working + other + graphs, against what is usable
  = 20.01 MB + 2.432 MB + 32.77 MB + 128.8 MB + 0.000 B = 184.1 MB against 900.0 MB [the terms above]
)");
    CHECK(lines_of(round_deployment(), "reported_bytes").ends_with(" [its driver]\n"));
    CHECK(lines_of(round_deployment(1, false), "reported_bytes").ends_with(" [its sheet]\n"));
    CHECK(lines_of(round_deployment(), "room_bytes") != "");
}

// Two sequences: each matrix of 1 to 2 million weights takes 2 to 4 µs to read, 40 to 80 ns to
// multiply.
TEST_CASE("decode: what is read, every operator, their sum, and 2 tokens in 20.41 µs") {
    CHECK(lines_of(round_deployment(), "decode") ==
          R"(result.decode.bytes = weights read + KV cache read + KV cache written
  = 18.00 MB + 2.400 MB + 8.000 kB = 20.41 MB [every weight matrix once, without the input embedding, which is looked up; keys and values once per KV head]
decode, 1 x qkv projection = max(flops / peak, bytes / bandwidth)
  = max(4.000 MFLOP / 100.0 TFLOP/s, 2.000 MB / 1.000 TB/s) = max(40.00 ns, 2.000 µs) = 2.000 µs [bf16 arithmetic]
decode, 1 x qkv projection = max(flops / peak, bytes / bandwidth)
  = max(8.000 MFLOP / 100.0 TFLOP/s, 4.000 MB / 1.000 TB/s) = max(80.00 ns, 4.000 µs) = 4.000 µs [bf16 arithmetic]
decode, 1 x output projection = max(flops / peak, bytes / bandwidth)
  = max(4.000 MFLOP / 100.0 TFLOP/s, 2.000 MB / 1.000 TB/s) = max(40.00 ns, 2.000 µs) = 2.000 µs [bf16 arithmetic]
decode, 1 x gate+up projection = max(flops / peak, bytes / bandwidth)
  = max(8.000 MFLOP / 100.0 TFLOP/s, 4.000 MB / 1.000 TB/s) = max(80.00 ns, 4.000 µs) = 4.000 µs [bf16 arithmetic]
decode, 1 x down projection = max(flops / peak, bytes / bandwidth)
  = max(8.000 MFLOP / 100.0 TFLOP/s, 4.000 MB / 1.000 TB/s) = max(80.00 ns, 4.000 µs) = 4.000 µs [bf16 arithmetic]
decode, 1 x attention = max(flops / peak, bytes / bandwidth)
  = max(2.400 MFLOP / 100.0 TFLOP/s, 2.408 MB / 1.000 TB/s) = max(24.00 ns, 2.408 µs) = 2.408 µs [bf16 arithmetic]
decode, 1 x lm_head = max(flops / peak, bytes / bandwidth)
  = max(4.000 MFLOP / 100.0 TFLOP/s, 2.000 MB / 1.000 TB/s) = max(40.00 ns, 2.000 µs) = 2.000 µs [bf16 arithmetic]
result.decode.bound_s = sum over operators of max(flops / peak, bytes / bandwidth, sent / link)
  = 0.000 ns compute-bound + 20.41 µs memory-bound + 0.000 ns network-bound = 20.41 µs [Williams, Waterman and Patterson 2009, operator by operator]
result.decode.bound_tokens_per_s = replicas x batch / step
  = 1 x 2 / 20.41 µs = 98,001 tokens/s [one token per sequence and step]
)");
}

TEST_CASE("two GPUs send 200 rows of 2 kB twice: 400 kB / 100 GB/s") {
    Deployment d = round_deployment();
    d.tensor_parallel = 2;
    CHECK(lines_of(d, "all-reduce")
              .starts_with("prefill, 1 x all-reduce = sent by one GPU / link\n"
                           "  = 400.0 kB / 100.0 GB/s = 4.000 µs [Wire, one direction]\n"));
    CHECK(
        lines_of(d, "prefill.bound_") ==
        R"(result.prefill.bound_s = sum over operators of max(flops / peak, bytes / bandwidth, sent / link)
  = 16.40 µs compute-bound + 1.000 µs memory-bound + 8.000 µs network-bound = 25.40 µs [Williams, Waterman and Patterson 2009, operator by operator]
result.prefill.bound_tokens_per_s = replicas x prompts at once x tokens / time for them
  = 1 x 200 tokens each in 25.40 µs = 7,873,396 tokens/s [a prompt in every data-parallel rank and pipeline stage]
)");
}

TEST_CASE("a pipeline works on pieces of a prompt in all its stages; replicas multiply tokens") {
    Deployment d = round_deployment(2);
    d.pipeline_parallel = 2;
    d.replicas = 3;
    CHECK(lines_of(d, "prefill.bound_s")
              .starts_with("result.prefill.bound_s = sum over operators of max(flops / peak, bytes "
                           "/ bandwidth, sent / link) / 2 stages, in which pieces of a prompt are "
                           "at once\n"));
    CHECK(lines_of(d, "decode.bound_tokens").find("\n  = 3 x 2 / ") != std::string::npos);
    CHECK(lines_of(d, "prefill.bound_tokens").find("\n  = 3 x 200 tokens each in ") !=
          std::string::npos);
}

// A request: 34.80 µs of prompt and 199 halves of 20.41 µs, so 200 tokens in 2.0654 ms; an hour
// costs 0.001 a second.
TEST_CASE("money stands under the key of its currency: 0.001 a second over 96,834 tokens/s") {
    Deployment d = round_deployment();
    CHECK(lines_of(d, "cost").empty());
    d.rental = RentalPrice{.rate = 3.6 * dollar / hour, .currency = Currency::eur};
    CHECK(lines_of(d, "cost") ==
          R"(result.cost.eur_per_1m_output_tokens = bill of all devices / output tokens
  = €3.60/h / 96,834 tokens/s = €0.01033 per 1M tokens [a request takes its prompt's device time and osl - 1 shares of a step]
)");
}

TEST_CASE("the ridge of a phase is that of its most work: 300 TFLOP/s in fp8 over 1 TB/s") {
    Deployment d = round_deployment();
    const auto ridge = [&] {
        const Prepared prepared = prepare(d);
        return main_ridge(prepared, evaluate(d).main()).intensity();
    };
    CHECK_THAT(ridge().in(flop / byte), WithinRel(100.0, 1e-12));
    d.weights = WeightFormat::fp8;
    CHECK_THAT(ridge().in(flop / byte), WithinRel(300.0, 1e-12));
}

}  // namespace deployment_derivations_test
