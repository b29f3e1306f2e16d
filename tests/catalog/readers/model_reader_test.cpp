#include "catalog/readers/readers.hpp"
#include "catch.hpp"
#include "fault.hpp"

namespace model_reader_test {

using namespace roofline;

namespace {

// A model of these layers, with more members of its shape and of its own.
Model read(const std::string& layers, const std::string& shape = "", const std::string& own = "") {
    const std::string text = R"({"schema": "roofline/model/1", "id": "m", "name": "Acme/M",
        "aliases": ["mm"], "family": "llama", "sources": {"s": "config.json"},
        "shape": {"source": "s", "confidence": "primary", "hidden": 64, "layers": [)" +
                             layers + "]" + shape + R"(}, "published_format": "bf16")" + own + "}";
    return read_model(parse_json({.name = "m.json", .text = text}, JsonDialect::strict));
}

Fault fault_in(const std::string& layers, const std::string& shape = "",
               const std::string& own = "") {
    return fault_of([&] { read(layers, shape, own); });
}

std::string mixing(const std::string& mixer) { return R"({"count": 1, "mixer": {)" + mixer + "}}"; }
std::string widening(const std::string& block) {
    return R"({"count": 1, "feed_forward": {)" + block + "}}";
}

Mixer mixer(const std::string& members) { return read(mixing(members)).layers.at(0).mixers.at(0); }
FeedForward block(const std::string& members) {
    return read(widening(members)).layers.at(0).feed_forward;
}

const std::string dense = R"({"count": 2, "feed_forward": {"kind": "dense", "width": 128}})";
const std::string grouped = R"("kind": "grouped_query", "heads": 8, "kv_heads": 2, "head_dim": 16)";

}  // namespace

TEST_CASE("who a model is and what shape it has, with what is usual where nothing is said") {
    const Model model = read(dense);
    CHECK(model.id == "m");
    CHECK(model.name == "Acme/M");
    CHECK(model.aliases == std::vector<std::string>{"mm"});
    CHECK(model.family == "llama");
    CHECK(model.from.source == "config.json");
    CHECK(model.hidden == 64);
    CHECK(model.vocabulary == 0);
    CHECK_FALSE(model.context);
    CHECK(model.causal);
    CHECK_FALSE(model.tied_embeddings);
    CHECK(model.layers.at(0).count == 2);
    CHECK(model.layers[0].mixers.empty());
    CHECK(model.kv_cache == Precision::bf16);
    const Model full = read(dense, R"(, "vocabulary": 100, "context": 4096, "positions": 512,
        "tied_embeddings": true, "causal": false)",
                            R"(, "kv_cache": "fp8", "remarks": ["one"])");
    CHECK(full.vocabulary == 100);
    CHECK(full.context == 4096.0);
    CHECK(full.positions == 512);
    CHECK(full.tied_embeddings);
    CHECK_FALSE(full.causal);
    CHECK(full.kv_cache == Precision::fp8);
    CHECK(full.remarks == std::vector<std::string>{"one"});
}

TEST_CASE("attention with grouped queries, in a window or in chunks") {
    CHECK(mixer(grouped) ==
          Mixer{GroupedQuery{.heads = 8, .kv_heads = 2, .head_dim = 16, .value_dim = 16}});
    CHECK(mixer(grouped + R"(, "value_dim": 8, "sliding_window": 128, "output_gate": true,
                               "keys_are_values": true)") ==
          Mixer{GroupedQuery{.heads = 8,
                             .kv_heads = 2,
                             .head_dim = 16,
                             .value_dim = 8,
                             .window = {.reach = Reach::sliding, .tokens = 128},
                             .output_gate = true,
                             .keys_are_values = true}});
    CHECK(std::get<GroupedQuery>(mixer(grouped + R"(, "chunk": 512)")).window ==
          Window{.reach = Reach::chunked, .tokens = 512});
    const Fault both = fault_in(mixing(grouped + R"(, "chunk": 512, "sliding_window": 128)"));
    CHECK(both.message == "a layer has a sliding window or chunks, not both");
    CHECK(both.where.pointer == "/shape/layers/0/mixer/chunk");
}

TEST_CASE("latent attention, linear attention and state space") {
    const std::string latent = R"("kind": "latent", "heads": 8, "kv_rank": 16, "nope_dim": 12,
        "rope_dim": 4, "value_dim": 10)";
    CHECK(mixer(latent) ==
          Mixer{LatentAttention{
              .heads = 8, .kv_rank = 16, .nope_dim = 12, .rope_dim = 4, .value_dim = 10}});
    const auto indexed = std::get<LatentAttention>(mixer(latent + R"(, "query_rank": 24,
        "output_gate": true, "indexer": {"head_dim": 6, "top_k": 2048})"));
    CHECK(indexed.query_rank == 24);
    CHECK(indexed.output_gate);
    CHECK(indexed.indexer == SparseIndexer{.heads = 0, .head_dim = 6, .top_k = 2048});
    CHECK(mixer(R"("kind": "linear", "key_heads": 2, "key_dim": 3, "value_heads": 4,
                   "value_dim": 5, "conv_kernel": 6)") ==
          Mixer{LinearAttention{
              .key_heads = 2, .key_dim = 3, .value_heads = 4, .value_dim = 5, .conv_kernel = 6}});
    CHECK(mixer(R"("kind": "state_space", "heads": 4, "head_dim": 3, "groups": 2,
                   "state_dim": 5, "conv_kernel": 6)") ==
          Mixer{StateSpace{
              .heads = 4, .head_dim = 3, .groups = 2, .state_dim = 5, .conv_kernel = 6}});
}

TEST_CASE("dense layers and experts") {
    CHECK(block(R"("kind": "dense", "width": 128)") ==
          FeedForward{DenseFeedForward{.width = 128, .matrices = 3}});
    CHECK(block(R"("kind": "dense", "width": 128, "matrices": 2)") ==
          FeedForward{DenseFeedForward{.width = 128, .matrices = 2}});
    CHECK(block(R"("kind": "experts", "width": 32, "experts": 8, "active": 2)") ==
          FeedForward{MixtureOfExperts{.experts = 8, .active = 2, .width = 32}});
    CHECK(block(R"("kind": "experts", "width": 32, "experts": 8, "active": 2, "matrices": 2,
                   "shared_width": 64, "latent": 16)") ==
          FeedForward{MixtureOfExperts{.experts = 8,
                                       .active = 2,
                                       .width = 32,
                                       .shared_width = 64,
                                       .matrices = 2,
                                       .latent = 16}});
}

TEST_CASE("quantised editions cover the parts that they name") {
    const std::string edition = R"(, "quantization": [{"format": "nvfp4", "group": 32,
        "covers": ["attention", "dense"], "source": "s", "confidence": "memory"}])";
    const Model model = read(dense, "", edition);
    REQUIRE(model.coverage.size() == 1);
    CHECK(model.coverage[0].storage == Storage{.format = WeightFormat::nvfp4, .group = 32});
    CHECK(model.coverage[0].covers ==
          std::vector<Component>{Component::attention, Component::dense});
    CHECK(model.published.name == WeightFormat::bf16);
    const Fault part = fault_in(dense, "", R"(, "quantization": [{"format": "fp8",
        "covers": ["mlp"], "source": "s", "confidence": "memory"}])");
    CHECK(part.message == "unknown component 'mlp'");
    CHECK(part.where.pointer == "/quantization/0/covers");
}

TEST_CASE("what cannot be so, and what is not known, is refused at its place") {
    const Fault none = fault_in("");
    CHECK(none.code == ErrorCode::bad_record);
    CHECK(none.message == "a model has at least one layer");
    CHECK(none.where.pointer == "/shape/layers");
    const Fault uneven =
        fault_in(mixing(R"("kind": "grouped_query", "heads": 8, "kv_heads": 3, "head_dim": 16)"));
    CHECK(uneven.message == "3 key-value heads do not divide 8 heads");
    CHECK(uneven.where.pointer == "/shape");
    CHECK(fault_in(mixing(R"("kind": "rwkv")")).message == "unknown kind 'rwkv'");
    CHECK(fault_in(widening(R"("kind": "moe", "width": 1)")).message == "unknown kind 'moe'");
    CHECK(fault_in(mixing(grouped + R"(, "latent": 1)")).message == "unknown key 'latent'");
    CHECK(fault_in(dense, R"(, "width": 3)").message == "unknown key 'width'");
    CHECK(fault_in(dense, "", R"(, "kv_cache": "fp7")").message == "unknown kv_cache 'fp7'");
}

}  // namespace model_reader_test
