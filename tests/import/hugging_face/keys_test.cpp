#include "import/hugging_face/keys.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace keys_test {

using namespace roofline;
using namespace roofline::hugging_face;

namespace {

std::vector<std::string> unread(const std::string& members,
                                const std::vector<std::string>& accepted = {}) {
    const JsonDocument document = parse_json(
        {.name = "c.json", .text = R"({"hidden_size": 64, )" + members + "}"}, JsonDialect::strict);
    Config config(document);
    config.number({"hidden_size"});
    config.number({"side.known"});
    std::vector<std::string> names;
    for (const UnreadKey& key : unread_keys(config, accepted)) names.push_back(key.name);
    return names;
}

using Names_ = std::vector<std::string>;

}  // namespace

TEST_CASE("what is known to be harmless is left out without a word") {
    CHECK(unread(R"("rope_theta": 1, "attention_dropout": 0.1, "bos_token_id": 1,
                    "transformers_version": "5", "image_size": 3, "vision_config": {"depth": 3},
                    "routed_scaling_factor": 2.5, "rms_norm_eps": 1)")
              .empty());
}

TEST_CASE("what says nothing is left out: null, false, 0, empty, one group, the hidden width") {
    CHECK(unread(R"("odd_heads": null, "use_latent": false, "odd_rank": 0, "odd_pattern": "",
                    "odd_layers": [], "odd_groups": 1, "odd_size": 64, "odd_config": {})")
              .empty());
}

TEST_CASE("another key is named with its place, also in the language model's section") {
    CHECK(unread(R"("flavour": "sweet")") == Names_{"flavour"});
    CHECK(unread(R"("text_config": {"flavour": 2}, "side": {"known": 1, "colour": 3})") ==
          Names_{"flavour", "side.colour"});
}

TEST_CASE("a key that looks structural refuses the file, whatever it is called") {
    for (const std::string key : {"zz_moe_num_experts", "odd_rank", "new_state_size", "kv_thing",
                                  "window_thing", "extra_layers", "num_hidden_groups"})
        CHECK(fault_of([&] { unread("\"" + key + "\": 3"); }).message.starts_with("'" + key + "'"));
    const Fault both = fault_of([] { unread(R"("odd_rank": 3, "odd_interval": 1)"); });
    CHECK(both.code == ErrorCode::unsupported_config);
    CHECK(both.message.starts_with(
        "'odd_rank' (line 1, column 21) and 'odd_interval' (line 1, column 36) are not "));
    CHECK(both.where.column == 21);
}

TEST_CASE("a harmless ending does not hide experts, ranks or factors of widths") {
    for (const std::string key : {"output_lora_rank", "vision_expert_layers", "ffn_dim_multiplier",
                                  "kv_multiplier", "extra_experts_bias", "layer_repeat_scale"})
        CHECK_FALSE(is_harmless(key));
    for (const std::string key : {"train_iterations", "conversation_template", "class_weights"})
        CHECK_FALSE(looks_structural(key));
}

TEST_CASE("what is accepted is left out; what is not there, or is read, cannot be accepted") {
    CHECK(unread(R"("odd_rank": 3)", {"odd_rank"}) == Names_{"odd_rank"});
    for (const std::string name : {"nothing", "hidden_size"})
        CHECK(fault_of([&] {
                  unread(R"("odd_rank": 3)", {"odd_rank", name});
              }).message == "there is no unread key '" + name + "' to accept");
}

}  // namespace keys_test
