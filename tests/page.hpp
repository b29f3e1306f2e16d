// A report as its readers see it.
#pragma once

#include "report/format.hpp"

#include <string>
#include <string_view>

/// In one of the formats; `width` is that of a page for people.
inline std::string text_of(const roofline::Report& report, std::string_view format = "table",
                           int width = 100) {
    std::string text;
    roofline::find_format(format)->render(report,
                                          {.width = width, .charset = roofline::Charset::unicode},
                                          [&](std::string_view part) { text += part; });
    return text;
}

/// One block of a report as a page for people shows it, without a verdict.
inline std::string text_of_block(roofline::Block block, int width = 100) {
    roofline::Report report;
    report.blocks.push_back(std::move(block));
    return text_of(report, "table", width);
}

/// What a value holds under a path of keys, in full: "0.0125", "null"; "" where there is none.
inline std::string raw_at(const roofline::Record& record, std::string_view path) {
    const roofline::Value* value = value_at(record, std::string(path));
    return value == nullptr ? std::string() : raw_text(*value);
}
