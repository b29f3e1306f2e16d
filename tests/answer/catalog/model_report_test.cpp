#include "answer/catalog/model_report.hpp"

#include "catch.hpp"
#include "page.hpp"

namespace model_report_test {

using namespace roofline;

namespace {

/// A mixture of experts: 2 layers of attention with it, 1 of narrower attention, 1 of state space.
Model toy() {
    const GroupedQuery wide{.heads = 8, .kv_heads = 2, .head_dim = 128, .value_dim = 128};
    GroupedQuery narrow = wide;
    narrow.kv_heads = 1;
    const MixtureOfExperts experts{.experts = 16, .active = 2, .width = 5000, .shared_width = 100};
    const StateSpace space{
        .heads = 16, .head_dim = 64, .groups = 1, .state_dim = 128, .conv_kernel = 4};
    return {.id = "toy-1b",
            .name = "Toy 1B",
            .family = "toys",
            .hidden = 1000,
            .vocabulary = 50000,
            .context = 8192,
            .layers = {{2, {wide}, experts}, {1, {narrow}, DenseFeedForward{3000}}, {1, {space}}},
            .from = {.source = "config.json", .confidence = Confidence::primary},
            .remarks = {"rope is left out"}};
}

/// Of 1000 x 2000 x 3 = 6 M parameters in one layer, beside the attention of one head.
Model encoder() {
    const GroupedQuery one{.heads = 1, .kv_heads = 1, .head_dim = 100, .value_dim = 100};
    return {.id = "eye",
            .name = "Eye",
            .family = "encoders",
            .hidden = 1000,
            .tied_embeddings = true,
            .causal = false,
            .layers = {{1, {one}, DenseFeedForward{2000}}},
            .from = {.source = "a paper", .confidence = Confidence::memory}};
}

Deployment formats_of(Model model) {
    return {.model = std::make_shared<const Model>(std::move(model))};
}

}  // namespace

TEST_CASE("a model's page: what it holds, what it keeps of a sequence, how the sums came about") {
    Deployment formats = formats_of(toy());
    formats.weights = WeightFormat::fp8;
    CHECK(text_of(model_report(formats, "toy", false)) ==
          R"(toy-1b: 600 M parameters, 130 M active per token, 700 MB as fp8
 4 layers · hidden 1,000 · vocabulary 50,000 · context 8,192
 KV cache 3.07 kB/token (bf16); 2.56 kB/token at least, where a server gives each layer its own
   size; state 532 kB per sequence; a sequence of 8,192 tokens keeps 21.5 MB
 note: rope is left out
 read from config.json [primary]

 component       parameters, B  format    bytes  share
 embedding             0.05000  bf16     100 MB    8 % ████▋
 attention             0.01077  fp8     10.8 MB    2 % █
 dense                0.009000  fp8     9.00 MB    1 % ▊
 experts                0.4800  fp8      480 MB   80 % █████████████████████████████████████████████
 shared_experts      0.0006000  fp8      600 kB  0.1 %
 router             0.00003200  bf16    64.0 kB  0.0 %
 norms             0.000008000  bf16    16.0 kB  0.0 %
 lm_head               0.05000  bf16     100 MB    8 % ████▋

 How it was worked out
 result.parameters = every matrix of every layer, embedding and lm_head, norms
   = embedding 50 M + attention 10.8 M + dense 9 M + experts 480 M + shared_experts 0.6 M + router
     0.032 M + norms 0.008 M + lm_head 50 M = 600 M
   [config.json]
 result.kv_least_bytes_per_token = layers x kv_heads x (key + value width) x bytes, or latents
   = 2 x 1.024 kB/token + 1 x 512.0 B/token = 2.560 kB/token
   [bf16 cache]
)");
}

TEST_CASE("a model's page with its layers in the formats that were asked for") {
    Deployment formats = formats_of(toy());
    formats.kv_cache = Precision::fp8;
    const Report report = model_report(formats, "toy", true);
    REQUIRE(report.blocks.size() == 3);
    CHECK(text_of_block(report.blocks[1], 120) == R"(

 Layers, one row per shape
 count  mixer                            feed-forward                         parameters, B    bytes  cache/token
     2  attention 8 heads / 2 kv x 128   2 of 16 experts x 5000 + shared 100          0.243   486 MB        512 B
     1  attention 8 heads / 1 kv x 128   dense 3000                                  0.0113  22.6 MB        256 B
     1  state space 16 heads x 64 x 128  –                                          0.00335  6.70 MB         none
)");
    CHECK(raw_at(report.inputs, "quant") == "bf16");
    CHECK(raw_at(report.inputs, "kv_dtype") == "fp8");
}

TEST_CASE("an encoder keeps no cache: 0.4 M of attention, 6 M dense, 3 norms of 1000") {
    CHECK(text_of(model_report(formats_of(encoder()), "eye", false)) ==
          R"(eye: 6.4 M parameters, 12.8 MB as bf16
 1 layers · hidden 1,000 · context unknown
 no cache: it is an encoder
 read from a paper [recalled]

 component  parameters, B  format    bytes  share
 attention      0.0004000  bf16     800 kB    6 % ███
 dense           0.006000  bf16    12.0 MB   94 % █████████████████████████████████████████████
 norms        0.000003000  bf16    6.00 kB  0.0 %

 How it was worked out
 result.parameters = every matrix of every layer, embedding and lm_head, norms
   = attention 0.4 M + dense 6 M + norms 0.003 M = 6.4 M
   [a paper]
)");
}

TEST_CASE("a model's components in CSV: 2000 of 402,000 parameters are norms, two bytes each") {
    Model model = encoder();
    model.layers[0].feed_forward = std::monostate();  // 0.4 M of attention, two norms of 1000
    CHECK(text_of(model_report(formats_of(model), "eye", false), "csv") ==
          R"(component,parameters,format,bytes,share
attention,400000,bf16,800000,0.9950248756218906
norms,2000,bf16,4000,0.004975124378109453
)");
}

TEST_CASE("1000 layers of 6.402 M parameters are 6.402 B") {
    Model model = encoder();
    model.layers[0].count = 1000;
    CHECK(model_report(formats_of(model), "eye", false).verdict ==
          "eye: 6.402 B parameters, 12.8 GB as bf16");
}

TEST_CASE("the record of a model") {
    const Report report = model_report(formats_of(toy()), "the toy", false);
    CHECK(report.command == "models show");
    CHECK(raw_at(report.inputs, "model") == "the toy");
    CHECK(json_text(report.result) == R"({
  "id": "toy-1b",
  "name": "Toy 1B",
  "family": "toys",
  "parameters": 600413120,
  "active_parameters": 130405120,
  "components": {
    "embedding": 50000000,
    "attention": 10773120,
    "dense": 9000000,
    "experts": 480000000,
    "shared_experts": 600000,
    "router": 32000,
    "norms": 8000,
    "lm_head": 50000000
  },
  "layers": 4,
  "hidden": 1000,
  "vocabulary": 50000,
  "context_tokens": 8192,
  "quant": "bf16",
  "kv_dtype": "bf16",
  "weights_bytes": 1200826240,
  "kv_bytes_per_token": 3072,
  "kv_least_bytes_per_token": 2560,
  "state_bytes_per_sequence": 531968,
  "longest_sequence_bytes": 21503488,
  "source": "config.json",
  "confidence": "primary",
  "remarks": [
    "rope is left out"
  ],
  "layer_shapes": [
    {
      "count": 2,
      "mixer": "attention 8 heads / 2 kv x 128",
      "feed_forward": "2 of 16 experts x 5000 + shared 100",
      "parameters": 242876000,
      "weights_bytes": 485752000,
      "kv_bytes_per_token": 1024
    },
    {
      "count": 1,
      "mixer": "attention 8 heads / 1 kv x 128",
      "feed_forward": "dense 3000",
      "parameters": 11304000,
      "weights_bytes": 22608000,
      "kv_bytes_per_token": 512
    },
    {
      "count": 1,
      "mixer": "state space 16 heads x 64 x 128",
      "feed_forward": "–",
      "parameters": 3349120,
      "weights_bytes": 6698240,
      "kv_bytes_per_token": 0
    }
  ]
}
)");
}

TEST_CASE("the record of an encoder has null where nothing is known") {
    const Report report = model_report(formats_of(encoder()), "eye", false);
    CHECK(value_at(report.result, "vocabulary")->is_null());
    CHECK(value_at(report.result, "context_tokens")->is_null());
    CHECK(value_at(report.result, "longest_sequence_bytes")->is_null());
}

TEST_CASE("models are listed with their sizes as published") {
    const Report report = model_list_report(
        {std::make_shared<const Model>(toy()), std::make_shared<const Model>(encoder())});
    CHECK(report.command == "models list");
    CHECK(raw_at(report.result, "models[1].id") == "eye");
    CHECK(text_of(report, "table", 120) == R"(2 models

 name    family    parameters, B  active, B  published    bytes             KV  context
 others
 toy-1b  toys              0.600      0.130  bf16       1.20 GB  3.07 kB/token    8,192
 eye     encoders        0.00640    0.00640  bf16       12.8 MB           none        –
 a path to a Hugging Face config.json works wherever a name does
)");
    CHECK(
        text_of(report, "csv") ==
        R"(id,family,parameters,active_parameters,quant,weights_bytes,kv_bytes_per_token,context_tokens
toy-1b,toys,600413120,130405120,bf16,1200826240,3072,8192
eye,encoders,6403000,6400000,bf16,12806000,0,
)");
}

}  // namespace model_report_test
