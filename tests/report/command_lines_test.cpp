#include "report/command_lines.hpp"

#include "catch.hpp"
#include "cli/process.hpp"
#include "report/humanize.hpp"

#include <random>
#include <sstream>

namespace command_lines_test {

using namespace roofline;

namespace {

using Lines = std::vector<std::string>;

std::string pasted(const Lines& lines) {
    std::string text;
    for (const std::string& line : lines) text += line + "\n";
    return text;
}

// What sh makes of commands: the words of each on a line of its own, in brackets.
Lines read_by_sh(const Lines& commands) {
    std::string script = "roofline() { for word; do printf '[%s]' \"$word\"; done; echo; }\n";
    for (const std::string& command : commands) script += command + "\n";
    std::istringstream out(run(script, "/").out);
    Lines words;
    for (std::string line; std::getline(out, line);) words.push_back(line);
    return words;
}

// A command with flags of all kinds: alone, with a word, and with words in quotes.
class Typing {
  public:
    std::string command() {
        std::string text = "roofline plan " + word();
        for (int flags = upto(12); flags > 0; --flags) {
            text += " --" + word();
            if (upto(4) > 0) text += upto(2) > 0 ? " " + word() : " " + quoted();
        }
        return text;
    }
    int upto(int most) { return std::uniform_int_distribution(0, most)(random_); }

  private:
    std::string word() {
        constexpr std::string_view letters = "abcxyz0189-._=%@/,";
        std::string text(1, "ghkl"[upto(3)]);
        for (int more = upto(7); more > 0; --more) {
            const int at = upto(static_cast<int>(letters.size()) - 1);
            text += letters[static_cast<std::size_t>(at)];
        }
        return text;
    }
    std::string quoted() {
        std::string text = "'" + word();
        for (int more = upto(20); more > 0; --more) text += (upto(3) > 0 ? " " : " $\\ ") + word();
        return text + "'";
    }

    std::mt19937 random_{20261128};  // NOLINT: the same commands in every run
};

}  // namespace

TEST_CASE("a command that fits stands on one line") {
    CHECK(command_lines("roofline ridge --hw h100-sxm", 60, 2) ==
          Lines{"  roofline ridge --hw h100-sxm"});
}

TEST_CASE("a longer one is broken between flags, and its lines can be pasted") {
    CHECK(command_lines("roofline sweep m --hw a,b --batch 1..256 --context 4k", 30, 2) ==
          Lines{"  roofline sweep m --hw a,b \\", "    --batch 1..256 \\", "    --context 4k"});
}

TEST_CASE("quotes are not broken, nor words that are longer than the page") {
    CHECK(command_lines("roofline compare 'm@h100 batch=4' \"it's one\"", 24, 0) ==
          Lines{"roofline compare \\", "  'm@h100 batch=4' \\", "  \"it's one\""});
    CHECK(command_lines("a 'much longer than the page'", 10, 0) ==
          Lines{"a \\", "  'much longer than the page'"});
}

TEST_CASE("a quoted scenario that is too long is written in parts that sh joins") {
    CHECK(command_lines("a 'bb cc dd ee ff'", 14, 0) ==
          Lines{"a \\", "  'bb cc '\\", "'dd ee ff'"});
}

TEST_CASE("any command, pasted as it is printed, is the same words, and no line is wider") {
    Typing typing;
    Lines commands;
    for (int i = 0; i < 300; ++i) {
        const std::string command = typing.command();
        const int width = 40 + typing.upto(80);
        const Lines lines = command_lines(command, width, 2);
        INFO(pasted(lines));
        for (const std::string& line : lines) REQUIRE(shown_width(line) <= width);
        for (std::size_t at = 0; at + 1 < lines.size(); ++at) REQUIRE(lines[at].ends_with("\\"));
        REQUIRE_FALSE(lines.back().ends_with("\\"));
        commands.push_back(command);
        commands.push_back(pasted(lines));
    }
    const Lines words = read_by_sh(commands);
    REQUIRE(words.size() == commands.size());
    for (std::size_t i = 0; i < words.size(); i += 2) {
        INFO(commands[i + 1]);
        REQUIRE(words[i] == words[i + 1]);
    }
}

}  // namespace command_lines_test
