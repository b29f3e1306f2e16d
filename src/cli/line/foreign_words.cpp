#include "foreign_words.hpp"

#include "catalog/names/format_words.hpp"
#include "flag_words.hpp"
#include "foreign_flags.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>

namespace roofline::cli {
namespace {

const ForeignFlag* find_foreign(std::string_view word) {
    std::string name(word.substr(0, word.find('=')));
    name.erase(0, std::min(name.find_first_not_of('-'), name.size()));
    std::ranges::replace(name, '_', '-');
    const auto found = std::ranges::find(foreign_flags, name, &ForeignFlag::name);
    return found == foreign_flags.end() ? nullptr : &*found;
}

// "0.9" is "90%".
std::string share_of(const std::string& text) {
    double number = 0;
    const char* end = text.data() + text.size();
    const bool read = std::from_chars(text.data(), end, number).ptr == end && number <= 1;
    return read ? formatted("{}%", std::round(number * 1e4) / 100) : text;
}

std::string value_of(const ForeignFlag& flag, const std::string& text) {
    if (flag.becomes == Becomes::share) return share_of(text);
    if (flag.becomes != Becomes::format) return text;
    const std::string_view format = format_called(text);
    return format.empty() ? text : std::string(format);
}

bool takes_value(const ForeignFlag& flag) {
    return flag.becomes != Becomes::nothing && flag.becomes != Becomes::hinted;
}

// A flag of another tool, and the value behind it.
struct Given {
    const ForeignFlag& flag;
    std::string text;   ///< as it was written
    std::string value;  ///< empty: none
};

Given taken(const std::vector<std::string>& words, std::size_t& at) {
    const std::string& word = words[at];
    Given given{*find_foreign(word), word, {}};
    const auto equals = word.find('=');
    if (equals != std::string::npos) {
        given.value = word.substr(equals + 1);
    } else if (takes_value(given.flag) && at + 1 < words.size() && !is_flag(words[at + 1])) {
        given.value = words[++at];
        given.text += " " + shell_word(given.value);
    }
    return given;
}

void add_flag(Translation& result, const Given& given) {
    const std::string ours = formatted("--{}", given.flag.ours);
    const std::string value = given.flag.value.empty() ? value_of(given.flag, given.value)
                                                       : std::string(given.flag.value);
    const bool valued = !value.empty() && given.flag.becomes != Becomes::nothing;
    result.words.push_back(ours);
    if (valued) result.words.push_back(value);
    result.said.push_back(formatted("{} is {}{}", given.text, ours,
                                    valued ? " " + shell_word(value) : std::string()));
}

// "--num-gpus 8": behind each device, wherever these stand, in place of a count of their own.
void add_count(Translation& result, const std::string& count) {
    const auto flag = std::ranges::find(result.words, "--hw");
    if (flag == result.words.end() || std::next(flag) == result.words.end()) {
        result.words.insert(result.words.end(), {"--hw", formatted("h100-sxmx{}", count)});
        return;
    }
    std::string& devices = *std::next(flag);
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    std::string counted;
    for (std::size_t start = 0; start <= devices.size();) {
        const std::size_t stop = std::min(devices.find(',', start), devices.size());
        std::string device = devices.substr(start, stop - start);
        const std::size_t x = device.rfind('x');
        const bool has_count = x != std::string::npos && x + 1 < device.size() &&
                               std::all_of(device.begin() + static_cast<std::ptrdiff_t>(x) + 1,
                                           device.end(), is_digit);
        if (has_count) device.resize(x);
        counted += (counted.empty() ? "" : ",") + device + "x" + count;
        start = stop + 1;
    }
    devices = counted;
}

void add(Translation& result, const Given& given, std::string& count) {
    switch (given.flag.becomes) {
        case Becomes::unsaid:
            result.said.push_back(formatted("{} changes no answer: leave it out", given.text));
            return;
        case Becomes::model:
            if (!given.value.empty()) result.words.push_back(given.value);
            result.said.push_back(
                formatted("{} has no flag here: the model stands by itself", given.text));
            return;
        case Becomes::count:
            count = given.value;
            result.said.push_back(formatted("{} stands behind the device: --hw h100-sxmx{}",
                                            given.text, given.value.empty() ? "8" : given.value));
            return;
        default:
            add_flag(result, given);
    }
}

// Fields, and the model and devices that each scenario has one of.
struct ScenarioWords {
    std::vector<std::string> models;
    std::string devices;
    std::string fields;
    std::string others;  ///< words of the command itself
};

ScenarioWords scenario_words(const Command& command, const std::vector<std::string>& words) {
    const std::vector<Flag> known = flags_of(command);
    ScenarioWords result;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!is_flag(words[i])) {
            result.models.push_back(words[i]);
            continue;
        }
        const auto equals = words[i].find('=');
        const std::string name = words[i].substr(0, equals);
        const Flag* own = find_flag(known, name);
        const Field* field =
            own == nullptr && name.starts_with("--") ? find_field(name.substr(2)) : nullptr;
        const bool valued = own != nullptr ? !own->value.empty()
                                           : field == nullptr || field->kind != FieldKind::toggle;
        std::string value = equals == std::string::npos ? "" : words[i].substr(equals + 1);
        if (equals == std::string::npos && valued && i + 1 < words.size()) value = words[++i];
        if (field == nullptr)
            result.others += " " + name + (value.empty() ? "" : " " + shell_word(value));
        else if (field->kind == FieldKind::device)
            result.devices = value;
        else
            result.fields += formatted(" {}={}", field->name, valued ? value : "true");
    }
    return result;
}

}  // namespace

std::string shell_word(const std::string& word) {
    const bool plain = !word.empty() && word.find_first_not_of(
                                            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                            "0123456789-_./:,=@%+") == std::string::npos;
    if (plain) return word;
    std::string quoted = "'";
    for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

bool is_foreign(std::string_view flag) { return find_foreign(flag) != nullptr; }

Translation translated(const std::vector<std::string>& words, const std::vector<Flag>& flags) {
    Translation result;
    std::string count;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool ours = !is_flag(words[i]) || find_flag(flags, words[i]) != nullptr;
        if (ours || !is_foreign(words[i]))
            result.words.push_back(words[i]);
        else
            add(result, taken(words, i), count);
    }
    if (!count.empty()) add_count(result, count);
    for (const std::string& word : result.words)
        if (result.untaken.empty() && is_flag(word) && find_flag(flags, word) == nullptr)
            result.untaken = word;
    return result;
}

std::string as_scenarios(const Command& command, const std::vector<std::string>& words) {
    const ScenarioWords said = scenario_words(command, words);
    if (said.models.empty() || said.devices.empty()) return {};
    std::string text = formatted("roofline {}", command.path);
    for (const std::string& model : said.models) {
        std::string_view rest = said.devices;
        while (!rest.empty()) {
            const std::size_t stop = std::min(rest.find(','), rest.size());
            text += formatted(" '{}@{}{}'", model, rest.substr(0, stop), said.fields);
            rest.remove_prefix(std::min(stop + 1, rest.size()));
        }
    }
    return text + said.others;
}

}  // namespace roofline::cli
