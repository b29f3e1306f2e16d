#include "unknown_words.hpp"

#include "roofline/catalog/catalog.hpp"
#include "roofline/import/model_source.hpp"

#include "error/suggest.hpp"
#include "flag_words.hpp"
#include "foreign_words.hpp"
#include "help/help_topics.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <set>

namespace roofline::cli {
namespace {

using Words = std::vector<std::string>;

std::string joined_words(const Words& words) {
    std::string text;
    for (const std::string& word : words) text += " " + shell_word(word);
    return text;
}

// A model or a deployment in place of a command.
std::string asked_of_nobody(const std::string& word, const Words& rest) {
    if (word.find('@') != std::string::npos)
        return formatted("scenarios are for compare and plot:\n  roofline plot {}{}",
                         shell_word(word), joined_words(rest));
    if (!Catalog().has_model(word) && !is_path_like(word)) return {};
    const std::string device = rest.empty() ? " --hw h100-sxm" : "";
    return formatted("what of it? For example\n  roofline analyze {}{}{}", shell_word(word), device,
                     joined_words(rest));
}

// A flag of another command is no misspelling.
std::string takers_of(std::string_view flag, const Command* command) {
    std::vector<std::string> takers;
    for (const Command* other : commands()) {
        const std::vector<Flag> flags = flags_of(*other);
        if (other != command && find_flag(flags, flag) != nullptr)
            takers.push_back("roofline " + std::string(other->path));
    }
    constexpr std::size_t most_named = 4;
    if (takers.size() > most_named) {
        takers.resize(most_named);
        takers.emplace_back("others");
    }
    return takers.empty() ? std::string() : "a flag of " + join_words(takers, "and");
}

// What is said at most of a line that was written for another tool.
constexpr std::size_t most_said = 12;

std::string translation_hint(const Words& words, const std::vector<Flag>& flags,
                             const Command* command) {
    Translation ours = translated(words, flags);
    if (ours.said.size() > most_said) ours.said.resize(most_said);
    std::string hint = "here " + join_words(ours.said, "and");
    if (command == nullptr) return hint;
    if (ours.untaken.empty())
        return hint + formatted(":\n  roofline {}{}", command->path, joined_words(ours.words));
    const std::string takers = takers_of(ours.untaken, command);
    return takers.empty() ? hint : hint + formatted("; {} is {}", ours.untaken, takers);
}

std::string flag_hint(const std::string& word, const Words& words, const std::vector<Flag>& flags,
                      const Command* command) {
    const std::string shown = word.substr(0, word.find('='));
    const bool field = shown.starts_with("--") && find_field(shown.substr(2)) != nullptr;
    if (command != nullptr && command->dialect == Dialect::scenario && field) {
        std::string scenarios = as_scenarios(*command, words);
        if (scenarios.empty())
            scenarios = command->examples.substr(0, command->examples.find('\n'));
        return "fields stand in each scenario:\n  " + scenarios;
    }
    if (is_foreign(word)) return translation_hint(words, flags, command);
    const std::string takers = takers_of(shown, command);
    if (!takers.empty()) return "it is " + takers;
    std::vector<std::string> names;
    for (const Flag& flag : flags) names.push_back("--" + std::string(flag.name));
    const std::vector<std::string_view> views(names.begin(), names.end());
    return did_you_mean(suggest(shown, views));
}

// First words, or those behind a group's.
Words command_names(std::string_view group) {
    Words names;
    for (const Command* command : commands()) {
        const bool inside = group.empty() || command->path.starts_with(std::string(group) + " ");
        if (!inside) continue;
        const std::string_view path = command->path;
        const std::string name(group.empty() ? path.substr(0, path.find(' '))
                                             : path.substr(group.size() + 1));
        if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    }
    return names;
}

std::string usage_of(const Command& command) {
    std::string usage = formatted("roofline {}", command.path);
    for (const Positional& positional : command.positionals)
        usage += formatted(" {}", positional.name);
    return usage;
}

}  // namespace

void refuse_command(const std::string& word, std::string_view group, const Words& rest) {
    Words names = command_names(group);
    const std::vector<std::string_view> views(names.begin(), names.end());
    std::string hint = group.empty() ? asked_of_nobody(word, rest) : std::string();
    if (hint.empty()) hint = did_you_mean(suggest(word, views));
    fail(ErrorCode::unknown_command,
         group.empty() ? formatted("'{}' is not a roofline command", word)
                       : formatted("'{}' is not a command of roofline {}", word, group),
         hint.empty() ? "known: " + join_words(names, "and") : hint);
}

void refuse_topic(const std::string& word) {
    Words names = command_names("");
    for (const HelpTopic& topic : help_topics()) names.emplace_back(topic.name);
    const std::vector<std::string_view> views(names.begin(), names.end());
    const std::string meant = did_you_mean(suggest(word, views));
    fail(ErrorCode::unknown_command, formatted("there is no help on '{}'", word),
         meant.empty() ? "there is on " + join_words(names, "and") : meant);
}

void refuse_no_command(std::string_view group) {
    if (group.empty())
        fail(ErrorCode::missing_argument, "which command?",
             "for example\n  roofline analyze llama-3.1-8b --hw h100-sxm\nroofline -h lists them");
    std::string hint = "it is";
    for (const std::string& name : command_names(group))
        hint += formatted("\n  roofline {} {}", group, name);
    fail(ErrorCode::missing_argument, formatted("'{}' needs a command of its own", group), hint);
}

void refuse_flag(const std::string& word, const Words& words, const std::vector<Flag>& flags,
                 const Command* command) {
    fail(ErrorCode::unknown_flag,
         formatted("unknown flag '{}'{}", word.substr(0, word.find('=')),
                   command == nullptr ? "" : formatted(" for '{}'", command->path)),
         flag_hint(word, words, flags, command));
}

void refuse_too_few(const Command& command, const Words& words) {
    std::string names;
    for (const Positional& positional : command.positionals)
        names += formatted(" {}", positional.name);
    const std::string_view examples = command.examples;
    std::string example(examples.substr(0, examples.find('\n')));
    const bool of_a_model =
        command.positionals[0].name == "MODEL" && command.positionals.size() == 1;
    if (of_a_model && !words.empty())
        example = formatted("roofline {} llama-3.1-8b{}", command.path, joined_words(words));
    fail(
        ErrorCode::missing_argument, formatted("'{}' needs{}", command.path, names),
        formatted("for example\n  {}\nroofline {} -h says how it is asked", example, command.path));
}

void refuse_too_many(const Command& command, const std::string& word) {
    fail(ErrorCode::extra_argument,
         formatted("'{}' is one word too many for '{}'", word, command.path),
         formatted("usage: {} …  (roofline {} --help)", usage_of(command), command.path));
}

}  // namespace roofline::cli
