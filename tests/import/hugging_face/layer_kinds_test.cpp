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

// A letter a layer: full, sliding, chunked, over an image (x), linear, state space (m), hybrid,
// convolution (v), recurrence, a matrix in its place (p), or no mixer.
std::string kinds(const std::string& members, std::size_t layers, const Family& family = {}) {
    JsonDocument document;
    Config config = config_of(document, members);
    std::string letters;
    for (const LayerKind kind : layer_kinds(config, {.layers = layers, .family = family}))
        letters += "fscxlmhvrp-"[static_cast<std::size_t>(kind)];
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
    CHECK(fault_in(R"("layers_block_type": ["mamba", "fnet"])").message ==
          "'layers_block_type' holds 'fnet', a kind of layer new to roofline");
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

TEST_CASE("attention among state spaces: every eighth from the fourth, or by numbers") {
    CHECK(kinds(R"("attn_layer_period": 8, "attn_layer_offset": 4)", 13) == "mmmmfmmmmmmmf");
    CHECK(kinds(R"("attn_layer_indices": [1, 3], "mamba_d_state": 16)", 4) == "mfmf");
    CHECK(kinds(R"("mamba_step": 2, "full_attention_idx": [3])", 6) == "msmfms");
    CHECK(kinds(R"("num_attention_heads": 4, "mamba_d_state": 16)", 2) == "hh");
    CHECK(kinds(R"("state_size": 16)", 2) == "mm");
    CHECK(kinds(R"("layer_types": ["linear_attention"], "mamba_d_state": 16)", 1) == "m");
}

TEST_CASE("convolutions, recurrences that repeat, images, groups of linear layers, encoders") {
    CHECK(kinds(R"("full_attn_idxs": [2])", 4) == "vvfv");
    CHECK(kinds(R"("_block_types": ["recurrent", "recurrent", "attention"])", 5) == "rrsrr");
    CHECK(kinds(R"("cross_attention_layers": [1, 3, 9])", 4) == "fxfx");
    CHECK(kinds(R"("layer_group_size": 3)", 8) == "llfllfff");
    CHECK(kinds(R"("global_attn_every_n_layers": 3, "local_attention": 128)", 5) == "fssfs");
}

TEST_CASE("windows: letters repeat, lists repeat, null sees all, further kinds are left out") {
    CHECK(kinds(R"("sliding_window": 64, "sliding_window_pattern": "LLG")", 5) == "ssfss");
    CHECK(kinds(R"("sliding_window": [64, null])", 3) == "sfs");
    CHECK(kinds(R"("sliding_window": null, "sliding_window_pattern": 4)", 4) == "ffff");
    CHECK(kinds(R"("layer_types": ["full_attention", "conv", "conv"])", 2) == "fv");
    CHECK(kinds(R"("attention_layers": ["global", "local"])", 2) == "fs");
    CHECK(kinds(R"("attention_types": [[["global", "local"], 2]])", 4) == "fsfs");
    CHECK(kinds("", 5, {.sees_images = true}) == "fffxf");
    CHECK(fault_in(R"("cross_attention_layers": [-1])")
              .message.starts_with("'cross_attention_layers' must be"));
    CHECK(fault_in(R"("sliding_window": 64, "sliding_window_pattern": "LX")").message ==
          "'sliding_window_pattern' holds 'X': L slides, G sees all");
}

}  // namespace layer_kinds_test
