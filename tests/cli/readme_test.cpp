// The README keeps its promises: every console block in it is run, and prints what it says.
#include "catch.hpp"
#include "process.hpp"

#include <sstream>
#include <vector>

namespace readme_test {

namespace {

struct Example {
    std::string command;
    std::string output;
};

// Lines after "$ " in ```console blocks are commands, the lines up to the next one their output.
std::vector<Example> examples(const std::string& text) {
    std::vector<Example> result;
    std::istringstream lines(text);
    bool inside = false;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("```"))
            inside = line == "```console";
        else if (!inside)
            continue;
        else if (line.starts_with("$ "))
            result.push_back({line.substr(2), ""});
        else if (!result.empty())
            result.back().output += line + "\n";
    }
    return result;
}

}  // namespace

TEST_CASE("every example of the README and of docs prints what it says") {
    std::size_t found = 0;
    for (const std::string page : {"README.md", "docs/tour.md", "docs/catalog.md"}) {
        for (const Example& example : examples(read_file(ROOFLINE_SOURCE_DIR "/" + page))) {
            INFO(page << ": " << example.command);
            const Run now = run(example.command, ROOFLINE_SOURCE_DIR);
            CHECK(now.out + now.err == example.output);
            ++found;
        }
    }
    CHECK(found >= 5);
}

}  // namespace readme_test
