// The only file that knows CLI11: it turns the rows of the named command into an App.
#include "command_line.hpp"

#include "roofline/error/user_error.hpp"

#include "flag_words.hpp"
#include "global_flags.hpp"
#include "help/help_topics.hpp"
#include "text/formatted.hpp"
#include "unknown_words.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <map>

namespace roofline::cli {
namespace {

using Words = std::vector<std::string>;

const Command* find_command(std::string_view path) {
    const auto found = std::ranges::find(commands(), path, &Command::path);
    return found == commands().end() ? nullptr : *found;
}

bool is_group(std::string_view word) {
    return std::ranges::any_of(commands(), [&](const Command* command) {
        return command->path.size() > word.size() &&
               command->path.starts_with(std::string(word) + " ");
    });
}

std::size_t first_plain_word(const Words& words) {
    std::size_t at = 0;
    const bool flags_first = !words.empty() && is_flag(words[0]);
    const std::vector<Flag> known = flags_first ? all_flags() : std::vector<Flag>();
    while (at < words.size() && is_flag(words[at])) {
        const Flag* flag = find_flag(known, words[at]);
        const bool takes_next =
            flag != nullptr && !flag->value.empty() && words[at].find('=') == std::string::npos;
        at += takes_next ? 2 : 1;
    }
    return at;
}

Invocation take_command(Words& words);

// A topic, or a command.
Invocation asked_help(Words& words) {
    Invocation asked;
    const std::size_t at = first_plain_word(words);
    if (at < words.size()) asked.topic = find_topic(words[at]);
    if (asked.topic != nullptr)
        words.erase(words.begin() + static_cast<std::ptrdiff_t>(at));
    else if (at < words.size() && !is_group(words[at]) && find_command(words[at]) == nullptr &&
             words[at] != "help")
        refuse_topic(words[at]);
    else
        asked = take_command(words);
    asked.arguments.add_flag(global::help.name, "true");
    return asked;
}

// Takes the command's words out of `words`.
Invocation take_command(Words& words) {
    Invocation invocation;
    const std::size_t at = first_plain_word(words);
    if (at >= words.size()) return invocation;
    std::string path = words[at];
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(at));
    if (path == "help") return asked_help(words);
    if (is_group(path)) {
        if (at >= words.size() || is_flag(words[at])) {
            invocation.group = path;
            return invocation;
        }
        const std::string group = path;
        path += " " + words[at];
        if (find_command(path) == nullptr) refuse_command(words[at], group, {});
        words.erase(words.begin() + static_cast<std::ptrdiff_t>(at));
    }
    invocation.command = find_command(path);
    if (invocation.command == nullptr) refuse_command(path, "", words);
    return invocation;
}

[[noreturn]] void needs_value(const Flag& flag) {
    fail(ErrorCode::missing_argument, formatted("--{} needs a value: {}", flag.name, flag.value),
         std::string(flag.help));
}

// A value flag at the end, or before another flag, has no value; a switch takes none.
void check_values(const Words& words, const std::vector<Flag>& flags) {
    for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
        const Flag* flag = is_flag(words[i]) ? find_flag(flags, words[i]) : nullptr;
        if (flag == nullptr) continue;
        const bool attached = words[i].find('=') != std::string::npos;
        if (flag->value.empty() && attached)
            fail(ErrorCode::extra_argument, formatted("--{} takes no value", flag->name));
        if (attached && words[i].ends_with('=')) needs_value(*flag);
        if (flag->value.empty() || attached) continue;
        const bool missing = i + 1 == words.size() || words[i + 1].empty() ||
                             find_flag(flags, words[i + 1]) != nullptr;
        if (missing) needs_value(*flag);
        ++i;
    }
}

void check_positionals(const Command& command, const Words& given, const Words& words) {
    std::size_t least = 0;
    std::size_t most = 0;
    for (const Positional& positional : command.positionals) {
        least += positional.least;
        most += positional.most;
    }
    if (given.size() < least) refuse_too_few(command, words);
    if (given.size() > most) refuse_too_many(command, given[most]);
}

std::string cli11_names(const Flag& flag) {
    const std::string name = "--" + std::string(flag.name);
    return flag.letter == '\0' ? name : formatted("-{},{}", flag.letter, name);
}

void refuse_repeated(const std::vector<Flag>& flags, const std::vector<CLI::Option*>& options) {
    for (std::size_t i = 0; i < flags.size(); ++i) {
        const Flag& flag = flags[i];
        const bool repeated = options[i]->count() > 1 && !flag.repeats && !flag.value.empty();
        if (repeated)
            fail(ErrorCode::conflicting_arguments, formatted("--{} is given twice", flag.name),
                 formatted("give it once: --{0} {1} or --{0} {2}", flag.name,
                           options[i]->results().front(), options[i]->results().back()));
    }
}

// Every option takes one string; what it means is for the command to say.
void parse_with_app(const Words& words, const std::vector<Flag>& flags, Invocation& invocation,
                    Words& positionals) {
    CLI::App app;
    app.set_help_flag();
    app.allow_extras();
    const Command* command = invocation.command;
    std::vector<CLI::Option*> options;
    for (const Flag& flag : flags) {
        CLI::Option* option = flag.value.empty() ? app.add_flag(cli11_names(flag))
                                                 : app.add_option(cli11_names(flag))->expected(1);
        options.push_back(option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll));
    }
    Words reversed(words.rbegin(), words.rend());
    try {
        app.parse(reversed);
    } catch (const CLI::Error& error) {
        fail(ErrorCode::unknown_flag, error.what());
    }
    bool after_dashes = false;
    for (const std::string& word : app.remaining()) {
        const bool dashes = word == "--" && !after_dashes;
        if (!dashes && !after_dashes && is_flag(word)) refuse_flag(word, words, flags, command);
        if (!dashes) positionals.push_back(word);
        after_dashes = after_dashes || dashes;
    }
    refuse_repeated(flags, options);
    std::map<const CLI::Option*, std::size_t> seen;
    for (const CLI::Option* option : app.parse_order()) {
        const auto at =
            static_cast<std::size_t>(std::ranges::find(options, option) - options.begin());
        const std::size_t occurrence = seen[option]++;
        if (occurrence < option->results().size())
            invocation.arguments.add_flag(flags[at].name, option->results()[occurrence]);
    }
}

}  // namespace

Invocation read_command_line(const Words& all_words) {
    Words words = all_words;
    const auto end = std::ranges::find(words, "--");
    const auto given = [&](std::string_view word) {
        return std::find(words.begin(), end, word) != end;
    };
    const bool brief = words.empty() || (given("-h") && !given("--help"));
    Invocation invocation = take_command(words);
    invocation.brief = brief;
    const Command* command = invocation.command;
    const std::vector<Flag> flags =
        command != nullptr ? flags_of(*command)
                           : std::vector<Flag>(global_flags().begin(), global_flags().end());
    for (const std::string& word : words) {
        if (word == "--") break;
        if (is_flag(word) && find_flag(flags, word) == nullptr)
            refuse_flag(word, words, flags, command);
    }
    check_values(words, flags);
    Words positionals;
    parse_with_app(words, flags, invocation, positionals);
    const bool asks =
        invocation.arguments.has(global::help) || invocation.arguments.has(global::version);
    if (command == nullptr || asks) return invocation;
    if (!invocation.arguments.has(global::schema) || !positionals.empty())
        check_positionals(*command, positionals, words);
    for (std::string& word : positionals) invocation.arguments.add_positional(std::move(word));
    return invocation;
}

}  // namespace roofline::cli
