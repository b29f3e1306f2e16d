#include "gate/schema/schema_words.hpp"

#include "catch.hpp"
#include "page.hpp"

#include <regex>

namespace schema_words_test {

using namespace roofline;
using namespace roofline::gate;

namespace {

bool matches(const Record& record, const std::string& path, const std::string& text) {
    const auto* pattern = std::get_if<std::string>(&value_at(record, path)->data);
    return std::regex_search(text, std::regex(*pattern));
}

}  // namespace

TEST_CASE("a positive number is one with an ending, neither zero nor above all of it") {
    const Record share = positive_with("%|GB");
    for (const char* good : {"1%", "0.5 GB", "1_000GB", "2.5e3GB"})
        CHECK(matches(share, "pattern", good));
    for (const char* bad : {"1", "-1%", "1TB", "%", ".5%"})
        CHECK_FALSE(matches(share, "pattern", bad));
    for (const char* zero : {"0%", "0.00 GB", "00GB", "0e5%"})
        CHECK(matches(share, "not.anyOf[0].pattern", zero));
    CHECK_FALSE(matches(share, "not.anyOf[0].pattern", "0.01%"));
    for (const char* more : {"101%", "100.5%", "200 %", "1000%", "110.0%"})
        CHECK(matches(share, "not.anyOf[1].pattern", more));
    for (const char* less : {"100%", "100.0%", "99.9%", "5%", "200GB"})
        CHECK_FALSE(matches(share, "not.anyOf[1].pattern", less));
    CHECK(value_at(positive_with("ms"), "not.anyOf[1]") == nullptr);
}

TEST_CASE("a known word is completed, and taken in any case") {
    constexpr std::array<std::string_view, 2> names{"fp8", "e4.m3"};
    const Record word = known_word(names, "([@].*)?");
    CHECK(raw_at(word, "anyOf[0].enum[1]") == "e4.m3");
    for (const char* good : {"fp8", "FP8", "E4.M3", "fp8@1"})
        CHECK(matches(word, "anyOf[1].pattern", good));
    for (const char* bad : {"fp", "fp88", "e4xm3"})
        CHECK_FALSE(matches(word, "anyOf[1].pattern", bad));
}

}  // namespace schema_words_test
