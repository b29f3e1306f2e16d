#include "catalog/readers/written_name.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace written_name_test {

using namespace roofline;

namespace {

// "" where the name is read as it is.
std::string refusal(const std::string& name, const NameKind& kind) {
    const JsonDocument document =
        parse_json({.name = "f.json", .text = "{\"name\": \"" + name + "\"}"}, JsonDialect::strict);
    JsonObject record(document);
    try {
        written_name(record, "name", kind);
    } catch (const UserError& error) {
        CHECK(error.fault().code == ErrorCode::bad_record);
        CHECK(error.fault().where.pointer == "/name");
        return error.fault().message;
    }
    return {};
}

}  // namespace

TEST_CASE("a name that splits where it is typed is refused, with its place and the reason") {
    CHECK(refusal("acme/eu", provider_name) ==
          "'acme/eu' holds '/': a provider that is called so could not be asked for");
    CHECK(refusal("1fire", provider_name) ==
          "'1fire' does not begin with a letter: a provider that is called so could not be asked "
          "for");
    for (const std::string name : {"a,b", "a@b", "a=b", "a:b", "a'b", "a`b", "a\\nb", "a\\u0000",
                                   "$2", "-", " - ", "", "\\\\", "a\\u007f"}) {
        INFO(name);
        CHECK_FALSE(refusal(name, provider_name).empty());
        CHECK_FALSE(refusal(name, mode_name).empty());
        CHECK_FALSE(refusal(name, device_name).empty());
    }
}

TEST_CASE("what stands in no other word's way is a name") {
    CHECK(refusal("RunPod Secure", provider_name).empty());
    CHECK(refusal("Vast.ai", provider_name).empty());
    CHECK(refusal("Acme (EU) & Sons+1", provider_name).empty());
    CHECK(refusal("capacity block", mode_name).empty());
    CHECK(refusal("4090-d", device_name).empty());
    CHECK(refusal("RTX 4090", device_alias).empty());
    CHECK(refusal("acme/llm-7b", model_name).empty());
    CHECK(refusal("llama/3:8b@2026", api_model_name).empty());
}

TEST_CASE("a model is not called like a path") {
    for (const std::string name : {"a/b/c", "./m", "m.json", "M.JSON", "a/"}) {
        INFO(name);
        CHECK_FALSE(refusal(name, model_name).empty());
        CHECK_FALSE(refusal(name, model_alias).empty());
    }
}

}  // namespace written_name_test
