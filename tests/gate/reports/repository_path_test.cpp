#include "gate/reports/repository_path.hpp"

#include "catch.hpp"
#include "fault.hpp"

#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace repository_path_test {

using namespace roofline;

TEST_CASE("a path is seen from the repository, which a folder or a file called .git begins") {
    namespace fs = std::filesystem;
    const fs::path root =
        fs::temp_directory_path() / ("roofline_paths_" + std::to_string(getpid()));
    fs::create_directories(root / "a" / "b");
    std::ofstream(root / ".git") << "gitdir: elsewhere";
    const auto seen = [&](const fs::path& path, const fs::path& base = {}) {
        return repository_path((root / path).string(), base.string());
    };
    CHECK(seen("a/b/x.json") == "a/b/x.json");
    CHECK(seen("a/./b/../y.json") == "a/y.json");
    CHECK(seen("a/b/x.json", root / "a") == "b/x.json");
    CHECK(seen("y.json", root / "a") == (root / "y.json").string());
    fs::create_directory(root / "a" / ".git");
    CHECK(seen("a/b/x.json") == "b/x.json");
    fs::remove_all(root);
}

TEST_CASE("what is in no repository stays, but for its ./; stdin is nowhere") {
    CHECK(repository_path("/no/such/place/x.json", "") == "/no/such/place/x.json");
    CHECK(repository_path("<stdin>", "/") == "<stdin>");
    CHECK(repository_path("./x.json", "/no/such/place") == "x.json");
    CHECK(repository_path("../x.json", "/no/such/place") == "../x.json");
}

TEST_CASE("a base is a folder") {
    CHECK(base_folder("/", "--path-base") == "/");
    const Fault fault = fault_of([] { base_folder("/no/such/place", "--path-base"); });
    CHECK(fault.code == ErrorCode::bad_choice);
    CHECK(fault.message == "--path-base: '/no/such/place' is no folder");
}

}  // namespace repository_path_test
