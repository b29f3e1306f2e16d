#include "gate/target_reader.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace target_reader_test {

using namespace roofline;

namespace {

constexpr std::string_view named = R"("name": "a", "model": "llama-3.1-8b", "hw": "h100",)";
constexpr std::string_view limits = R"("limits": { "gpus": { "max": 4 } })";

JsonDocument document_of(const std::string& json) {
    return parse_json({.name = "b.json", .text = json}, JsonDialect::strict);
}

// A target and its defaults, as JSON.
Target target_of(const std::string& own, const std::string& defaults = "{}") {
    Catalog catalog;
    const JsonDocument document = document_of("[{" + own + "},\n" + defaults + "]");
    const auto& values = *document.root.array();
    return gate::read_target(document, values[0], &values[1], "folder", catalog);
}
// `members` are line 2, defaults line 3.
Target target_with(std::string_view members, const std::string& defaults = "{}") {
    return target_of(std::string(named).append("\n").append(members).append(limits), defaults);
}

// "E352 b.json:1:2: …" and the hint in brackets.
template <typename Call>
std::string said(Call call) {
    const Fault fault = fault_of(call);
    const std::string hint = fault.hint.empty() ? "" : " (" + fault.hint + ")";
    return code_name(fault.code) + " " + message_text(fault) + hint;
}
std::string refusal(const std::string& own) {
    return said([&] { target_of(own); });
}
std::string refusal_with(std::string_view members, const std::string& defaults = "{}") {
    return said([&] { target_with(members, defaults); });
}
std::string refused_defaults(const std::string& json) {
    return said([&] {
        const JsonDocument document = document_of(json);
        gate::check_defaults(document, document.root);
    });
}

}  // namespace

TEST_CASE("a target is a deployment with a basis, a calibration, a warning and limits") {
    const Target target = target_with(
        R"("basis": "pessimistic", "calibration": "cal.json", "warn_at": "80%", "tp": 2,
           "rate": 0.5, "prefix_hit": "40%", "isl": "4k", "osl": 300, )");
    CHECK(target.name == "a");
    CHECK(place_text(target.where) == "b.json:1:11");
    CHECK(target.basis == Basis::pessimistic);
    CHECK(target.calibration == "folder/cal.json");
    CHECK(target.warn_at == 0.8);
    CHECK(target.deployment.tensor_parallel == 2.0);
    CHECK(target.deployment.rate == 0.5);
    CHECK(target.deployment.prefix_hit == 0.4);
    CHECK(target.deployment.isl == 4096.0);
    CHECK(target.deployment.osl == 300.0);
    REQUIRE(target.limits.size() == 1);
    CHECK(target.limits[0].metric->id == "gpus");
}

TEST_CASE("a target that says less is expected, uncalibrated and without a price") {
    const Target target = target_with("");
    CHECK(target.basis == Basis::expected);
    CHECK(target.calibration.empty());
    CHECK_FALSE(target.warn_at);
    CHECK_FALSE(target.deployment.rental);
    CHECK_FALSE(target.deployment.batch);
}

TEST_CASE("a price is looked up at the device, also one of the defaults") {
    const Target given = target_with(R"("price": "$2.5/h", )");
    CHECK(given.deployment.rental->rate == 2.5 * dollar / hour);
    const Target looked_up = target_with("", R"({ "price": "lambda" })");
    CHECK(looked_up.deployment.rental->device == "h100-sxm");
    CHECK(target_with(R"("purchase": "$30000", )").deployment.bought->amount == 30000.0 * dollar);
    CHECK(refusal_with(R"("price": "nobody", )").starts_with("E221 b.json:2:10: "));
}

TEST_CASE("name, model, hardware and limits are needed, with what to write for each") {
    const JsonDocument number = document_of("[8]");
    const auto no_target = said([&] {
        Catalog catalog;
        gate::read_target(number, number.root.array()->at(0), nullptr, "", catalog);
    });
    CHECK(no_target == "E352 b.json:1:2: a target must be an object, found a number");
    CHECK(refusal("") == R"(E352 b.json:1:2: a target needs a 'name' (write "name": "chat-8b"))");
    CHECK(refusal(R"("name": 8)") ==
          "E352 b.json:1:11: 'name' of a target must be a string, "
          "found a number");
    const std::string hint = R"( (write "limits": { "tpot": { "max": "25ms" } }))";
    CHECK(refusal(R"("name": "a")") ==
          "E353 b.json:1:2: target 'a' has no 'limits': nothing would be judged" + hint);
    CHECK(refusal(R"("name": "a", "limits": {})") ==
          "E353 b.json:1:26: 'limits' of target 'a' is empty: nothing would be judged" + hint);
    CHECK(refusal(R"("name": "a", "limits": [])") ==
          "E352 b.json:1:26: 'limits' of target 'a' must be an object, found an array");
    const std::string judged = R"("name": "a", )" + std::string(limits);
    CHECK(refusal(judged) ==
          R"(E352 b.json:1:2: 'model' of target 'a' is missing (write "model": "llama-3.1-8b"))");
    CHECK(refusal(judged + R"(, "model": "llama-3.1-8b")") ==
          R"(E352 b.json:1:2: 'hw' of target 'a' is missing (write "hw": "h100-sxm"))");
}

TEST_CASE("a value in the wrong form is refused where it stands, with the key as it is spelt") {
    CHECK(refusal_with(R"("kv-dtype": "fp3", )")
              .starts_with("E352 b.json:2:13: 'kv-dtype' of target 'a': 'fp3' is no precision"));
    CHECK(refusal_with(R"("batch": "8", )") ==
          "E352 b.json:2:10: 'batch' of target 'a' must be a number, found a string");
    CHECK(refusal_with(R"("batch": 1.5, )") ==
          "E352 b.json:2:10: 'batch' of target 'a' must be a whole number from 1 up, got 1.5");
    CHECK(refusal_with(R"("isl": "4096", )") ==
          "E352 b.json:2:8: 'isl' of target 'a' is a string."
          " Write a number, or k: 4096 or \"4k\"");
    CHECK(refusal_with(R"("utilization": 0.4, )") ==
          "E352 b.json:2:16: 'utilization' of target 'a' must be a share such as \"5%\", found a "
          "number");
    CHECK(refusal_with(R"("basis": "best", )") ==
          "E352 b.json:2:10: 'basis' of target 'a': 'best' is no basis (it is bound, expected or "
          "pessimistic)");
}

TEST_CASE("a key that is none, or is spelt twice, is refused") {
    CHECK(refusal_with(R"("batsh": 8, )")
              .starts_with("E351 b.json:2:1: unknown key 'batsh' in target 'a'. Did you mean "
                           "batch? Known: name limits basis calibration warn_at "
                           "accept_unread_keys model hw tp "));
    CHECK(refusal_with(R"("batsh": 8, )").find(" kv_dtype ") != std::string::npos);
    CHECK(refusal_with(R"("kv_dtype": "fp8", "kv-dtype": "fp8", )") ==
          "E352 b.json:2:20: 'kv_dtype' and 'kv-dtype' are the same key");
}

TEST_CASE("a step and a load do not go together, wherever each of them stands") {
    CHECK(refusal_with(R"("batch": 8, "concurrency": 64, )") ==
          "E352 b.json:2:1: 'batch' asks for a step and 'concurrency' for a served deployment "
          "(leave one of them out)");
    CHECK(refusal_with(R"("concurrency": 64, )", R"({ "batch": 8 })")
              .starts_with("E352 b.json:3:3: "));
    CHECK(refusal_with(R"("waves": 4, )") ==
          "E352 b.json:2:1: 'waves' says something of a served deployment only (add "
          "'concurrency', for example 'concurrency' 64)");
}

TEST_CASE("a model that the catalog does not know is a file beside the budget, or none") {
    const auto with_model = [](const std::string& model) {
        return refusal(R"("name": "a", "hw": "h100", "model": ")" + model + "\", " +
                       std::string(limits));
    };
    CHECK(with_model("./none").starts_with("E300 b.json:1:39: "));
    CHECK(with_model("none.json").find("folder/none.json") != std::string::npos);
    CHECK(with_model("llama-9").starts_with("E211 b.json:1:39: "));
    const JsonDocument absolute = document_of(R"("/tmp/config.json")");
    CHECK(gate::path_in(absolute, absolute.root, "'x'", "folder") == "/tmp/config.json");
    const JsonDocument relative = document_of(R"("config.json")");
    CHECK(gate::path_in(relative, relative.root, "'x'", "") == "config.json");
}

TEST_CASE("defaults have no name, no limits and no key that no target has") {
    CHECK(refused_defaults("[]") ==
          "E352 b.json:1:1: 'defaults' must be an object, found an array");
    CHECK(refused_defaults(R"({ "limits": {} })") ==
          "E351 b.json:1:3: 'limits' belongs to a target, not to 'defaults'");
    CHECK(refused_defaults(R"({ "name": "a" })") ==
          "E351 b.json:1:3: 'name' belongs to a target, not to 'defaults'");
    CHECK(refused_defaults(R"({ "hww": 1 })")
              .starts_with("E351 b.json:1:3: unknown key 'hww' in 'defaults'. Did you mean hw? "));
}

TEST_CASE("a path in a budget is read as one, from the folder of the budget") {
    const auto model = [](const std::string& word) {
        return R"("name": "a", "hw": "h100", "model": ")" + word + "\", " + std::string(limits);
    };
    CHECK(refusal(model("./models/llama-3.1-8b"))
              .find("cannot read 'folder/./models/llama-3.1-8b': no such file") !=
          std::string::npos);
    CHECK(refusal(model("/no/such/folder/llama-3.1-8b"))
              .find("cannot read '/no/such/folder/llama-3.1-8b'") != std::string::npos);
    CHECK(target_of(model("meta-llama/Llama-3.1-8B")).deployment.model->id == "llama-3.1-8b");
}

TEST_CASE("what may never end is no file of a budget, and stdin is none") {
    CHECK(refusal_with(R"("calibration": "-", )").find("stdin is for the command line") !=
          std::string::npos);
    CHECK(refusal_with(R"("calibration": "/dev/zero", )").find("is a device") != std::string::npos);
    CHECK(refusal_with(R"("calibration": "a\u0000b", )").find("holds a NUL") != std::string::npos);
    CHECK(refusal(R"("name": "a", "hw": "h100", "model": "-", )" + std::string(limits))
              .find("stdin is for the command line") != std::string::npos);
    CHECK(refusal(R"("name": "a", "hw": "h100", "model": "/dev/stdin", )" + std::string(limits)) !=
          "");
}

TEST_CASE("a default that is null is refused, whoever says otherwise") {
    CHECK(refused_defaults(R"({"batch": null})").find("'batch' of 'defaults' is null") !=
          std::string::npos);
}

}  // namespace target_reader_test
