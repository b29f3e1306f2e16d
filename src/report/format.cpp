#include "format.hpp"

#include "renderers.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace roofline {

std::span<const Format> formats() {
    static constexpr std::array rows{
        Format{format_names[0], ".txt", "verdict, tables and bars for people", render_terminal},
        Format{format_names[1], ".json", "the whole answer, base units, one document", render_json,
               Subject::answer, Markup::json},
        Format{format_names[2], ".jsonl",
               "the first table or picture, one JSON object a row, base units", render_jsonl,
               Subject::answer, Markup::json},
        Format{format_names[3], ".csv", "the first table or picture, base units", render_csv},
        Format{format_names[4], ".md", "Markdown for a comment or a page", render_markdown,
               Subject::answer, Markup::markdown},
        Format{format_names[5], ".svg", "the picture, for a page in light or dark", render_svg,
               Subject::picture, Markup::xml},
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
