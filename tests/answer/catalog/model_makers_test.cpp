#include "answer/catalog/model_makers.hpp"

#include "roofline/catalog/catalog.hpp"

#include "catch.hpp"

namespace model_makers_test {

using namespace roofline;

TEST_CASE("every model of the catalog has a maker") {
    for (const std::string& id : Catalog().model_ids()) {
        INFO(id);
        CHECK(maker_of(id).name != "others");
    }
    CHECK(maker_of("somebody-7b").name == "others");
}

TEST_CASE("newer families of a maker stand before older ones") {
    CHECK(maker_of("llama-3.3-70b").place < maker_of("llama-3.1-8b").place);
    CHECK(maker_of("llama-3.1-8b").place < maker_of("llama-3-8b").place);
    CHECK(maker_of("llama-3-8b").place < maker_of("llama-2-7b").place);
    CHECK(maker_of("qwen3.5-27b").place < maker_of("qwen3-8b").place);
    CHECK(maker_of("deepseek-v3.2").place < maker_of("deepseek-v3").place);
    CHECK(maker_of("gpt-oss-20b").name == "OpenAI");
}

TEST_CASE("models about a word have it in a name, the family or the maker") {
    Catalog catalog;
    const Models models{catalog.model("llama-3.1-8b"), catalog.model("qwen3-8b")};
    CHECK(models_about("meta", models).size() == 1);
    CHECK(models_about("8B", models).size() == 2);
    CHECK(models_about("alibaba", models)[0]->id == "qwen3-8b");
    CHECK(models_about("nothing", models).empty());
}

}  // namespace model_makers_test
