#include "workload/sharding.hpp"

#include "catch.hpp"

namespace sharding_test {

using namespace roofline;

namespace {

// 4 query heads that share 2 heads of keys and values, each of 2 numbers.
constexpr GroupedQuery attention{.heads = 4, .kv_heads = 2, .head_dim = 2, .value_dim = 2};

// Two tables of 800 weights, norms of 56, and 3 layers: queries and results 64 each, keys and
// values together 64, the feed-forward 3 x 8 x 16 = 384. In bf16.
Model small() {
    Model model;
    model.hidden = 8;
    model.vocabulary = 100;
    model.layers = {
        {.count = 3, .mixers = {attention}, .feed_forward = DenseFeedForward{.width = 16}}};
    return model;
}

double weight_bytes(Model model, const Layout& layout) {
    return weights_on_one_gpu(
               {.model = std::make_shared<const Model>(std::move(model)), .device = {}}, layout)
        .in(byte);
}

double share(Division division, const Layout& layout) {
    const Matrix matrix{
        .kind = {}, .component = {}, .division = division, .heads = attention.kv_heads};
    return share_on_one_gpu(matrix, layout);
}

}  // namespace

TEST_CASE("of 4 x 2 GPUs one has a fourth of the heads, an eighth of the rest, a half of 2 heads") {
    const Layout layout{.tensor = 4, .pipeline = 3, .data = 2};
    CHECK(share(Division::heads, layout) == 0.25);
    CHECK(share(Division::kv_heads, layout) == 0.5);
    CHECK(share(Division::copied, layout) == 1);
    CHECK(share(Division::instance, layout) == 0.125);
    CHECK(share(Division::experts, layout) == 0.125);
    CHECK(share(Division::kv_heads, {}) == 1);
}

TEST_CASE("a GPU alone holds it all: 2 x (1600 + 56 + 3 x 576) = 6768 bytes") {
    CHECK_THAT(weight_bytes(small(), {}), WithinRel(6768.0, 1e-12));
}

TEST_CASE("one of 4 holds 2 x (400 + 56 + 3 x (16 + 32 + 16 + 96)) = 1872 bytes") {
    CHECK_THAT(weight_bytes(small(), {.tensor = 4}), WithinRel(1872.0, 1e-12));
}

TEST_CASE("of two stages the larger has 2 of 3 layers and norms, and one of the tables") {
    const Layout two{.pipeline = 2};
    CHECK_THAT(weight_bytes(small(), two), WithinRel(2 * (800 + 112.0 / 3 + 1152), 1e-12));
    Model positioned = small();
    positioned.positions = 50;  // 400 weights more in the first stage
    CHECK_THAT(weight_bytes(positioned, two), WithinRel(2 * (1200 + 112.0 / 3 + 1152), 1e-12));
}

TEST_CASE("a table that is lm_head too is held once, and by each of two stages") {
    Model tied = small();
    tied.tied_embeddings = true;
    CHECK_THAT(weight_bytes(tied, {}), WithinRel(2 * (800 + 56 + 1728.0), 1e-12));
    CHECK_THAT(weight_bytes(tied, {.pipeline = 2}), WithinRel(2 * (800 + 112.0 / 3 + 1152), 1e-12));
}

TEST_CASE("a token takes 2 x (2 + 2) x 2 bytes a layer, half of it on 2 GPUs and on 4") {
    const CacheShape alone = cache_on_one_gpu(small(), Precision::bf16, {});
    REQUIRE(alone.layers.size() == 1);
    CHECK(alone.layers[0].layers == 3);
    CHECK(alone.layers[0].per_token == 16.0 * byte);
    CHECK(alone.held(10) == 480.0 * byte);
    CHECK(cache_on_one_gpu(small(), Precision::fp8, {}).held(10) == 240.0 * byte);
    CHECK(cache_on_one_gpu(small(), Precision::bf16, {.tensor = 2}).held(10) == 240.0 * byte);
    CHECK(cache_on_one_gpu(small(), Precision::bf16, {.tensor = 4}).held(10) == 240.0 * byte);
    CHECK_THAT(cache_on_one_gpu(small(), Precision::bf16, {.pipeline = 2}).held(10).in(byte),
               WithinRel(320.0, 1e-12));
}

TEST_CASE("a window keeps its own tokens, a recurrent layer 4 x 2 x 8 numbers of 4 bytes") {
    Model model = small();
    GroupedQuery windowed = attention;
    windowed.window = {.reach = Reach::sliding, .tokens = 6};
    model.layers.push_back({.count = 1, .mixers = {windowed}});
    model.layers.push_back(
        {.count = 4, .mixers = {StateSpace{.heads = 4, .head_dim = 2, .state_dim = 8}}});
    const CacheShape shape = cache_on_one_gpu(model, Precision::bf16, {});
    CHECK(shape.layers.size() == 2);
    CHECK_THAT(shape.state.in(byte), WithinRel(4 * 256.0, 1e-12));
    CHECK_THAT(shape.held(10).in(byte), WithinRel(480 + 6 * 16.0 + 1024, 1e-12));
    CHECK_THAT(shape.held(5).in(byte), WithinRel(240 + 5 * 16.0 + 1024, 1e-12));
    const CacheShape half = cache_on_one_gpu(model, Precision::bf16, {.tensor = 2});
    CHECK_THAT(half.state.in(byte), WithinRel(512.0, 1e-12));
}

TEST_CASE("sparse attention keeps every token, its index keys too: 64 x 2 + 16 + 4 bytes") {
    Model model = small();
    model.layers = {{.count = 1,
                     .mixers = {LatentAttention{
                         .heads = 4,
                         .kv_rank = 48,
                         .rope_dim = 16,
                         .indexer = SparseIndexer{.heads = 2, .head_dim = 16, .top_k = 5}}}}};
    const CacheShape shape = cache_on_one_gpu(model, Precision::bf16, {.tensor = 4});
    CHECK(shape.held(100) == 14800.0 * byte);
}

TEST_CASE("an encoder keeps nothing") {
    Model encoder = small();
    encoder.causal = false;
    CHECK(cache_on_one_gpu(encoder, Precision::bf16, {}).layers.empty());
}

// 800 weights are looked up, 2 bytes each; the first of two stages is no longer the larger.
TEST_CASE("a table on the host is none of a GPU's, but one that is the lm_head too") {
    const auto on_host = [](Model model, const Layout& layout) {
        return weights_on_one_gpu(
                   {.model = std::make_shared<const Model>(std::move(model)), .device = {}}, layout,
                   Embedding::on_host)
            .in(byte);
    };
    CHECK_THAT(on_host(small(), {}), WithinRel(6768.0 - 1600, 1e-12));
    CHECK_THAT(on_host(small(), {.pipeline = 2}),
               WithinRel(weight_bytes(small(), {.pipeline = 2}), 1e-12));
    Model tied = small();
    tied.tied_embeddings = true;
    CHECK(on_host(tied, {}) == weight_bytes(tied, {}));
}

// 2 layers of 4 experts of 3 matrices of 8 x 16 weights: 6,144 bytes in bf16; the router's are not.
TEST_CASE("routed experts of 6,144 bytes: a fourth on one of four GPUs, none of dense layers") {
    Model model = small();
    const MixtureOfExperts block{.experts = 4, .active = 2, .width = 16};
    model.layers.push_back({.count = 2, .mixers = {attention}, .feed_forward = block});
    const Deployment d{.model = std::make_shared<const Model>(model), .device = {}};
    CHECK_THAT(experts_on_one_gpu(d, model.layers[1], {}).in(byte), WithinRel(6144.0, 1e-12));
    CHECK_THAT(experts_on_one_gpu(d, model.layers[1], {.tensor = 4}).in(byte),
               WithinRel(1536.0, 1e-12));
    CHECK(experts_on_one_gpu(d, model.layers[0], {}) == Bytes());
}

}  // namespace sharding_test
