// What several commands have in common: the pages of `roofline help TOPIC`.
#pragma once

#include "help_page.hpp"

#include <span>
#include <string_view>

namespace roofline::cli {

struct HelpTopic {
    std::string_view name;  ///< "exit-status"
    std::string_view summary;
    /// Lines: "term\ttext" is a row, "$ …" a command, "# …" a heading, else a paragraph.
    std::string_view text;
    void (*rows)(HelpPage&) = nullptr;  ///< of a table, after the text
};

std::span<const HelpTopic> help_topics();

/// nullptr where there is none of that name.
const HelpTopic* find_topic(std::string_view name);

void write_topic(const HelpTopic& topic, HelpPage& page);

}  // namespace roofline::cli
