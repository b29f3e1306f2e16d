#include "schema_words.hpp"

#include "text/formatted.hpp"
#include "units/unit_symbols.hpp"

#include <cctype>

namespace roofline::gate {
namespace {

Record but_not(Record schema, List patterns) {
    List refused;
    for (Value& pattern : patterns)
        refused.emplace_back(Record().add("pattern", std::move(pattern)));
    return schema.add("not", Record().add("anyOf", std::move(refused)));
}

std::string zero_with(std::string_view endings) {
    return formatted("^0[0_]*([.]0+)?([eE][+-]?[0-9]+)? ?({})$", endings);
}

// What is plainly above 100 %; of stranger spellings the reader knows.
constexpr std::string_view above_all =
    "^0*([1-9][0-9]{3,}|[2-9][0-9]{2}|1[1-9][0-9]|10[1-9]|100[.]0*[1-9])[0-9]*([.][0-9]*)? ?%$";

}  // namespace

Record typed(std::string_view type) { return Record().add("type", type); }

Record text_like(std::string_view pattern) { return typed("string").add("pattern", pattern); }

// A number as the reader takes it, 1_000 and 2.5e3 too, and one of the endings behind it.
Record number_with(std::string_view endings) {
    return text_like(formatted("^[0-9][0-9_]*([.][0-9]+)?([eE][+-]?[0-9]+)? ?({})$", endings));
}

// A name as the catalog has it, in whatever case: an editor completes it.
Record known_word(std::span<const std::string_view> names, std::string_view ending) {
    List list;
    std::string pattern;
    for (const std::string_view name : names) {
        list.emplace_back(name);
        if (!pattern.empty()) pattern += '|';
        for (const char c : name) {
            const auto byte = static_cast<unsigned char>(c);
            if (std::isalpha(byte) != 0)
                pattern += {'[', static_cast<char>(std::toupper(byte)), c, ']'};
            else
                pattern += c == '.' ? std::string("[.]") : std::string(1, c);
        }
    }
    return typed("string").add(
        "anyOf", List{Record().add("enum", std::move(list)),
                      Record().add("pattern", formatted("^({}){}$", pattern, ending))});
}

// Names of the catalog for completion; files, aliases, counts and overlays go by others.
Record catalog_name(const std::vector<std::string>& names) {
    List list;
    for (const std::string& name : names) list.emplace_back(name);
    return typed("string")
        .add("minLength", 1)
        .add("anyOf", List{Record().add("enum", std::move(list)), typed("string")});
}

// "ns|us|µs|ms|s|min|h".
std::string units_of(Dimension dimension) {
    std::vector<std::string_view> units;
    for (const auto& symbol : units::symbols)
        if (symbol.dimension == dimension) units.push_back(symbol.text);
    return joined(units, "|");
}

Record one_of(std::span<const std::string_view> names) {
    List list;
    for (const std::string_view name : names) list.emplace_back(name);
    return Record().add("enum", std::move(list));
}

Record positive() { return typed("number").add("exclusiveMinimum", 0); }

Record positive_with(std::string_view endings) {
    const bool shares = endings.find('%') != std::string_view::npos;
    List refused{zero_with(endings)};
    if (shares) refused.emplace_back(above_all);
    return but_not(number_with(endings), std::move(refused));
}

Record share_text() { return but_not(number_with("%"), List{above_all}); }

}  // namespace roofline::gate
