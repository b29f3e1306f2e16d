#include "format.hpp"

#include "renderers.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace roofline {

std::span<const Format> formats() {
    static constexpr std::array rows{
        Format{"table", ".txt", "verdict, tables and bars for people", render_terminal},
        Format{"json", ".json", "the whole answer, base units, one document", render_json},
        Format{"jsonl", ".jsonl", "the first table or picture, one JSON object a row, base units",
               render_jsonl},
        Format{"csv", ".csv", "the first table or picture, base units", render_csv},
        Format{"md", ".md", "Markdown for a comment or a page", render_markdown},
        Format{"svg", ".svg", "the picture, for a page in light or dark", render_svg,
               Subject::picture},
    };
    return rows;
}

const Format* find_format(std::string_view name) {
    const auto found = std::ranges::find(formats(), name, &Format::name);
    return found == formats().end() ? nullptr : &*found;
}

const Format* format_for_extension(std::string_view path) {
    std::string lower(path);
    std::ranges::transform(lower, lower.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto found = std::ranges::find_if(
        formats(), [&](const Format& format) { return lower.ends_with(format.extension); });
    return found == formats().end() ? nullptr : &*found;
}

}  // namespace roofline
