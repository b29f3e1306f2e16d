#include "help.hpp"

#include "roofline/version.hpp"

#include "command.hpp"
#include "error/dialect.hpp"
#include "error/suggest.hpp"
#include "global_flags.hpp"
#include "text/formatted.hpp"

#include <algorithm>

namespace roofline::cli {
namespace {

// With the choices where they stand for themselves, and fields as flags.
std::string help_of(const Flag& flag) {
    std::string help(flag.help);
    const std::vector<std::string> choices(flag.choices.begin(), flag.choices.end());
    if (const auto place = help.find("{}"); place != std::string::npos)
        help.replace(place, 2, join_words(choices, "or"));
    return in_dialect(help, Dialect::flags);
}

std::string flag_line(const Flag& flag) {
    const std::string letter = flag.letter == '\0' ? "   " : formatted("-{},", flag.letter);
    const std::string name =
        formatted("--{}{}{}", flag.name, flag.value.empty() ? "" : " ", flag.value);
    return formatted("  {} {:<24} {}\n", letter, name, help_of(flag));
}

std::string flags_section(std::string_view title, std::span<const Flag> flags) {
    if (flags.empty()) return {};
    std::string text = formatted("\n{}\n", title);
    for (const Flag& flag : flags) text += flag_line(flag);
    return text;
}

std::string examples_section(std::string_view examples) {
    std::string text = "\nExamples\n";
    std::size_t start = 0;
    while (start < examples.size()) {
        const std::size_t stop = std::min(examples.find('\n', start), examples.size());
        text += formatted("  $ {}\n", examples.substr(start, stop - start));
        start = stop + 1;
    }
    return text;
}

std::string command_help(const Command& command) {
    std::string usage = formatted("roofline {}", command.path);
    std::string words;
    for (const Positional& positional : command.positionals) {
        const bool optional = positional.least == 0;
        usage += formatted(" {}{}{}{}", optional ? "[" : "", positional.name,
                           positional.most > 9 ? "..." : "", optional ? "]" : "");
        words += formatted("      {:<24} {}\n", positional.name, positional.help);
    }
    std::string text = formatted("{}: {}\n", command.path, command.summary);
    text += examples_section(command.examples);
    text += formatted("\nUsage\n  {} [flags]\n{}", usage, words);
    const std::vector<Flag> all = flags_of(command);
    const std::size_t own = all.size() - global_flags().size();
    text += flags_section("Flags", std::span(all).first(own));
    return text + flags_section("Everywhere", global_flags());
}

std::string command_list(std::string_view group) {
    std::string text;
    for (const Command* command : commands()) {
        const bool inside = group.empty() || command->path.starts_with(std::string(group) + " ");
        if (inside) text += formatted("  {:<18} {}\n", command->path, command->summary);
    }
    return text;
}

}  // namespace

std::string help_text(const Invocation& invocation) {
    if (invocation.command != nullptr) return command_help(*invocation.command);
    if (!invocation.group.empty())
        return formatted("roofline {}\n\nCommands\n{}\nroofline {} COMMAND --help says more.\n",
                         invocation.group, command_list(invocation.group), invocation.group);
    return formatted(
        "roofline {}: where the bottleneck of an inference deployment is, and what its tokens "
        "cost\n"
        "{}\nCommands\n{}\nExit status\n"
        "  0 answered   1 the answer is no   2 usage   3 input   4 does not fit   70 bug   74 "
        "output\n"
        "\nroofline COMMAND --help says more.\n",
        version,
        examples_section("roofline analyze llama-3.1-8b --hw h100 --batch 32 --context 4k\n"
                         "roofline cost llama-3.1-8b --hw h100 --batch 64 --price lambda\n"
                         "roofline ridge --hw h100"),
        command_list(""));
}

}  // namespace roofline::cli
