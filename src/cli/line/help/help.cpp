#include "help.hpp"

#include "roofline/version.hpp"

#include "cli/line/command.hpp"
#include "cli/line/global_flags.hpp"
#include "error/dialect.hpp"
#include "error/suggest.hpp"
#include "help_page.hpp"
#include "help_topics.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <array>

namespace roofline::cli {
namespace {

constexpr std::size_t flag_column = 31;
constexpr std::size_t command_column = 21;

constexpr std::string_view first_examples =
    "roofline analyze llama-3.1-8b --hw h100-sxm --batch 32 --context 4k\n"
    "roofline cost llama-3.1-8b --hw h100-sxm --batch 64 --price lambda\n"
    "roofline ridge --hw h100-sxm";

// Of the flags of a command, those that most questions need, first ones first.
constexpr std::array<std::string_view, 40> most_used{
    "hw",          "slo",       "init",      "where",    "metric",       "report",  "by",
    "concurrency", "batch",     "context",   "isl",      "osl",          "price",   "quant",
    "tp",          "sort",      "pareto",    "rate",     "users",        "think",   "compare-api",
    "baseline",    "fail-over", "objective", "max-gpus", "points",       "x",       "y",
    "dtype",       "level",     "kv-len",    "heads",    "intermediate", "experts", "flops",
    "bytes",       "layers",    "engine",    "format",   "output"};

// With the choices where they stand for themselves, and fields as flags.
std::string help_of(const Flag& flag) {
    std::string help(flag.help);
    const std::vector<std::string> choices(flag.choices.begin(), flag.choices.end());
    if (const auto place = help.find("{}"); place != std::string::npos)
        help.replace(place, 2, join_words(choices, "or"));
    return in_dialect(help, Dialect::flags);
}

void flag_row(HelpPage& page, const Flag& flag) {
    const std::string letter = flag.letter == '\0' ? "   " : formatted("-{},", flag.letter);
    page.row(
        formatted("  {} --{}{}{}", letter, flag.name, flag.value.empty() ? "" : " ", flag.value),
        help_of(flag), flag_column);
}

void flags_section(HelpPage& page, std::string_view title, std::span<const Flag> flags) {
    if (flags.empty()) return;
    page.heading(title);
    for (const Flag& flag : flags) flag_row(page, flag);
}

void examples_section(HelpPage& page, std::string_view examples) {
    page.heading("Examples");
    std::size_t start = 0;
    while (start < examples.size()) {
        const std::size_t stop = std::min(examples.find('\n', start), examples.size());
        page.command(examples.substr(start, stop - start));
        start = stop + 1;
    }
}

std::string usage_of(const Command& command) {
    std::string usage = formatted("roofline {}", command.path);
    for (const Positional& positional : command.positionals) {
        const bool optional = positional.least == 0;
        usage += formatted(" {}{}{}{}", optional ? "[" : "", positional.name,
                           positional.most > 9 ? "..." : "", optional ? "]" : "");
    }
    return usage + " [flags]";
}

void command_help(HelpPage& page, const Command& command) {
    page.paragraph(formatted("{}: {}", command.path, command.summary), 2);
    examples_section(page, command.examples);
    page.heading("Usage");
    page.paragraph("  " + usage_of(command), 4);
    for (const Positional& positional : command.positionals)
        page.row(formatted("      {}", positional.name), positional.help, flag_column);
    const std::vector<Flag> all = flags_of(command);
    const std::size_t own = all.size() - global_flags().size();
    flags_section(page, "Flags", std::span(all).first(own));
    flags_section(page, "Everywhere", global_flags());
}

// Adds `part` where it leaves room for `more` lines after it.
bool add_if_room(HelpPage& page, const HelpPage& part, std::size_t more) {
    if (page.size() + part.size() + more > brief_lines) return false;
    page.append(part);
    return true;
}

void brief_command_help(HelpPage& page, const Command& command) {
    page.paragraph(formatted("{}: {}", command.path, command.summary), 2);
    page.heading("Usage");
    page.paragraph("  " + usage_of(command), 4);
    examples_section(page, command.examples);
    HelpPage rest = page.sheet();
    rest.blank();
    rest.paragraph(
        formatted("roofline {} --help has the rest; roofline help lists topics.", command.path));
    page.heading("Most used flags");
    const std::vector<Flag> all = flags_of(command);
    for (const std::string_view name : most_used) {
        const auto flag = std::ranges::find(all, name, &Flag::name);
        HelpPage row = page.sheet();
        if (flag != all.end()) flag_row(row, *flag);
        if (!add_if_room(page, row, rest.size())) break;
    }
    page.append(rest);
}

void command_rows(HelpPage& page, std::string_view group) {
    for (const Command* command : commands())
        if (group.empty() || command->path.starts_with(std::string(group) + " "))
            page.row(formatted("  {}", command->path), command->summary, command_column);
}

void group_help(HelpPage& page, const std::string& group) {
    page.paragraph(formatted("roofline {}", group));
    page.heading("Commands");
    command_rows(page, group);
    page.blank();
    page.paragraph(formatted("roofline {} COMMAND --help says more.", group));
}

void title(HelpPage& page) {
    page.paragraph(formatted("roofline {}: where the bottleneck of an inference deployment is, "
                             "and what its tokens cost",
                             version),
                   2);
}

void whole_help(HelpPage& page) {
    title(page);
    examples_section(page, first_examples);
    page.heading("Commands");
    command_rows(page, "");
    page.heading("Topics");
    for (const HelpTopic& topic : help_topics())
        page.row(formatted("  help {}", topic.name), topic.summary, command_column);
    page.blank();
    page.paragraph("roofline COMMAND -h says the most of a command, --help all of it.");
}

// The first clause of a summary that says something.
std::string_view clause_of(std::string_view summary) {
    constexpr std::size_t shortest = 12;
    return summary.substr(0, summary.find_first_of(",:", shortest));
}

// As many commands as there is room for, and the names of the others.
void brief_help(HelpPage& page) {
    title(page);
    examples_section(page, first_examples);
    page.heading("Commands");
    std::vector<std::string> others;
    bool full = false;
    constexpr std::size_t end_lines = 5;
    constexpr std::size_t brief_column = 12;
    for (const Command* command : commands()) {
        HelpPage row = page.sheet();
        row.row(formatted("  {}", command->path), clause_of(command->summary), brief_column);
        const bool grouped = command->path.find(' ') != std::string_view::npos;
        if (!grouped && !full && add_if_room(page, row, end_lines)) continue;
        full = full || !grouped;
        const std::string name(command->path.substr(0, command->path.find(' ')));
        if (std::ranges::find(others, name) == others.end()) others.push_back(name);
    }
    page.paragraph(formatted("  and {}", join_words(others, "and")), 6);
    page.blank();
    page.paragraph("roofline --help lists all, roofline COMMAND -h says how one is asked.");
}

HelpPage page_of(const Invocation& invocation, int width) {
    HelpPage page(width);
    if (invocation.topic != nullptr)
        write_topic(*invocation.topic, page);
    else if (invocation.command != nullptr)
        (invocation.brief ? brief_command_help : command_help)(page, *invocation.command);
    else if (!invocation.group.empty())
        group_help(page, invocation.group);
    else
        (invocation.brief ? brief_help : whole_help)(page);
    return page;
}

}  // namespace

std::string help_text(const Invocation& invocation, const Page& page) {
    const std::string text = page_of(invocation, page.width).text();
    return page.charset == Charset::ascii ? to_ascii(text) : text;
}

}  // namespace roofline::cli
