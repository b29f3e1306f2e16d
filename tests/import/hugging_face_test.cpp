#include "import/hugging_face.hpp"

#include "roofline/error/user_error.hpp"
#include "roofline/workload/parameters.hpp"

#include "catch.hpp"

#include <filesystem>
#include <fstream>

namespace import_hugging_face_test {

using namespace roofline;

namespace {

std::string written(const std::string& name, const std::string& text) {
    const auto folder = std::filesystem::temp_directory_path() / "roofline_import_test";
    std::filesystem::create_directories(folder);
    const auto path = folder / name;
    std::ofstream(path) << text;
    return path.string();
}

Model read(const std::string& members) {
    return read_hugging_face(written("c.json", R"({"model_type": "llama", "hidden_size": 64,
        "num_hidden_layers": 4, "num_attention_heads": 8, "intermediate_size": 128,
        "vocab_size": 100, "torch_dtype": "bfloat16")" +
                                                   members + "}"));
}

std::string fault_of(const std::string& text) {
    try {
        read_hugging_face(written("bad.json", text));
    } catch (const UserError& error) {
        CHECK(exit_status(error.fault().code) == Exit::input);
        return error.fault().message;
    }
    return "no error";
}

const GroupedQuery& attention(const Model& model, std::size_t layer = 0) {
    return std::get<GroupedQuery>(model.layers.at(layer).mixers.at(0));
}

}  // namespace

TEST_CASE("heads: absent key-value heads mean as many as queries, head_dim is honoured") {
    CHECK(attention(read("")).kv_heads == 8);
    CHECK(attention(read("")).head_dim == 8);
    CHECK(attention(read(R"(, "num_key_value_heads": 2, "head_dim": 32)")).head_dim == 32);
    CHECK(attention(read(R"(, "multi_query": true)")).kv_heads == 1);
}

TEST_CASE("windows: by layer_types, by max_window_layers, or switched off") {
    const Model listed = read(R"(, "sliding_window": 16, "layer_types":
        ["sliding_attention", "full_attention", "sliding_attention", "full_attention"])");
    REQUIRE(listed.layers.size() == 2);
    CHECK(attention(listed, 0).window == Window{.reach = Reach::sliding, .tokens = 16});
    CHECK(attention(listed, 1).window == Window{});
    const Model late = read(R"(, "sliding_window": 16, "max_window_layers": 3)");
    CHECK(late.layers[0].count == 3);
    CHECK(attention(late, 1).window.tokens == 16);
    CHECK(read(R"(, "sliding_window": 16, "use_sliding_window": false)").layers.size() == 1);
    CHECK(read(R"(, "sliding_window": 16)").layers.size() == 1);
}

TEST_CASE("experts: the layers that the file names, dense first, every second, by list") {
    const std::string experts = R"(, "num_experts": 8, "num_experts_per_tok": 2,
        "moe_intermediate_size": 32)";
    CHECK(read(experts).layers.size() == 1);
    const Model first = read(experts + R"(, "first_k_dense_replace": 1)");
    CHECK(std::get<DenseFeedForward>(first.layers[0].feed_forward).width == 128);
    CHECK(first.layers[1].count == 3);
    const Model every_second = read(experts + R"(, "decoder_sparse_step": 2)");
    CHECK(every_second.layers[0].count == 2);
    CHECK(read(experts + R"(, "mlp_only_layers": [0, 1, 2])").layers[1].count == 1);
    CHECK(read(experts + R"(, "moe_layer_freq": [0, 1, 0, 1])").layers[0].count == 2);
    const Model shared = read(experts + R"(, "n_shared_experts": 2)");
    CHECK(std::get<MixtureOfExperts>(shared.layers[0].feed_forward).shared_width == 64);
}

TEST_CASE("latent attention, its indexer, and layers that share one") {
    const Model model = read(R"(, "kv_lora_rank": 16, "q_lora_rank": null, "qk_nope_head_dim": 8,
        "qk_rope_head_dim": 4, "v_head_dim": 8, "index_topk": 32, "index_n_heads": 2,
        "index_head_dim": 4, "indexer_types": ["full", "shared", "shared", "full"])");
    REQUIRE(model.layers.size() == 2);
    const auto& own = std::get<LatentAttention>(model.layers[0].mixers.at(0));
    CHECK(own.query_rank == 0);
    CHECK(own.indexer->top_k == 32);
    CHECK(std::get<LatentAttention>(model.layers[1].mixers.at(0)).indexer->heads == 0);
}

TEST_CASE("a nested text_config is read, with keys of the top level where it has none") {
    const Model model = read_hugging_face(written("n.json", R"({"model_type": "qwen3_vl",
        "tie_word_embeddings": true, "vision_config": {"hidden_size": 7}, "text_config":
        {"hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 8,
         "intermediate_size": 128, "vocab_size": 100, "dtype": "float16"}})"));
    CHECK(model.tied_embeddings);
    CHECK(model.published.name == WeightFormat::fp16);
    CHECK(model.remarks == std::vector<std::string>{"the vision tower is not counted"});
}

TEST_CASE("quantisation: methods, bits, groups and what is left out") {
    const auto format = [](const std::string& section) {
        return read(R"(, "quantization_config": )" + section).published;
    };
    CHECK(format(R"({"quant_method": "awq", "bits": 4})").name == WeightFormat::int4);
    CHECK(format(R"({"quant_method": "gptq", "bits": 8, "group_size": -1})").name ==
          WeightFormat::int8);
    CHECK(format(R"({"quant_method": "fp8", "weight_block_size": [128, 128]})").name ==
          WeightFormat::fp8_block);
    CHECK(format(R"({"quant_method": "fp8"})").name == WeightFormat::fp8);
    CHECK(format(R"({"quant_method": "bitsandbytes", "load_in_4bit": true})")
              .of(Component::attention)
              .bits == 4.5);
    const WeightPlan partly = format(R"({"quant_method": "compressed-tensors", "config_groups":
        {"group_0": {"weights": {"num_bits": 4, "type": "int", "group_size": 32}}},
        "ignore": ["lm_head", "re:.*self_attn.*"]})");
    CHECK(partly.of(Component::dense) ==
          Storage{.format = WeightFormat::int4, .weight_only = true, .bits = 4.5});
    CHECK(partly.of(Component::attention).format == WeightFormat::bf16);
    CHECK(partly.of(Component::lm_head).format == WeightFormat::bf16);
}

TEST_CASE("weights alone are narrow where activations are not quantised") {
    const auto weight_only = [](const std::string& section) {
        return read(R"(, "quantization_config": )" + section)
            .published.of(Component::dense)
            .weight_only;
    };
    const std::string group = R"({"quant_method": "compressed-tensors", "config_groups": {"g": {
        "weights": {"num_bits": 8, "type": "float"}, "input_activations": )";
    CHECK(weight_only(group + "null}}}"));
    CHECK_FALSE(weight_only(group + R"({"num_bits": 8, "type": "float"}}}})"));
    CHECK(weight_only(R"({"quant_method": "gptq", "bits": 8})"));
    CHECK_FALSE(weight_only(R"({"quant_method": "fp8"})"));
}

TEST_CASE("hf_quant_config.json beside the file says its format and the cache's") {
    written("m_hf_quant_config.json", R"({"quantization": {"quant_algo": "FP8",
        "kv_cache_quant_algo": "FP8", "exclude_modules": ["lm_head"]}})");
    const Model model = read_hugging_face(written("m_config.json", R"({"hidden_size": 64,
        "num_hidden_layers": 1, "num_attention_heads": 8, "intermediate_size": 128,
        "vocab_size": 100})"));
    CHECK(model.published.name == WeightFormat::fp8);
    CHECK(model.kv_cache == Precision::fp8);
}

TEST_CASE("bare Infinity is read, as Python writes it") {
    CHECK(read(R"(, "time_step_limit": [0.0, Infinity])").hidden == 64);
}

TEST_CASE("missing fields are named, all of them, with the names that were tried") {
    CHECK(fault_of(R"({"model_type": "foo", "vocab_size": 5})") ==
          "model_type 'foo': these fields are missing: hidden_size (also tried n_embd, n_embed, "
          "d_model, dim, model_dim), num_hidden_layers (also tried n_layer, n_layers, num_layers, "
          "num_transformer_layers)");
    const std::string bare = fault_of(R"({"hidden_size": 64, "num_hidden_layers": 1})");
    CHECK(
        bare.starts_with("this is no model configuration that roofline knows; these fields are "
                         "missing: vocab_size (also tried n_vocab, padded_vocab_size), "
                         "num_attention_heads (also tried n_head, "));
    CHECK(bare.find("intermediate_size") != std::string::npos);
    CHECK(fault_of("{}").starts_with("this is no model configuration that roofline knows"));
    CHECK(fault_of("[]") == "a model configuration is an object, this is an array");
    CHECK(fault_of(R"({"hidden_size": "64"})") ==
          "'hidden_size' must be a number from 0 to 1e12, found a string");
}

TEST_CASE("traits that are not modelled are refused, unknown sizes are named") {
    const std::string base = R"({"hidden_size": 64, "num_hidden_layers": 2,
        "num_attention_heads": 8, "intermediate_size": 128, "vocab_size": 9)";
    CHECK(fault_of(base + R"(, "layer_types": ["full_attention", "rwkv"]})") ==
          "'layer_types' holds 'rwkv', a kind of layer new to roofline");
    CHECK(fault_of(base + R"(, "layer_types": ["full_attention"]})").find("name 1 layers") !=
          std::string::npos);
    CHECK(fault_of(base + R"(, "strange_dim": 7})") ==
          "'strange_dim' (line 2, column 78) is not understood, and by its name may change the "
          "layers, their weights or what they keep");
    CHECK(
        read(R"(, "quantization_config": {"quant_method": "quip"})").unread_format.find("'quip'") ==
        0);
}

TEST_CASE("shapes that contradict each other, and values of a wrong kind, are refused") {
    const std::string base = R"({"model_type": "llama", "hidden_size": 64, "num_hidden_layers": 2,
        "num_attention_heads": 8, "intermediate_size": 128, "vocab_size": 9)";
    CHECK(fault_of(base + R"(, "num_key_value_heads": 3})") ==
          "the shapes contradict each other: 3 key-value heads do not divide 8 heads");
    CHECK(fault_of(base + R"(, "num_experts": 4, "num_experts_per_tok": 8})") ==
          "the shapes contradict each other: 8 experts of 4 are active");
    CHECK(fault_of(base + R"(, "head_dim": 12.5})") ==
          "the shapes contradict each other: head_dim is 12.5, no whole number");
    CHECK(fault_of(base + R"(, "num_kv_heads": "2"})") ==
          "'num_kv_heads' must be a number from 0 to 1e12, found a string");
    CHECK(fault_of(base + R"(, "layer_types": "full_attention"})") ==
          "'layer_types' must be a list of names, found a string");
    CHECK(fault_of(base + R"(, "quantization_config": {"quant_method": "fp8", "ignore": "[]"}})") ==
          "'quantization_config' holds 'ignore', a string where names are expected");
    CHECK(fault_of(base + R"(, "is_encoder_decoder": true})") ==
          "'is_encoder_decoder' is true: it is an encoder-decoder, which is not modelled");
}

TEST_CASE("an unknown family is read by its keys, and the answer says so") {
    const std::vector<std::string> remarks =
        read_hugging_face(written("u.json", R"({"model_type": "novel", "hidden_size": 64,
            "num_hidden_layers": 2, "num_attention_heads": 8, "intermediate_size": 128,
            "vocab_size": 9, "torch_dtype": "int8", "tie_word_embeddings": true})"))
            .remarks;
    CHECK(remarks == std::vector<std::string>{
                         "torch_dtype 'int8' is not known: weights taken as bf16",
                         "model_type 'novel' is new to roofline: taken as a causal decoder with "
                         "gated feed-forwards"});
}

TEST_CASE("hostile sizes are refused before they are believed") {
    const std::string base = R"({"hidden_size": 64, "num_attention_heads": 8,
        "intermediate_size": 128, "num_hidden_layers": )";
    CHECK(fault_of(base + "1e9}") == "'num_hidden_layers' is more than 10000");
    CHECK(fault_of(base + "1e300}") ==
          "'num_hidden_layers' must be a number from 0 to 1e12, found 1e+300");
    CHECK(fault_of(base + "-3}").find("from 0 to 1e12, found -3") != std::string::npos);
}

}  // namespace import_hugging_face_test
