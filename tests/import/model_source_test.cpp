#include "roofline/import/model_source.hpp"

#include "catch.hpp"
#include "fault.hpp"

#include <filesystem>
#include <fstream>

namespace model_source_test {

using namespace roofline;

namespace {

namespace fs = std::filesystem;

class Folder {
  public:
    Folder() { fs::create_directories(path_); }
    ~Folder() { fs::remove_all(path_); }
    std::string config(const fs::path& name) const {
        fs::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name) << R"({"model_type": "llama", "hidden_size": 256,
"num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 512, "vocab_size": 1000})";
        return (path_ / name).string();
    }
    std::string path(const fs::path& name) const { return (path_ / name).string(); }

  private:
    fs::path path_ = fs::temp_directory_path() / "roofline_model_source";
};

Fault fault_for(std::string_view name) {
    Catalog catalog;
    return fault_of([&] { find_model(name, catalog); });
}

}  // namespace

TEST_CASE("a name of the catalog is its model") {
    Catalog catalog;
    CHECK(find_model("llama-3.1-8b", catalog)->id == "llama-3.1-8b");
    CHECK(find_model("Llama-3.1-8B", catalog)->id == "llama-3.1-8b");
    const Fault fault = fault_for("llama-9");
    CHECK(fault.code == ErrorCode::unknown_model);
}

TEST_CASE("a file, whatever its name, and a folder with a config.json in it are models") {
    const Folder folder;
    Catalog catalog;
    CHECK(find_model(folder.config("mine.json"), catalog)->hidden == 256);
    CHECK(find_model(folder.config("mine"), catalog)->hidden == 256);
    folder.config("inside/config.json");
    CHECK(find_model(folder.path("inside"), catalog)->hidden == 256);
}

TEST_CASE("what looks like a path is read as one, so that a typo is said of the file") {
    CHECK(fault_for("/nowhere/model").code == ErrorCode::unreadable_file);
    CHECK(fault_for("./no-such-model").code == ErrorCode::unreadable_file);
    CHECK(fault_for("../no-such-model").code == ErrorCode::unreadable_file);
    CHECK(fault_for("llama-3.1-8b.json").code == ErrorCode::unreadable_file);
    CHECK(fault_for("some/model").code == ErrorCode::unknown_model);
}

TEST_CASE("in a folder that is called like a model of the catalog, the model is meant") {
    const Folder folder;
    const fs::path before = fs::current_path();
    fs::create_directories(folder.path("llama-3.1-8b"));
    fs::create_directories(folder.path("checkpoint"));
    fs::current_path(folder.path(""));
    Catalog catalog;
    const auto known = find_model("llama-3.1-8b", catalog);
    const Fault empty = fault_for("checkpoint");
    folder.config("llama-3.1-8b/config.json");
    const auto own = find_model("llama-3.1-8b", catalog);
    fs::current_path(before);
    CHECK(known->hidden == 4096);
    CHECK(empty.code == ErrorCode::unreadable_file);
    CHECK(own->hidden == 256);
}

TEST_CASE("a path is never a name of the catalog, whatever it ends in") {
    const Folder folder;
    for (const std::string_view path :
         {"./models/llama-3.1-8b", "../llama-3.1-8b", "/no/such/folder/llama-3.1-8b",
          "big/../models/llama-3.1-8b", "models/llama-3.1-8b/", "a/b/llama-3.1-8b",
          "~/llama-3.1-8b", "~ann/llama-3.1-8b", "./llama-3.1-8b", " ./llama-3.1-8b",
          "file:///llama-3.1-8b", ".hidden/llama-3.1-8b", "-/llama-3.1-8b", "/llama-3.1-8b",
          "//llama-3.1-8b", "llama-3.1-8b.JSON", ".", "..", "a b/llama-3.1-8b"}) {
        INFO(path);
        CHECK(is_path_like(path));
        CHECK(names_model_file(path, Catalog(), folder.path("")));
        CHECK(fault_for(path).code == ErrorCode::unreadable_file);
    }
}

TEST_CASE("a name of the Hub is the catalog's, with its site in front as well") {
    Catalog catalog;
    for (const std::string_view name :
         {"meta-llama/Llama-3.1-8B", "meta-llama/Meta-Llama-3.1-8B-Instruct", "me/llama-3.1-8b",
          "https://huggingface.co/meta-llama/Llama-3.1-8B"}) {
        INFO(name);
        CHECK_FALSE(is_path_like(name));
        CHECK(find_model(name, catalog)->hidden == 4096);
    }
}

TEST_CASE("a file or folder that is there is meant before a name of the Hub, seen from a folder") {
    const Folder folder;
    folder.config("models/llama-3.1-8b/config.json");
    folder.config("own/llama-3.1-8b");
    fs::create_directories(folder.path("empty/llama-3.1-8b"));
    Catalog catalog;
    const std::string from = folder.path("");
    CHECK(find_model("models/llama-3.1-8b", catalog, from)->hidden == 256);
    CHECK(find_model("./models/llama-3.1-8b", catalog, from)->hidden == 256);
    CHECK(find_model("own/llama-3.1-8b", catalog, from)->hidden == 256);
    CHECK(find_model("other/llama-3.1-8b", catalog, from)->hidden == 4096);
    CHECK(find_model("llama-3.1-8b", catalog, from)->hidden == 4096);
    const Fault fault = fault_of([&] { find_model("empty/llama-3.1-8b", catalog, from); });
    CHECK(fault.code == ErrorCode::unreadable_file);
}

TEST_CASE("a path with a NUL in it is refused, and not read up to there") {
    const Folder folder;
    const std::string path = folder.config("mine.json") + std::string("\0tail", 5);
    CHECK(fault_for(path).message == "a name or path holds no NUL");
}

}  // namespace model_source_test
