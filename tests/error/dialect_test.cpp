#include "error/dialect.hpp"

#include "roofline/workload/fields.hpp"

#include "catch.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace dialect_test {

using namespace roofline;

TEST_CASE("a field is said as its reader writes it") {
    const std::string text = "`tp 3` does not divide `kv-dtype`; write `price '$2/h'`";
    CHECK(in_dialect(text, Dialect::flags) ==
          "--tp 3 does not divide --kv-dtype; write --price '$2/h'");
    CHECK(in_dialect(text, Dialect::keys) ==
          R"('tp' 3 does not divide 'kv_dtype'; write "price": "$2/h")");
    CHECK(in_dialect(text, Dialect::scenario) ==
          "tp=3 does not divide kv-dtype; write price='$2/h'");
    CHECK(in_dialect("try `hw h100x8`", Dialect::scenario) == "try @h100x8");
}

TEST_CASE("what is no field is a flag whoever reads, and other backquotes stay") {
    for (const Dialect dialect : {Dialect::flags, Dialect::keys, Dialect::scenario}) {
        CHECK(in_dialect("add `catalog FILE`", dialect) == "add --catalog FILE");
        CHECK(in_dialect("'`' and '`$(x)`'", dialect) == "'`' and '`$(x)`'");
    }
}

TEST_CASE("the command that may come next is one of flags, and ends the hint where all is a line") {
    const Fault fault = in_dialect(
        {.message = "`tp 3`", .hint = "see", .next = "analyze m `hw h100`"}, Dialect::keys);
    CHECK(fault.message == "'tp' 3");
    CHECK(fault.hint == "see");
    CHECK(fault.next == "analyze m --hw h100");
    CHECK(hint_text(fault) == "see roofline analyze m --hw h100");
    CHECK(hint_text({.message = "m", .next = "hw list"}) == "roofline hw list");
    CHECK(hint_text({.message = "m", .hint = "so"}) == "so");
}

TEST_CASE("every word in backquotes is a field, or a flag that is known to be none") {
    namespace fs = std::filesystem;
    std::size_t words = 0;
    for (const auto& entry : fs::recursive_directory_iterator(ROOFLINE_SOURCE_DIR "/src")) {
        const fs::path& path = entry.path();
        const bool writes =
            path.filename() == "dialect.cpp" || path.filename() == "markdown_text.cpp";
        if (path.extension() != ".cpp" || writes) continue;
        std::ifstream file(path);
        std::string text;
        for (std::string line; std::getline(file, line);)
            text += line.substr(0, line.find("//")) + '\n';
        bool inside = false;
        for (std::size_t i = text.find('`'); i != std::string::npos; i = text.find('`', i + 1)) {
            inside = !inside;
            const std::string word = text.substr(
                i + 1, text.find_first_not_of("abcdefghijklmnopqrstuvwxyz-", i + 1) - i - 1);
            if (!inside || text[i + 1] == '{') continue;
            ++words;
            INFO(path << ": " << word);
            CHECK((find_field(word) != nullptr ||
                   std::ranges::find(flag_words, word) != flag_words.end()));
        }
        CHECK_FALSE(inside);
    }
    CHECK(words > 80);
}

}  // namespace dialect_test
