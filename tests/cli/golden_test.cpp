// Whole runs: one folder per case with `command`, and what it printed and returned.
// ROOFLINE_GOLDEN=rewrite writes them anew; read the diff before you commit it.
#include "catch.hpp"
#include "process.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path golden = fs::path(ROOFLINE_SOURCE_DIR) / "tests" / "golden";

std::vector<fs::path> cases() {
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(golden))
        if (fs::exists(entry.path() / "command")) folders.push_back(entry.path());
    std::ranges::sort(folders);
    return folders;
}

bool rewriting() {
    const char* wish = std::getenv("ROOFLINE_GOLDEN");
    return wish != nullptr && std::string(wish) == "rewrite";
}

}  // namespace

TEST_CASE("every golden case prints and returns what its folder says") {
    const auto folders = cases();
    REQUIRE(folders.size() > 50);
    for (const fs::path& folder : folders) {
        const auto path = [&](const char* name) { return (folder / name).string(); };
        const Run now = run(read_file(path("command")), folder.string());
        const std::string status = std::to_string(now.status) + "\n";
        if (rewriting()) {
            write_file(path("stdout"), now.out);
            write_file(path("stderr"), now.err);
            write_file(path("status"), status);
            continue;
        }
        INFO(folder.filename().string() << ": " << read_file(path("command")));
        CHECK(now.out == read_file(path("stdout")));
        CHECK(now.err == read_file(path("stderr")));
        CHECK(status == read_file(path("status")));
    }
}
