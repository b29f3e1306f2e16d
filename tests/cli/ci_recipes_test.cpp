// docs/ci.md keeps its promises: the shell of every recipe is run, within the budget and over it.
#include "catch.hpp"
#include "process.hpp"

#include <filesystem>
#include <sstream>
#include <vector>

namespace ci_recipes_test {

namespace {

namespace fs = std::filesystem;

struct Recipe {
    std::string shell = "set -e\n";
    std::vector<std::string> artifacts;  ///< files that it says it leaves
};

std::string trimmed(const std::string& line) {
    const auto first = line.find_first_not_of(' ');
    return first == std::string::npos ? "" : line.substr(first);
}

std::string after(const std::string& line, const std::string& key) {
    const auto at = line.find(key);
    return at == std::string::npos ? "" : line.substr(at + key.size());
}

// Commands follow "run: " or stand as items under "script:"; artifacts follow keys of their own.
void read_line(const std::string& line, bool& script, Recipe& recipe) {
    const std::string text = trimmed(line);
    const bool item = text.starts_with("- ");
    if (script && item) recipe.shell += text.substr(2) + "\n";
    if (script && !item) script = false;
    if (text == "script:") script = true;
    if (const std::string command = after(line, "run: "); !command.empty())
        recipe.shell += command + "\n";
    for (const char* key : {"junit: ", "codequality: ", "sarif_file: ", "path: "})
        if (const std::string file = after(line, key); !file.empty())
            recipe.artifacts.push_back(file);
}

std::vector<Recipe> recipes(const std::string& page) {
    std::vector<Recipe> result;
    std::istringstream lines(page);
    bool inside = false;
    bool script = false;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("```")) {
            inside = line == "```yaml";
            script = false;
            if (inside) result.emplace_back();
        } else if (inside) {
            read_line(line, script, result.back());
        }
    }
    return result;
}

constexpr const char* runner =
    "export SOURCE_DATE_EPOCH=1795305600 CI=true GITHUB_ACTIONS=true "
    "GITHUB_STEP_SUMMARY=summary.md\n";

}  // namespace

TEST_CASE("the recipes for CI pass within the budget, fail over it, and leave their reports") {
    const auto all = recipes(read_file(ROOFLINE_SOURCE_DIR "/docs/ci.md"));
    REQUIRE(all.size() >= 3);
    const std::string within =
        read_file(ROOFLINE_SOURCE_DIR "/data/examples/chat-70b-b200.budget.json");
    std::string over = within;
    REQUIRE(over.find("\"25ms\"") != std::string::npos);
    over.replace(over.find("\"25ms\""), 6, "\"1ms\"");
    const fs::path scratch = fs::temp_directory_path() / "roofline_ci_recipes";
    for (const Recipe& recipe : all) {
        INFO(recipe.shell);
        const bool judges = recipe.shell.find("--write-baseline") == std::string::npos;
        for (const bool broken : {false, true}) {
            fs::remove_all(scratch);
            fs::create_directories(scratch);
            write_file((scratch / "roofline.budget.json").string(), broken ? over : within);
            const Run now = run(runner + recipe.shell, scratch.string());
            INFO(now.out << now.err);
            CHECK(now.status == (broken && judges ? 1 : 0));
            for (const std::string& file : recipe.artifacts) {
                INFO(file);
                CHECK(!read_file((scratch / file).string()).empty());
            }
        }
    }
    fs::remove_all(scratch);
}

}  // namespace ci_recipes_test
