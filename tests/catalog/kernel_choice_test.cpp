#include "catalog/kernel_efficiency.hpp"
#include "catch.hpp"

namespace kernel_choice_test {

using namespace roofline;

namespace {

using Engine = std::optional<ServingEngine>;
const Engine vllm = ServingEngine::vllm;
const Engine sglang = ServingEngine::sglang;
const Engine trtllm = ServingEngine::trtllm;

KernelEvidence evidence(std::string device, Engine engine, std::string kernel, double error = 0) {
    return {.device = std::move(device),
            .engine = engine,
            .version = {},
            .kernel = std::move(kernel),
            .median_error = error};
}

template <typename Row>
std::string kernel_of(const Row* row) {
    return row == nullptr ? "none" : row->evidence.kernel;
}

const Device box{.id = "box"};
const Device crate{.id = "crate"};

}  // namespace

TEST_CASE("the engine's row of the device, else any engine's of it, else the usual one") {
    const GemmEfficiencies products{
        .rows = {{.evidence = evidence("", vllm, "usual of vllm", 0.01)},
                 {.evidence = evidence("", sglang, "usual of sglang", 0.05)},
                 {.evidence = evidence("box", trtllm, "worse", 0.3)},
                 {.evidence = evidence("box", sglang, "better", 0.2)},
                 {.evidence = evidence("box", vllm, "own", 0.9)},
                 {.evidence = evidence("crate", vllm, "narrow"), .format = WeightFormat::fp8}},
        .source = {}};
    const auto chosen = [&](const Device& device, Engine engine) {
        return kernel_of(products.of(device, WeightFormat::bf16, engine));
    };
    CHECK(chosen(box, vllm) == "own");
    CHECK(chosen(box, ServingEngine::llama_cpp) == "better");
    CHECK(chosen(crate, sglang) == "usual of sglang");
    CHECK(chosen(crate, trtllm) == "usual of vllm");
    CHECK(kernel_of(products.of(crate, WeightFormat::fp8, vllm)) == "narrow");
    CHECK(kernel_of(products.of(box, WeightFormat::fp8, vllm)) == "none");
}

TEST_CASE("attention of the same widths; latent attention has rows of its own") {
    const AttentionEfficiencies attention{
        .prefill = {{.evidence = evidence("", vllm, "16 bits"), .head_dim = 128},
                    {.evidence = evidence("", vllm, "narrow"),
                     .arithmetic = Precision::fp8,
                     .cache_bytes = 1,
                     .head_dim = 128}},
        .decode = {{.evidence = evidence("", vllm, "narrow decode"),
                    .cache_bytes = 1,
                    .head_dim = 64}},
        .latent_prefill = {{.evidence = evidence("", vllm, "latent")}},
        .latent_decode = {{.evidence = evidence("", vllm, "latent decode")}},
        .source = {}};
    const auto prefill = [&](Precision arithmetic, double cache, double dim) {
        return kernel_of(attention.prefill_of(box, arithmetic, cache, dim, vllm));
    };
    CHECK(prefill(Precision::bf16, 2, 128) == "16 bits");
    CHECK(prefill(Precision::fp8, 1, 128) == "narrow");
    CHECK(prefill(Precision::bf16, 1, 128) == "none");
    CHECK(prefill(Precision::bf16, 2, 64) == "none");
    CHECK(prefill(Precision::bf16, 2, 0) == "latent");
    CHECK(kernel_of(attention.decode_of(box, 1, 64, vllm)) == "narrow decode");
    CHECK(kernel_of(attention.decode_of(box, 2, 64, vllm)) == "none");
    CHECK(kernel_of(attention.decode_of(box, 2, 0, vllm)) == "latent decode");
}

TEST_CASE("experts of one rank by rows of one rank, where the engine's own is no further off") {
    const ExpertsEfficiencies experts{
        .rows = {{.evidence = evidence("box", vllm, "alone"), .most_ranks = 1},
                 {.evidence = evidence("box", vllm, "spread"), .most_ranks = 8},
                 {.evidence = evidence("", sglang, "usual alone"), .most_ranks = 1},
                 {.evidence = evidence("box", sglang, "spread of sglang"), .most_ranks = 4}},
        .source = {}};
    const auto chosen = [&](double ranks, Engine engine) {
        return kernel_of(experts.of(box, WeightFormat::bf16, ranks, engine));
    };
    CHECK(chosen(1, vllm) == "alone");
    CHECK(chosen(2, vllm) == "spread");
    CHECK(chosen(8, sglang) == "spread");
    CHECK(chosen(16, vllm) == "none");
    CHECK(chosen(1, sglang) == "spread of sglang");  // "alone" is another engine's
    CHECK(kernel_of(experts.of(crate, WeightFormat::bf16, 1, vllm)) == "usual alone");
    CHECK(kernel_of(experts.of(box, WeightFormat::int4, 1, vllm)) == "none");
}

TEST_CASE("collectives by what they do, an engine's own all-reduce by its engine") {
    const CollectiveEfficiencies links{
        .nccl = {{.evidence = evidence("box", {}, "reduce")},
                 {.evidence = evidence("", {}, "usual gather"),
                  .operation = Collective::all_gather}},
        .custom_all_reduce = {{.evidence = evidence("box", vllm, "of vllm")},
                              {.evidence = evidence("box", trtllm, "of trtllm")}},
        .source = {}};
    CHECK(kernel_of(links.of(box, Collective::all_reduce)) == "reduce");
    CHECK(kernel_of(links.of(crate, Collective::all_reduce)) == "none");
    CHECK(kernel_of(links.of(crate, Collective::all_gather)) == "usual gather");
    CHECK(kernel_of(links.of(box, Collective::all_to_all)) == "none");
    CHECK(kernel_of(links.custom_of(box, trtllm)) == "of trtllm");
    CHECK(kernel_of(links.custom_of(crate, trtllm)) == "none");
}

}  // namespace kernel_choice_test
