#include "called.hpp"

#include "roofline/catalog/catalog.hpp"

#include "format_words.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

namespace roofline {
namespace {

struct OtherName {
    std::string_view key;
    std::string_view id;
};

// By name_key(). What ollama takes where no size is said; editions with the shapes of another.
constexpr std::array other_names{
    OtherName{"llama2", "llama-2-7b"},
    OtherName{"llama3", "llama-3-8b"},
    OtherName{"llama3.1", "llama-3.1-8b"},
    OtherName{"llama3.2", "llama-3.2-3b"},
    OtherName{"llama3.3", "llama-3.3-70b"},
    OtherName{"llama4", "llama-4-scout-17b-16e"},
    OtherName{"llama416x17b", "llama-4-scout-17b-16e"},
    OtherName{"llama4128x17b", "llama-4-maverick-17b-128e"},
    OtherName{"qwen2.5", "qwen2.5-7b"},
    OtherName{"qwen3", "qwen3-8b"},
    OtherName{"qwen330b", "qwen3-30b-a3b"},
    OtherName{"qwen3235b", "qwen3-235b-a22b"},
    OtherName{"qwen3coder", "qwen3-coder-30b-a3b"},
    OtherName{"qwen3coder30b", "qwen3-coder-30b-a3b"},
    OtherName{"qwen3coder480b", "qwen3-coder-480b-a35b"},
    OtherName{"qwen3next80b", "qwen3-next-80b-a3b"},
    OtherName{"gemma2", "gemma-2-9b"},
    OtherName{"gemma3", "gemma-3-4b"},
    OtherName{"mistral", "mistral-7b-v0.3"},
    OtherName{"mistralnemo12b", "mistral-nemo-2407"},
    OtherName{"mistralsmall", "mistral-small-24b-2501"},
    OtherName{"mistrallarge", "mistral-large-2407"},
    OtherName{"mixtral", "mixtral-8x7b-v0.1"},
    OtherName{"phi3", "phi-3-mini-4k"},
    OtherName{"phi414b", "phi-4"},
    OtherName{"gptoss", "gpt-oss-20b"},
    OtherName{"deepseekr1671b", "deepseek-r1"},
    OtherName{"deepseekv3671b", "deepseek-v3"},
    OtherName{"deepseekr1distillllama8b", "llama-3.1-8b"},
    OtherName{"deepseekr1distillllama70b", "llama-3.3-70b"},
    OtherName{"deepseekr1distillqwen1.5b", "qwen2.5-1.5b"},
    OtherName{"deepseekr1distillqwen7b", "qwen2.5-7b"},
    OtherName{"deepseekr1distillqwen14b", "qwen2.5-14b"},
    OtherName{"deepseekr1distillqwen32b", "qwen2.5-32b"},
    OtherName{"deepseekr170b", "llama-3.3-70b"},
    OtherName{"deepseekr132b", "qwen2.5-32b"},
    OtherName{"deepseekr114b", "qwen2.5-14b"},
    OtherName{"deepseekr18b", "qwen3-8b"},
    OtherName{"deepseekr17b", "qwen2.5-7b"},
    OtherName{"deepseekr11.5b", "qwen2.5-1.5b"},
};

// At the end of a model's name: how it was trained to answer, or which program its file is for.
constexpr std::array<std::string_view, 15> no_shape{
    "instruct", "it",  "chat", "hf",   "base", "thinking", "gguf",   "mlx",
    "bnb",      "qat", "text", "imat", "i1",   "latest",   "unsloth"};

constexpr std::array<std::string_view, 22> makers{
    "nvidia", "amd",        "intel",   "google",      "aws",    "amazon",  "geforce", "tesla",
    "quadro", "instinct",   "radeon",  "gpu",         "gpus",   "tensor",  "core",    "generation",
    "series", "generation", "edition", "workstation", "server", "graphics"};
constexpr std::array<std::string_view, 9> memories{"hbm2",  "hbm2e",  "hbm3",  "hbm3e", "gddr5",
                                                   "gddr6", "gddr6x", "gddr7", "gddr5x"};

template <typename Words>
bool is_of(std::string_view word, const Words& words) {
    return std::ranges::find(words, word) != words.end();
}

bool is_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

std::string id_of(const std::string& name, std::span<const Candidate> names) {
    const std::string key = name_key(name);
    for (const Candidate& candidate : names)
        if (name_key(candidate.name) == key) return std::string(candidate.shown);
    return {};
}

// Other names are of this catalog alone.
std::string model_id_of(const std::string& name, std::span<const Candidate> names) {
    std::string id = id_of(name, names);
    const auto other = std::ranges::find(other_names, name_key(name), &OtherName::key);
    return !id.empty() || other == other_names.end() ? id : id_of(std::string(other->id), names);
}

// "q5_k_m", "iq4_xs": a format of llama.cpp, whether known here or not.
bool is_block_format(std::string_view word) {
    if (word.starts_with("ud-")) word.remove_prefix(3);
    if (word.starts_with("i")) word.remove_prefix(1);
    return word.size() > 3 && word[0] == 'q' && is_digits(word.substr(1, 1)) && word[2] == '_';
}

// Takes the longest end of `name` that is a format away.
bool take_format(std::string& name, CalledModel& called) {
    constexpr std::string_view joints = "-_. ";
    for (std::size_t at = name.find_first_of(joints); at != std::string::npos;
         at = name.find_first_of(joints, at + 1)) {
        const std::string end = name.substr(at + 1);
        const std::string_view format = format_called(end);
        if (format.empty() && !is_block_format(end)) continue;
        if (called.format.empty() && called.unknown.empty())
            (format.empty() ? called.unknown : called.format) = format.empty() ? end : format;
        name.erase(at);
        return true;
    }
    return false;
}

bool take_ending(std::string& name) {
    const std::size_t at = name.find_last_of("-_. ");
    if (at == std::string::npos) return false;
    const std::string_view end = std::string_view(name).substr(at + 1);
    const bool is_date = end.size() == 4 && is_digits(end);
    if (!is_date && !is_of(end, no_shape)) return false;
    name.erase(at);
    return true;
}

std::vector<std::string> tokens_of(const std::string& text) {
    std::vector<std::string> tokens(1);
    for (const char c : text) {
        const bool parts = std::string_view(" -_/,()").find(c) != std::string_view::npos;
        if (!parts)
            tokens.back() += c;
        else if (!tokens.back().empty())
            tokens.emplace_back();
    }
    return tokens;
}

bool is_size(std::string_view token) {
    const std::string_view number = token.substr(0, token.find_first_not_of("0123456789"));
    const std::string_view unit = token.substr(number.size());
    return unit == "gb" || unit == "gib" || (unit == "g" && !number.empty());
}

// "sxm5" is the fifth socket of its kind, and the only one of its device.
std::string looked_up(const std::vector<std::string>& tokens, std::span<const Candidate> names) {
    std::string exact;
    std::string plain;
    for (const std::string& token : tokens) {
        exact += token;
        plain += token.starts_with("sxm") ? "sxm" : token;
    }
    if (exact.empty()) return {};
    const std::string id = id_of(exact, names);
    return id.empty() ? id_of(plain, names) : id;
}

// Behind a cross: "h100 x8", "h100x8".
std::string taken_count(std::string& name) {
    const std::size_t cross = name.rfind('x');
    const bool counted = cross != std::string::npos && cross > 0 &&
                         is_digits(std::string_view(name).substr(cross + 1));
    if (!counted) return {};
    const std::string count = name.substr(cross);
    name.erase(name.find_last_not_of(' ', cross - 1) + 1);
    return count;
}

}  // namespace

std::optional<CalledModel> model_called(std::string_view name, std::span<const Candidate> names) {
    std::string rest = lower(name.substr(name.find_last_of('/') + 1));
    if (rest.ends_with(".gguf")) rest.erase(rest.size() - 5);
    std::ranges::replace(rest, ':', '-');
    CalledModel called;
    for (;;) {
        called.id = model_id_of(rest, names);
        if (called.id.empty() && rest.starts_with("meta-"))
            called.id = model_id_of(rest.substr(5), names);
        if (!called.id.empty()) return called;
        if (!take_format(rest, called) && !take_ending(rest)) return std::nullopt;
    }
}

std::string device_called(std::string_view name, std::span<const Candidate> names) {
    std::string rest = lower(name);
    const std::string count = taken_count(rest);
    std::vector<std::string> tokens = tokens_of(rest);
    using Dropped = bool (*)(std::string_view);
    constexpr std::array<Dropped, 4> stages{
        [](std::string_view word) { return is_of(word, makers); },
        [](std::string_view word) { return is_of(word, memories); }, is_size,
        [](std::string_view word) { return word == "pcie" || word == "blackwell"; }};
    for (const Dropped dropped : stages) {
        std::erase_if(tokens, dropped);
        const std::string id = looked_up(tokens, names);
        if (!id.empty()) return id + count;
    }
    return {};
}

}  // namespace roofline
