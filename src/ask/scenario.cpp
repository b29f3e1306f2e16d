#include "scenario.hpp"

#include "roofline/search/axis.hpp"

#include "error/suggest.hpp"
#include "text/formatted.hpp"
#include "workload/load_rules.hpp"

#include <algorithm>
#include <filesystem>

namespace roofline {
namespace {

std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words;
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t stop = std::min(text.find(' ', start), text.size());
        if (stop > start) words.push_back(text.substr(start, stop - start));
        start = stop + 1;
    }
    return words;
}

// "quant=fp8" into a field and its text.
FieldText pair_of(const std::string& scenario, const std::string& word) {
    const std::size_t equals = word.find('=');
    const Field* field = find_field(name_of_key(word.substr(0, equals)));
    std::vector<std::string_view> known;
    for (const Field& row : deployment_fields()) known.push_back(row.name);
    if (equals == std::string::npos || field == nullptr)
        fail(ErrorCode::bad_choice,
             formatted("'{}': '{}' sets no input of a deployment", scenario, word),
             equals == std::string::npos
                 ? std::string("write inputs as name=value: quant=fp8 concurrency=64")
                 : choice_hint(name_of_key(word.substr(0, equals)), known));
    return {field, word.substr(equals + 1)};
}

Scenario inline_scenario(const std::string& text, const Asking& asking) {
    Scenario scenario{.name = text, .deployment = {}, .saved = {}};
    for (const FieldText& pair : scenario_fields(text))
        set_field(scenario.deployment, *pair.field, pair.text, asking);
    refuse_load_conflict(scenario.deployment);
    return scenario;
}

[[noreturn]] void no_answer(const std::string& path, const std::string& why) {
    fail(ErrorCode::bad_record, formatted("{} is no answer that can be asked again: {}", path, why),
         "save one, for example with:",
         "estimate llama-3.1-8b `hw h100-sxm` `concurrency 64` `json` -o " + path);
}

std::string text_of(const JsonValue& value, const std::string& path, const std::string& key) {
    if (const std::string* text = value.text()) return *text;
    if (const double* number = value.number()) return formatted("{}", *number);
    if (const bool* on = value.boolean()) return *on ? "true" : "false";
    no_answer(path, formatted("inputs.{} is {}", key, kind_name(value)));
}

Scenario saved_scenario(Source source, const std::string& path, const Asking& asking) {
    Scenario scenario{.name = path,
                      .deployment = {},
                      .saved = parse_json(std::move(source), JsonDialect::strict)};
    const JsonValue* inputs = scenario.saved->root.find("inputs");
    if (inputs == nullptr || inputs->object() == nullptr) no_answer(path, "it has no inputs");
    for (const std::string_view key : {"model", "hw"})
        if (inputs->find(key) == nullptr) no_answer(path, formatted("its inputs name no {}", key));
    const bool served = inputs->find("concurrency") != nullptr || inputs->find("rate") != nullptr ||
                        inputs->find("users") != nullptr;
    for (const JsonMember& member : *inputs->object()) {
        // Early versions saved a step's defaults with served answers too.
        const bool filled = served && (member.key == "batch" || member.key == "context");
        if (member.key == "gpus" || filled) continue;
        const Field* field = find_field(name_of_key(member.key));
        std::string text = text_of(member.value, path, member.key);
        if (field == nullptr)
            no_answer(path, formatted("inputs.{} is no input of a deployment", member.key));
        const bool device = field->kind == FieldKind::device;
        const JsonValue* gpus = device ? inputs->find("gpus") : nullptr;
        if (gpus != nullptr) text += "x" + text_of(*gpus, path, "gpus");
        set_field(scenario.deployment, *field, text, asking);
    }
    return scenario;
}

}  // namespace

bool names_file(const std::string& text) {
    std::error_code ignored;
    const bool named_so = has_ending(text, ".json") && text.find('@') == std::string::npos;
    return text == "-" || named_so || std::filesystem::exists(text, ignored);
}

bool is_inline(const std::string& text) {
    return text.find('@') != std::string::npos && !names_file(text);
}

bool has_range(const std::string& text) {
    return is_inline(text) && std::ranges::any_of(scenario_fields(text), [](const FieldText& one) {
               return is_ranged(*one.field, one.text);
           });
}

std::vector<FieldText> scenario_fields(const std::string& text) {
    const std::vector<std::string> words = words_of(text);
    const std::size_t at = words.empty() ? std::string::npos : words[0].rfind('@');
    if (at == std::string::npos || at == 0 || at + 1 == words[0].size())
        fail(
            ErrorCode::missing_argument, formatted("'{}' is neither a file nor a scenario", text),
            "write 'MODEL@HW name=value ...', for example 'llama-3.1-70b@h100x4 quant=fp8', or the "
            "path of an answer saved with `json`");
    std::vector<FieldText> pairs{{&the_field("model"), words[0].substr(0, at)},
                                 {&the_field("hw"), words[0].substr(at + 1)}};
    for (std::size_t i = 1; i < words.size(); ++i) {
        FieldText pair = pair_of(text, words[i]);
        if (std::ranges::find(pairs, pair.field, &FieldText::field) != pairs.end())
            fail(ErrorCode::conflicting_arguments,
                 formatted("'{}': {} is given twice", text, pair.field->name), "give it once");
        pairs.push_back(std::move(pair));
    }
    return pairs;
}

Scenario read_scenario(const std::string& text, const Asking& asking) {
    Scenario scenario = names_file(text) ? saved_scenario(read_source(text), text, asking)
                                         : inline_scenario(text, asking);
    resolve_price(scenario.deployment, asking.catalog);
    return scenario;
}

Scenario read_scenario(Source saved, const Asking& asking) {
    const std::string name = saved.name;
    Scenario scenario = saved_scenario(std::move(saved), name, asking);
    resolve_price(scenario.deployment, asking.catalog);
    return scenario;
}

}  // namespace roofline
