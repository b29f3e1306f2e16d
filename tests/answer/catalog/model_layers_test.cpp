#include "answer/catalog/model_layers.hpp"

#include "catch.hpp"
#include "page.hpp"

namespace model_layers_test {

using namespace roofline;

namespace {

const WeightPlan two_bytes = {};  // bf16 everywhere

GroupedQuery attention(Window window = {}) {
    return {.heads = 8, .kv_heads = 2, .head_dim = 128, .value_dim = 128, .window = window};
}

LatentAttention latent(std::optional<SparseIndexer> indexer = {}) {
    return {.heads = 4,
            .kv_rank = 512,
            .nope_dim = 128,
            .rope_dim = 64,
            .value_dim = 128,
            .indexer = indexer};
}

Model with_layers(std::vector<Layer> layers) {
    return {.id = "toy", .hidden = 1000, .layers = std::move(layers)};
}

std::string shown(const Model& model) {
    return text_of_block(layer_table(model, two_bytes, Precision::bf16), 120);
}

}  // namespace

TEST_CASE("layers of attention say their heads and how far they look") {
    CHECK(shown(with_layers({{3, {attention()}},
                             {2, {attention({Reach::sliding, 4096})}},
                             {1, {attention({Reach::chunked, 8192})}}})) == R"(

 Layers, one row per shape
 count  mixer                                           feed-forward  parameters, B    bytes  cache/token
     3  attention 8 heads / 2 kv x 128                  –                   0.00256  5.12 MB      1.02 kB
     2  attention 8 heads / 2 kv x 128, window 4096     –                   0.00256  5.12 MB      1.02 kB
     1  attention 8 heads / 2 kv x 128, chunks of 8192  –                   0.00256  5.12 MB      1.02 kB
)");
}

TEST_CASE("layers of latent attention, linear attention and state spaces") {
    const LinearAttention linear{
        .key_heads = 2, .key_dim = 64, .value_heads = 4, .value_dim = 32, .conv_kernel = 4};
    const StateSpace space{
        .heads = 16, .head_dim = 64, .groups = 1, .state_dim = 128, .conv_kernel = 4};
    CHECK(shown(with_layers({{1, {latent()}},
                             {1, {latent(SparseIndexer{8, 100, 2048})}},
                             {1, {linear}},
                             {1, {space}}})) == R"(

 Layers, one row per shape
 count  mixer                                                feed-forward  parameters, B    bytes  cache/token
     1  latent attention 4 heads, 512 + 64                   –                   0.00238  4.76 MB      1.15 kB
     1  latent attention 4 heads, 512 + 64, sparse top 2048  –                   0.00329  6.58 MB      1.26 kB
     1  linear attention 4 heads x 64 x 32                   –                  0.000650  1.30 MB         none
     1  state space 16 heads x 64 x 128                      –                   0.00335  6.70 MB         none
)");
}

TEST_CASE("feed-forwards: 1000 x 3000 x 3 is 0.009 B, 1000 x 16 + 16 x 500 x 3 x 1000 0.024 B") {
    const MixtureOfExperts experts{.experts = 16, .active = 2, .width = 500};
    MixtureOfExperts shared = experts;
    shared.shared_width = 250;
    CHECK(shown(with_layers({{1, {}, DenseFeedForward{3000, 3}},
                             {1, {}, DenseFeedForward{3000, 2}},
                             {1, {}, experts},
                             {1, {}, shared}})) == R"(

 Layers, one row per shape
 count  mixer  feed-forward                        parameters, B    bytes  cache/token
     1  –      dense 3000                                0.00900  18.0 MB         none
     1  –      dense 3000 without gate                   0.00600  12.0 MB         none
     1  –      2 of 16 experts x 500                      0.0240  48.0 MB         none
     1  –      2 of 16 experts x 500 + shared 250         0.0248  49.5 MB         none
)");
}

TEST_CASE("layers in CSV count parameters and bytes: 2 x 128 x 2 elements of fp8 are 512 bytes") {
    Report report;
    report.blocks.emplace_back(layer_table(
        with_layers({{3, {attention()}, DenseFeedForward{3000}}}), two_bytes, Precision::fp8));
    CHECK(text_of(report, "csv") ==
          "count,mixer,feed_forward,parameters,bytes,cache_bytes_per_token\n"
          "3,attention 8 heads / 2 kv x 128,dense 3000,11560000,23120000,512\n");
}

TEST_CASE("layers of an encoder keep no cache") {
    Model model = with_layers({{3, {attention()}, DenseFeedForward{3000}}});
    model.causal = false;
    Report report;
    report.blocks.emplace_back(layer_table(model, two_bytes, Precision::bf16));
    CHECK(text_of(report, "csv").ends_with(",23120000,\n"));
}

TEST_CASE("the record of layers counts the bytes of each part in its own format") {
    WeightPlan plan = two_bytes;
    plan.of(Component::dense).format = WeightFormat::fp8;
    const Model model = with_layers({{3, {attention()}, DenseFeedForward{3000}}});
    // 2.56 M of attention x 2 bytes + 9 M dense x 1 byte.
    CHECK(json_text(layer_list(model, plan, Precision::bf16)) == R"([
  {
    "count": 3,
    "mixer": "attention 8 heads / 2 kv x 128",
    "feed_forward": "dense 3000",
    "parameters": 11560000,
    "weights_bytes": 14120000,
    "kv_bytes_per_token": 1024
  }
]
)");
}

}  // namespace model_layers_test
