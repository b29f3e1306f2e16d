#include "flag_words.hpp"

#include "command.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>

namespace roofline::cli {

bool is_flag(const std::string& word) {
    const bool dashed = word.size() > 1 && word[0] == '-';
    const bool number =
        dashed && (std::isdigit(static_cast<unsigned char>(word[1])) != 0 || word[1] == '.');
    return dashed && !number;
}

const Flag* find_flag(const std::vector<Flag>& flags, std::string_view word) {
    const std::string_view name = word.substr(0, word.find('='));
    const auto found = std::ranges::find_if(flags, [&](const Flag& flag) {
        if (name.starts_with("--")) return name.substr(2) == flag.name;
        return flag.letter != '\0' && name.size() == 2 && name[0] == '-' && name[1] == flag.letter;
    });
    return found == flags.end() ? nullptr : &*found;
}

std::vector<Flag> all_flags() {
    std::vector<Flag> flags;
    for (const Command* command : commands())
        std::ranges::copy(flags_of(*command), std::back_inserter(flags));
    return flags;
}

Arguments readable_globals(const std::vector<std::string>& words) {
    const std::vector<Flag> known = all_flags();
    Arguments arguments;
    for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
        const Flag* flag = is_flag(words[i]) ? find_flag(known, words[i]) : nullptr;
        if (flag == nullptr) continue;
        const auto equals = words[i].find('=');
        const bool attached = equals != std::string::npos;
        if (flag->value.empty()) {
            if (!attached) arguments.add_flag(flag->name, "true");
            continue;
        }
        const bool follows = i + 1 < words.size() && find_flag(known, words[i + 1]) == nullptr;
        std::string value;
        if (attached)
            value = words[i].substr(equals + 1);
        else if (follows)
            value = words[++i];
        if (std::ranges::find(flag->choices, value) != flag->choices.end())
            arguments.add_flag(flag->name, std::move(value));
    }
    return arguments;
}

}  // namespace roofline::cli
