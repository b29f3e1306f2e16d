#include "workflow.hpp"

#include <algorithm>
#include <array>

namespace roofline {
namespace {

struct Spelling {
    std::string_view colon;
    std::string_view hash;
};

constexpr std::array<Spelling, 4> spellings{
    {{"\\x3a", "\\x23"}, {"\\:", "\\#"}, {"&#58;", "&#35;"}, {"\\u003a", "\\u0023"}}};

// The runner skips every white space of Unicode; what else is not ASCII may be one.
bool is_skipped(char c) { return static_cast<unsigned char>(c) >= 0x80 || c <= ' '; }

}  // namespace

std::string without_commands(std::string_view line, Markup markup) {
    const Spelling& spelling = spellings[static_cast<std::size_t>(markup)];
    std::string result(line);
    const auto begin = std::ranges::find_if_not(result, is_skipped) - result.begin();
    const auto start = static_cast<std::size_t>(begin);
    if (std::string_view(result).substr(start).starts_with("::"))
        result.replace(start, 1, spelling.colon);
    for (std::size_t at = 0; (at = result.find("##[", at)) != std::string::npos;)
        result.replace(at + 1, 1, spelling.hash);
    return result;
}

}  // namespace roofline
