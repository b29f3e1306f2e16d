// Help pages: wrapped at the width, short where -h asks, whole where --help does, and topics.
#include "catch.hpp"
#include "process.hpp"
#include "report/humanize.hpp"

#include <algorithm>
#include <sstream>
#include <vector>

namespace help_test {

namespace {

const std::vector<std::string> asked{"",
                                     "analyze",
                                     "estimate",
                                     "cost",
                                     "prices list",
                                     "compare",
                                     "sweep",
                                     "plan",
                                     "plot",
                                     "check",
                                     "validate",
                                     "calibrate",
                                     "ridge",
                                     "kernel gemm",
                                     "kernel attention",
                                     "kernel moe",
                                     "kernel work",
                                     "kernel allreduce",
                                     "hw list",
                                     "hw show",
                                     "hw validate",
                                     "models list",
                                     "models show",
                                     "hw",
                                     "kernel"};

const std::vector<std::string> topics{"exit-status", "units",   "formats",
                                      "environment", "budgets", "scenarios"};

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

// Without what continues a command.
std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words;
    std::istringstream stream(text);
    for (std::string word; stream >> word;)
        if (word != "\\") words.push_back(word);
    return words;
}

std::string said(const std::string& arguments, int width) {
    const Run now = run("roofline " + arguments + " --width " + std::to_string(width), "/");
    CHECK(now.status == 0);
    CHECK(now.err.empty());
    return now.out;
}

void check_width(const std::string& text, int width) {
    for (const std::string& line : lines_of(text)) {
        INFO(line);
        CHECK(roofline::shown_width(line) <= width);
        CHECK_FALSE(line.ends_with(' '));
    }
}

}  // namespace

TEST_CASE("help has no line above the width, and breaks between words alone") {
    std::vector<std::string> pages;
    for (const std::string& command : asked) pages.push_back(command + " --help");
    for (const std::string& topic : topics) pages.push_back("help " + topic);
    for (const std::string& page : pages) {
        const auto whole = words_of(said(page, 5000));
        for (const int width : {60, 72, 80, 100}) {
            INFO(page << " at " << width);
            const std::string text = said(page, width);
            check_width(text, width);
            CHECK(words_of(text) == whole);
        }
    }
}

TEST_CASE("-h is one screen of words that --help has too, or that say where the rest is") {
    for (const std::string& command : asked) {
        const auto whole = words_of(said(command + " --help", 5000));
        for (const int width : {60, 72, 80, 100}) {
            INFO(command << " at " << width);
            const std::string text = said(command + " -h", width);
            const auto lines = lines_of(text);
            check_width(text, width);
            CHECK(lines.size() <= 24);
            CHECK(lines.size() > 4);
            for (const std::string& line : lines) {
                if (!line.starts_with("      --")) continue;
                const std::string flag = words_of(line).front();
                CHECK(std::ranges::find(whole, flag) != whole.end());
            }
        }
    }
    CHECK(run("roofline", "/").out == run("roofline -h", "/").out);
    CHECK(run("roofline estimate -h", "/").out.find("--concurrency N") != std::string::npos);
    CHECK(run("roofline sweep -h", "/").out.find("--where") != std::string::npos);
}

TEST_CASE("commands in help can be pasted where they are continued") {
    for (const std::string& command : asked) {
        std::string script;
        for (const std::string& line : lines_of(said(command + " --help", 60)))
            if (line.starts_with("  roofline ") || line.starts_with("    "))
                script += line.starts_with("  roofline ") || script.ends_with("\\\n")
                              ? line + "\n"
                              : std::string();
        const auto usage = script.find("[flags]");
        if (usage != std::string::npos) script.erase(script.rfind('\n', usage) + 1);
        INFO(command << ":\n" << script);
        write_file("/tmp/roofline_help_test.sh", script);
        CHECK(run("sh -n /tmp/roofline_help_test.sh", "/").status == 0);
        CHECK_FALSE(script.ends_with("\\\n"));
    }
}

TEST_CASE("help takes a topic, a command or a group, and says what there is for any other word") {
    CHECK(run("roofline help exit-status", "/").out.starts_with("exit-status: "));
    CHECK(run("roofline help ridge", "/").out == run("roofline ridge --help", "/").out);
    CHECK(run("roofline help kernel gemm", "/").out == run("roofline kernel gemm --help", "/").out);
    CHECK(run("roofline help hw", "/").out == run("roofline hw --help", "/").out);
    CHECK(run("roofline help", "/").out == run("roofline --help", "/").out);
    for (const std::string& topic : topics)
        CHECK(run("roofline --help", "/").out.find("help " + topic) != std::string::npos);
    const Run near = run("roofline help unit", "/");
    CHECK(near.status == 2);
    CHECK(near.err == "error[E100]: there is no help on 'unit'\n  hint: did you mean units?\n");
    CHECK(run("roofline help zzz", "/").err.find("there is on analyze, ") != std::string::npos);
}

TEST_CASE("the topic on the environment names every variable that is read") {
    const std::string page = run("roofline help environment", "/").out;
    const Run read = run("grep -rhoE '(getenv|variable)\\(\"[A-Z_]+\"' '" ROOFLINE_SOURCE_DIR
                         "/src' | grep -oE '[A-Z_]{3,}' | sort -u",
                         "/");
    CHECK(words_of(read.out).size() > 4);
    for (const std::string& name : words_of(read.out)) CHECK(page.find(name) != std::string::npos);
}

TEST_CASE("help is pure ASCII where the terminal is") {
    for (const std::string& topic : topics)
        for (const char c : run("LC_ALL=C roofline help " + topic, "/").out)
            CHECK(static_cast<unsigned char>(c) < 0x80);
}

}  // namespace help_test
