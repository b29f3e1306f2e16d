// Whole runs: a file per case, as tests/README.md has it, with the command, the files that it
// reads, and what it says. ROOFLINE_GOLDEN=rewrite writes what it says now; read the diff before
// you commit it.
#include "catch.hpp"
#include "process.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <unistd.h>
#include <vector>

namespace golden_test {

namespace {

namespace fs = std::filesystem;

const fs::path golden = fs::path(ROOFLINE_SOURCE_DIR) / "tests" / "golden";
const std::string no_newline = "\\ no newline\n";

struct GoldenCase {
    std::vector<std::pair<std::string, std::string>> files;
    std::string command;
    Run says;
};

std::string without_mark(std::string text) {
    if (text.ends_with(no_newline)) text.erase(text.size() - no_newline.size() - 1);
    return text;
}

std::string with_mark(const std::string& text) {
    return text.empty() || text.ends_with('\n') ? text : text + "\n" + no_newline;
}

GoldenCase parsed(const std::string& text) {
    GoldenCase result;
    std::string* at = nullptr;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const bool asks = result.command.empty() || at == &result.command;
        if (asks && line.starts_with("$ ")) {
            at = &result.command;
            *at += line.substr(2) + "\n";
        } else if (result.command.empty() && line.starts_with("--- file ")) {
            result.files.emplace_back(line.substr(9), "");
            at = &result.files.back().second;
        } else if (line == "--- stderr") {
            at = &result.says.err;
        } else if (line.starts_with("--- status ")) {
            result.says.status = std::stoi(line.substr(11));
        } else {
            if (at == &result.command) at = &result.says.out;
            if (at != nullptr) *at += line + "\n";
        }
    }
    for (auto& [name, content] : result.files) content = without_mark(std::move(content));
    result.says.out = without_mark(std::move(result.says.out));
    result.says.err = without_mark(std::move(result.says.err));
    return result;
}

std::string written(const GoldenCase& one) {
    std::string text;
    for (const auto& [name, content] : one.files)
        text += "--- file " + name + "\n" + with_mark(content);
    std::istringstream lines(one.command);
    for (std::string line; std::getline(lines, line);) text += "$ " + line + "\n";
    text += with_mark(one.says.out);
    if (!one.says.err.empty()) text += "--- stderr\n" + with_mark(one.says.err);
    if (one.says.status != 0) text += "--- status " + std::to_string(one.says.status) + "\n";
    return text;
}

bool rewriting() {
    const char* wish = std::getenv("ROOFLINE_GOLDEN");
    return wish != nullptr && std::string(wish) == "rewrite";
}

std::vector<fs::path> cases_of(const std::string& command) {
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(golden / command))
        paths.push_back(entry.path());
    std::ranges::sort(paths);
    return paths;
}

Run run_alone(const GoldenCase& one) {
    const fs::path folder =
        fs::temp_directory_path() / ("roofline_golden_" + std::to_string(getpid()));
    fs::create_directories(folder);
    for (const auto& [name, content] : one.files) {
        fs::create_directories((folder / name).parent_path());
        write_file((folder / name).string(), content);
    }
    const Run now = run(one.command, folder.string());
    fs::remove_all(folder);
    return now;
}

// `roofline_tests "golden: cost" -c rate-overload` runs one.
void check_cases(const std::string& command) {
    const std::vector<fs::path> cases = cases_of(command);
    REQUIRE_FALSE(cases.empty());
    for (const fs::path& path : cases) DYNAMIC_SECTION(path.filename().string()) {
            const std::string text = read_file(path.string());
            GoldenCase one = parsed(text);
            CHECK(written(one) == text);
            const Run now = run_alone(one);
            INFO(command << "/" << path.filename().string() << ": " << one.command);
            if (rewriting()) {
                one.says = now;
                write_file(path.string(), written(one));
            } else {
                CHECK(now.out == one.says.out);
                CHECK(now.err == one.says.err);
                CHECK(now.status == one.says.status);
            }
        }
}

}  // namespace

TEST_CASE("golden: analyze", "[golden]") { check_cases("analyze"); }
TEST_CASE("golden: calibrate", "[golden]") { check_cases("calibrate"); }
TEST_CASE("golden: check", "[golden]") { check_cases("check"); }
TEST_CASE("golden: compare", "[golden]") { check_cases("compare"); }
TEST_CASE("golden: cost", "[golden]") { check_cases("cost"); }
TEST_CASE("golden: estimate", "[golden]") { check_cases("estimate"); }
TEST_CASE("golden: hw", "[golden]") { check_cases("hw"); }
TEST_CASE("golden: kernel", "[golden]") { check_cases("kernel"); }
TEST_CASE("golden: line", "[golden]") { check_cases("line"); }
TEST_CASE("golden: models", "[golden]") { check_cases("models"); }
TEST_CASE("golden: plan", "[golden]") { check_cases("plan"); }
TEST_CASE("golden: plot", "[golden]") { check_cases("plot"); }
TEST_CASE("golden: prices", "[golden]") { check_cases("prices"); }
TEST_CASE("golden: ridge", "[golden]") { check_cases("ridge"); }
TEST_CASE("golden: sweep", "[golden]") { check_cases("sweep"); }
TEST_CASE("golden: validate", "[golden]") { check_cases("validate"); }

}  // namespace golden_test
