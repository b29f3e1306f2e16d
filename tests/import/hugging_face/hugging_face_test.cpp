// What a configuration is as a whole: how many layers, whether it writes, what is not counted.
#include "import/hugging_face.hpp"

#include "catch.hpp"
#include "fault.hpp"

#include <filesystem>
#include <fstream>

namespace hugging_face_test {

using namespace roofline;

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

const fs::path folder = fs::temp_directory_path() / "roofline_hugging_face";

std::string written(const std::string& name, const std::string& text) {
    fs::create_directories(folder);
    std::ofstream(folder / name) << text;
    return (folder / name).string();
}

const std::string shape = R"("hidden_size": 64, "num_attention_heads": 8, "vocab_size": 100,
    "intermediate_size": 128, "torch_dtype": "bfloat16")";

Model read(const std::string& family, const std::string& members) {
    return read_hugging_face(
        written("c.json", R"({"model_type": ")" + family + "\", " + shape + ", " + members + "}"));
}

Fault fault_in(const std::string& members) {
    return fault_of([&] { read("llama", members); });
}

Words remarks(const std::string& family, const std::string& members) {
    return read(family, R"("num_hidden_layers": 2, )" + members).remarks;
}

}  // namespace

TEST_CASE(
    "layers of one shape are counted together, and there are as many as a pattern's letters") {
    const Model model = read("llama", R"("num_hidden_layers": 5, "sliding_window": 16,
        "max_window_layers": 3, "max_position_embeddings": 4096)");
    REQUIRE(model.layers.size() == 2);
    CHECK(model.layers[0].count == 3);
    CHECK(model.layers[1].count == 2);
    CHECK(model.context == 4096.0);
    const Model hybrid = read("nemotron_h", R"("hybrid_override_pattern": "*-*", "head_dim": 8)");
    CHECK(hybrid.layer_count() == 3);
    CHECK(fault_in(R"("num_hidden_layers": 2.5)").message ==
          "'num_hidden_layers' is 2.5, no whole number");
    CHECK(fault_in(R"("num_hidden_layers": 10001)").message ==
          "'num_hidden_layers' is more than 10000");
}

TEST_CASE("a model is called by its path, which is its source too") {
    const std::string path =
        written("config.json", "{" + shape + R"(, "model_type": "llama", "num_hidden_layers": 2})");
    const Model model = read_hugging_face(folder.string());
    CHECK(model.id == folder.string());
    CHECK(model.name == folder.string());
    CHECK(model.family == "llama");
    CHECK(model.from.source == path);
    CHECK(model.from.confidence == Confidence::primary);
    fs::remove_all(folder);
}

TEST_CASE("conventions of a family: tied embeddings, learned positions, an encoder") {
    const std::string layers = R"("num_hidden_layers": 2, "max_position_embeddings": 512)";
    const Model plain = read("llama", layers);
    CHECK(plain.causal);
    CHECK_FALSE(plain.tied_embeddings);
    CHECK(plain.positions == 0);
    const Model encoder = read("bert", layers);
    CHECK_FALSE(encoder.causal);
    CHECK(encoder.tied_embeddings);
    CHECK(encoder.positions == 512);
    CHECK(read("bert", layers + R"(, "is_decoder": true)").causal);
    CHECK(
        read("bert", layers + R"(, "tie_word_embeddings": false)").tied_embeddings);  // no lm_head
}

TEST_CASE("what had to be assumed, and what is not counted, is remarked") {
    const std::string tied = R"("tie_word_embeddings": false)";
    CHECK(remarks("llama", tied).empty());
    CHECK(remarks("llama", R"("pad": 1)") ==
          Words{"no tie_word_embeddings: taken as false, this family's default"});
    CHECK(remarks("gemma", R"("pad": 1)") ==
          Words{"no tie_word_embeddings: taken as true, this family's default"});
    const std::string guessed = "multi-token-prediction layers are not counted";
    CHECK(remarks("llama", tied + R"(, "num_nextn_predict_layers": 1)") == Words{guessed});
    CHECK(remarks("llama", tied + R"(, "num_mtp_modules": 1)") == Words{guessed});
    CHECK(remarks("llama", tied + R"(, "mtp_num_hidden_layers": 1)") == Words{guessed});
    CHECK(remarks("llama", tied + R"(, "vision_config": {}, "audio_config": {})") ==
          Words{"the vision tower is not counted", "the audio tower is not counted"});
    CHECK(remarks("llama", tied + R"(, "mm_vision_tower": "clip")") ==
          Words{"the vision tower is not counted"});
    CHECK(remarks("llama", tied + R"(, "num_nextn_predict_layers": 0)").empty());
    CHECK(remarks("novel", tied) ==
          Words{"model_type 'novel' is new to roofline: taken as a causal decoder with gated "
                "feed-forwards"});
}

TEST_CASE("what is not modelled is refused for what it is") {
    const auto refused = [](const std::string& member) {
        return fault_in(R"("num_hidden_layers": 2, )" + member).message;
    };
    CHECK(refused(R"("is_encoder_decoder": true)").find("is an encoder-decoder, which is not") !=
          std::string::npos);
    CHECK(refused(R"("block_configs": [])").find("other kinds of blocks are not modelled") !=
          std::string::npos);
    CHECK(refused(R"("compress_ratios": [4])") ==
          "'compress_ratios' names 1 layers, but there are more");
    for (const std::string type : {"t5", "bart", "whisper", "Dream", "llada", "jetmoe"})
        CHECK(fault_of([&] {
                  read(type, R"("num_hidden_layers": 2)");
              }).message.ends_with(", which is not modelled"));
}

TEST_CASE("a file that is no object, or whose shapes contradict each other, is none") {
    const Fault list = fault_of([] { read_hugging_face(written("l.json", "[1]")); });
    CHECK(list.code == ErrorCode::unsupported_config);
    CHECK(list.message == "a model configuration is an object, this is an array");
    CHECK(list.where.file == (folder / "l.json").string());
    CHECK(fault_in(R"("num_hidden_layers": 2, "num_key_value_heads": 3)").message ==
          "the shapes contradict each other: 3 key-value heads do not divide 8 heads");
    fs::remove_all(folder);
}

}  // namespace hugging_face_test
