#include "catch.hpp"
#include "fault.hpp"
#include "import/hugging_face/traits.hpp"
#include "workload/arithmetic.hpp"

namespace quantization_test {

using namespace roofline;
using namespace roofline::hugging_face;

namespace {

using Words = std::vector<std::string>;

JsonDocument document(const std::string& members) {
    return parse_json({.name = "c.json", .text = "{" + members + "}"}, JsonDialect::strict);
}

// Two layers, one dense and one with experts; the hidden width is 64.
Model read(const std::string& members, const std::string& side = "") {
    Model model{.hidden = 64,
                .layers = {{.mixers = {GroupedQuery{}}, .feed_forward = DenseFeedForward{}},
                           {.mixers = {GroupedQuery{}}, .feed_forward = MixtureOfExperts{}}}};
    const JsonDocument text = document(members);
    const JsonDocument beside = document(side);
    Config config(text);
    read_quantization(config, side.empty() ? nullptr : &beside, model);
    model.remarks = config.take_remarks();
    return model;
}

Model quantised(const std::string& section) {
    return read(R"("torch_dtype": "float16", "quantization_config": {)" + section + "}");
}

Storage attention(const std::string& section) {
    return quantised(section).published.of(Component::attention);
}

std::string refused(const std::string& section) {
    const Model model = quantised(section);
    if (!model.unread_format.empty()) return model.unread_format;
    return fault_of([&] { published_format(model); }).message;
}

std::string malformed(const std::string& section) {
    return fault_of([&] { quantised(section); }).message;
}

std::string group(const std::string& weights) {
    return R"("quant_method": "compressed-tensors", "config_groups": {"g": {"weights": {)" +
           weights + "}}}";
}

}  // namespace

TEST_CASE("what is not quantised is stored as torch_dtype says, else in bf16, and says so") {
    CHECK(read(R"("torch_dtype": "float32")").published.name == WeightFormat::bf16);
    CHECK(read(R"("dtype": "float16")").published.of(Component::norms).format ==
          WeightFormat::fp16);
    const Model usual = read(R"("torch_dtype": "bfloat16")");
    CHECK(usual.published.name == WeightFormat::bf16);
    CHECK(usual.remarks.empty());
    CHECK(read("").remarks == Words{"no torch_dtype: weights taken as bf16"});
    CHECK(read(R"("torch_dtype": "int8")").remarks ==
          Words{"torch_dtype 'int8' is not known: weights taken as bf16"});
}

TEST_CASE("AWQ and GPTQ narrow weights alone, in groups of 128 unless they say otherwise") {
    CHECK(attention(R"("quant_method": "awq")") ==
          Storage{.format = WeightFormat::int4, .weight_only = true, .bits = 4 + 20.0 / 128});
    CHECK(attention(R"("quant_method": "awq", "w_bit": 3, "q_group_size": 32)") ==
          Storage{.format = WeightFormat::int3, .weight_only = true, .bits = 3 + 20.0 / 32});
    CHECK(attention(R"("quant_method": "gptq", "bits": 4, "group_size": -1)").bits ==
          4 + 20.0 / 64);
    CHECK(attention(R"("quant_method": "gptq", "bits": 8)").format == WeightFormat::int8);
    CHECK(attention(R"("quant_method": "gptq", "bits": 2)").bits == 2 + 18.0 / 128);
    CHECK(refused(R"("quant_method": "gptq", "bits": 5)") ==
          "5-bit whole numbers is a way to quantise new to roofline");
}

TEST_CASE("methods that need no more than their name, and bitsandbytes in blocks of 64") {
    const WeightPlan plan = quantised(R"("quant_method": "mxfp4")").published;
    CHECK(plan.of(Component::experts).format == WeightFormat::mxfp4);
    CHECK(plan.of(Component::attention).format == WeightFormat::fp16);  // as gpt-oss has it
    CHECK(attention(R"("quant_method": "fp8")").format == WeightFormat::fp8);
    CHECK(attention(R"("quant_method": "fp8", "weight_block_size": [128, 128])").format ==
          WeightFormat::fp8_block);
    CHECK(attention(R"("quant_method": "bitsandbytes", "load_in_4bit": true)") ==
          Storage{.format = WeightFormat::int4, .weight_only = true, .bits = 4.5});
    CHECK(attention(R"("quant_method": "bitsandbytes", "load_in_8bit": true)").format ==
          WeightFormat::int8);
    CHECK(refused(R"("quant_method": "quip")").starts_with("'quip' is a"));
    CHECK(refused("").starts_with("an unnamed method is a way"));
}

TEST_CASE("algorithms by name, in upper or lower case") {
    const auto format = [](const std::string& name) {
        return attention(R"("quant_algo": ")" + name + "\"").format;
    };
    CHECK(format("NVFP4") == WeightFormat::nvfp4);
    CHECK(format("w4a8_mxfp4_fp8") == WeightFormat::mxfp4);
    CHECK(format("FP8_PB_WO") == WeightFormat::fp8_block);
    CHECK(format("W4A16_AWQ") == WeightFormat::int4);
    CHECK(format("int4") == WeightFormat::int4);
    CHECK(refused(R"("quant_algo": "INT2")").starts_with("'INT2' is a way"));
}

TEST_CASE("groups of compressed-tensors: bits, type and size of the weights") {
    const auto format = [](const std::string& weights) { return attention(group(weights)).format; };
    CHECK(attention(group(R"("num_bits": 4, "type": "int", "group_size": 32)")) ==
          Storage{.format = WeightFormat::int4, .weight_only = true, .bits = 4.5});
    CHECK(format(R"("num_bits": 8, "type": "float")") == WeightFormat::fp8);
    CHECK(format(R"("num_bits": 8, "type": "float", "group_size": 128)") ==
          WeightFormat::fp8_block);
    CHECK(format(R"("num_bits": 4, "type": "float", "group_size": 16)") == WeightFormat::nvfp4);
    CHECK(format(R"("num_bits": 4, "type": "float", "group_size": 32)") == WeightFormat::mxfp4);
    CHECK(refused(group(R"("num_bits": 6, "type": "float")")).find("6-bit floating point") !=
          std::string::npos);
    CHECK(attention(R"("format": "mxfp4-pack", "config_groups": {"g": {"weights": {},
          "input_activations": {"num_bits": 8}}})") == Storage{.format = WeightFormat::mxfp4});
    CHECK(refused(R"("config_groups": {"g": {}})").find("a group without weights") !=
          std::string::npos);
    CHECK(refused(R"("config_groups": [])").find("an array as config_groups") != std::string::npos);
    const WeightPlan mixed = quantised(R"("config_groups": {
        "a": {"targets": ["re:.*self_attn.*"], "weights": {"num_bits": 8, "type": "float"}},
        "b": {"targets": ["re:.*experts.*"], "weights": {"num_bits": 4, "type": "int"}}})")
                                 .published;
    CHECK(mixed.of(Component::attention).format == WeightFormat::fp8);
    CHECK(mixed.of(Component::experts).format == WeightFormat::int4);
    CHECK(mixed.of(Component::dense).format == WeightFormat::fp16);
}

TEST_CASE("parts that are left out stay in 16 bits, and the coverage says which are not") {
    for (const std::string key :
         {"ignore", "modules_to_not_convert", "exclude_modules", "llm_int8_skip_modules"}) {
        const Model model =
            quantised(R"("quant_method": "fp8", ")" + key + R"(": ["lm_head", "self_attn"])");
        CHECK(model.published.name == WeightFormat::fp8);
        CHECK(model.published.of(Component::attention).format == WeightFormat::fp16);
        CHECK(model.published.of(Component::embedding).format == WeightFormat::fp16);
        CHECK(model.published.of(Component::experts).format == WeightFormat::fp8);
        REQUIRE(model.coverage.size() == 1);
        CHECK(model.coverage[0].storage == Storage{.format = WeightFormat::fp8});
        CHECK(model.coverage[0].covers == std::vector<Component>{Component::dense,
                                                                 Component::experts,
                                                                 Component::shared_experts});
    }
    CHECK(malformed(R"("quant_method": "fp8", "ignore": "[]")") ==
          "'quantization_config' holds 'ignore', a string where names are expected");
    CHECK(malformed(R"("quant_method": "fp8", "ignore": [1])") ==
          "'quantization_config' holds 'ignore', a number where names are expected");
}

TEST_CASE("a table of layers: each part takes its commonest algorithm") {
    const WeightPlan plan = quantised(R"("quant_algo": "MIXED_PRECISION", "quantized_layers": {
        "layers.0.self_attn.q_proj": {"quant_algo": "FP8"},
        "layers.1.mlp.experts.0.up_proj": {"quant_algo": "NVFP4"},
        "layers.1.mlp.experts.1.up_proj": {"quant_algo": "FP8"},
        "layers.1.mlp.experts.2.up_proj": {"quant_algo": "NVFP4"}})")
                                .published;
    CHECK(plan.of(Component::attention).format == WeightFormat::fp8);
    CHECK(plan.of(Component::experts).format == WeightFormat::nvfp4);
    CHECK(plan.of(Component::dense).format == WeightFormat::fp16);
    CHECK(plan.name == WeightFormat::nvfp4);
}

TEST_CASE("the cache's format, and a file beside the configuration that says both") {
    CHECK(quantised(R"("quant_method": "fp8")").kv_cache == Precision::bf16);
    CHECK(quantised(R"("quant_method": "fp8", "kv_cache_scheme": {"num_bits": 8})").kv_cache ==
          Precision::fp8);
    CHECK(quantised(R"("quant_method": "fp8", "kv_cache_quant_algo": "fp8")").kv_cache ==
          Precision::fp8);
    const std::string side = R"("quantization": {"quant_algo": "NVFP4", "kv_cache_quant_algo":
        "FP8"})";
    CHECK(read("", side).published.name == WeightFormat::nvfp4);
    CHECK(read("", side).kv_cache == Precision::fp8);
    CHECK(read(R"("quantization_config": {"quant_method": "fp8"})", side).published.name ==
          WeightFormat::fp8);
    CHECK(fault_of([] { read(R"("quantization_config": "fp8")"); }).message ==
          "'quantization_config' is a string, not an object");
}

TEST_CASE("ways to quantise by their names, and the bits of a weight with its scales") {
    const auto bits = [](const std::string& section) {
        const Storage storage = attention(section);
        return storage.bits > 0 ? storage.bits : row_of(storage.format).bits;
    };
    CHECK(bits(R"("quant_method": "hqq", "quant_config": {"weight_quant_params":
               {"nbits": 4, "group_size": 64}})") == 4.5);
    CHECK(bits(R"("quant_method": "torchao", "quant_type": {"default":
               {"_type": "Int4WeightOnlyConfig", "_data": {"group_size": 128}}})") == 4.25);
    CHECK(bits(R"("quant_method": "torchao", "quant_type": "int8_weight_only")") == 8);
    CHECK(bits(R"("quant_method": "fbgemm_fp8")") == 8 + 32.0 / 64);
    CHECK(bits(R"("quant_method": "bitsandbytes", "load_in_4bit": true,
               "bnb_4bit_use_double_quant": true)") == 4.127);
    CHECK(bits(R"("quant_method": "aqlm", "num_codebooks": 1, "nbits_per_codebook": 16,
               "in_group_size": 8, "out_group_size": 1)") == 2);
    CHECK(bits(R"("quant_method": "quanto", "weights": "int4")") == 4.25);
    CHECK(bits(R"("quant_method": "eetq")") == 8);
    CHECK(bits(R"("group_size": 64, "bits": 4)") == 4.5);  // mlx
    CHECK(attention(R"("quant_method": "fp8", "weight_block_size": [1, 32])").format ==
          WeightFormat::mxfp8);
    CHECK(attention(R"("quant_method": "auto-round", "data_type": "mx_fp", "bits": 4)").format ==
          WeightFormat::mxfp4);
    CHECK(attention(R"("quant_method": "quark", "global_quant_config":
                    {"weight": {"dtype": "fp8_e4m3"}, "input_tensors": null})") ==
          Storage{.format = WeightFormat::fp8, .weight_only = true});
    CHECK(attention(R"("quant_algo": "W4A8_AWQ")").multiplied_in == Precision::fp8);
}

TEST_CASE("mlx leaves nothing out: tables too") {
    const WeightPlan plan = quantised(R"("group_size": 64, "bits": 4)").published;
    CHECK(plan.of(Component::embedding).format == WeightFormat::int4);
    CHECK(plan.of(Component::lm_head).format == WeightFormat::int4);
}

TEST_CASE("routed experts may have a format of their own") {
    const WeightPlan plan = quantised(R"("quant_method": "fp8", "weight_block_size": [128, 128],
        "quant_algo": "MIXED_PRECISION", "moe_quant_algo": "NVFP4")")
                                .published;
    CHECK(plan.of(Component::experts).format == WeightFormat::nvfp4);
    CHECK(plan.of(Component::attention).format == WeightFormat::fp8_block);
}

}  // namespace quantization_test
