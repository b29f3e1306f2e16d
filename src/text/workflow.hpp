// GitHub's runner reads the output of a step and obeys lines such as "::stop-commands::token", and
// "##[add-mask]name" wherever it stands in a line:
// https://docs.github.com/actions/reference/workflow-commands-for-github-actions
#pragma once

#include <string>
#include <string_view>

namespace roofline {

/// How a text spells a character that must not stand as itself.
enum class Markup { text, markdown, xml, json };

/// `line` in which nothing is a command, spelt as its markup reads it.
std::string without_commands(std::string_view line, Markup markup);

}  // namespace roofline
