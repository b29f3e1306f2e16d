#include "catch.hpp"
#include "fault.hpp"
#include "import/hugging_face/traits.hpp"

namespace layer_kinds_test {

using namespace roofline;
using namespace roofline::hugging_face;

namespace {

Config config_of(JsonDocument& document, const std::string& members) {
    document = parse_json({.name = "c.json", .text = "{" + members + "}"}, JsonDialect::strict);
    return Config(document);
}

// A letter a layer: full, sliding, chunked, linear, state space, or no mixer.
std::string kinds(const std::string& members, std::size_t layers, const Family& family = {}) {
    JsonDocument document;
    Config config = config_of(document, members);
    std::string letters;
    for (const LayerKind kind : layer_kinds(config, {.layers = layers, .family = family}))
        letters += "fsclm-"[static_cast<std::size_t>(kind)];
    return letters;
}

Fault fault_in(const std::string& members, std::size_t layers = 2) {
    return fault_of([&] { kinds(members, layers); });
}

std::string pattern(const std::string& members) {
    JsonDocument document;
    Config config = config_of(document, members);
    return hybrid_pattern(config);
}

}  // namespace

TEST_CASE("where nothing is said all layers look at all tokens") { CHECK(kinds("", 3) == "fff"); }

TEST_CASE("layer_types name the kind of every layer") {
    CHECK(kinds(R"("layer_types": ["full_attention", "attention", "sliding_attention",
                    "chunked_attention", "linear_attention", "mamba", "mlp", "moe", "none"],
                    "full_attention_interval": 2)",
                9) == "ffsclm---");
    const Fault unknown = fault_in(R"("layer_types": ["rwkv", "mamba"])");
    CHECK(unknown.code == ErrorCode::unsupported_config);
    CHECK(unknown.message == "'layer_types' holds 'rwkv', a kind of layer new to roofline");
    CHECK(fault_in(R"("layer_types": ["mamba"])").message ==
          "'layer_types' and its kin name 1 layers, but there are 2");
}

TEST_CASE("letters of a hybrid: M state space, * attention, - and E no mixer") {
    CHECK(kinds(R"("hybrid_override_pattern": "M*-E")", 4) == "mf--");
    CHECK(kinds(R"("layers_block_type": ["mamba", "attention", "moe", "mlp"])", 4) == "mf--");
    CHECK(pattern(R"("layers_block_type": ["mamba", "attention", "moe", "mlp"])") == "M*E-");
    CHECK(pattern(R"("hybrid_override_pattern": "M*")") == "M*");
    CHECK(pattern("").empty());
    CHECK(fault_in(R"("hybrid_override_pattern": "MX")").message ==
          "'hybrid_override_pattern' holds 'X', a kind of layer new to roofline");
    CHECK(fault_in(R"("layers_block_type": ["mamba", "conv"])").message ==
          "'layers_block_type' holds 'conv', a kind of layer new to roofline");
}

TEST_CASE("linear layers: all but those that a section counts from 1, or but every third") {
    CHECK(kinds(R"("linear_attn_config": {"full_attn_layers": [2, 4, 9, 0]})", 4) == "lflf");
    CHECK(kinds(R"("linear_attn_config": {})", 2) == "ll");
    CHECK(kinds(R"("full_attention_interval": 3)", 7) == "llfllfl");
}

TEST_CASE("flags a layer: 1 slides in a hybrid_layer_pattern, 1 is full in an attn_type_list") {
    CHECK(kinds(R"("hybrid_layer_pattern": [0, 1, 1])", 3) == "fss");
    CHECK(kinds(R"("attn_type_list": [0, 1, 0])", 3) == "lfl");
}

TEST_CASE("chunks: by flags of rotary positions, else all but every fourth or n-th layer") {
    CHECK(kinds(R"("attention_chunk_size": 8192)", 5) == "cccfc");
    CHECK(kinds(R"("attention_chunk_size": 8192, "no_rope_layer_interval": 2)", 4) == "cfcf");
    CHECK(kinds(R"("attention_chunk_size": 8192, "no_rope_layers": [0, 1, 1])", 3) == "fcc");
    CHECK(kinds(R"("attention_chunk_size": 8192, "no_rope_layers": [])", 4) == "cccf");
    CHECK(kinds(R"("attention_chunk_size": 0)", 2) == "ff");
}

TEST_CASE("a sliding window: of all layers, from one on, of all but every n-th, or switched off") {
    CHECK(kinds(R"("sliding_window": 4096)", 3) == "sss");
    CHECK(kinds(R"("sliding_window": 4096, "max_window_layers": 2)", 3) == "ffs");
    CHECK(kinds(R"("sliding_window": 4096, "sliding_window_pattern": 2)", 4) == "sfsf");
    CHECK(kinds(R"("sliding_window": 4096)", 4, {.sliding_every = 3}) == "ssfs");
    CHECK(kinds(R"("sliding_window": 4096, "sliding_window_pattern": 2)", 4,
                {.sliding_every = 3}) == "sfsf");
    CHECK(kinds(R"("sliding_window": 4096, "use_sliding_window": false)", 2) == "ff");
    CHECK(kinds(R"("sliding_window": null)", 2) == "ff");
}

}  // namespace layer_kinds_test
