#include "roofline/catalog/engine_era.hpp"

#include "roofline/catalog/catalog.hpp"

#include "error/suggest.hpp"
#include "readers/readers.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>

namespace roofline {
namespace {

bool applies(const CardRow& row, const Device& device, double gpus) {
    const bool linked = device.scale_up && device.scale_up->per_direction;
    return (row.chip.empty() || row.chip == device.chip) &&
           (row.architecture.empty() || row.architecture == device.architecture) &&
           (row.vendor.empty() || row.vendor == device.vendor) &&
           (!row.below || device.capacity() < *row.below) && gpus >= row.from_gpus &&
           (!row.pcie || !linked);
}

EngineFile read_built_in(const ServingEngineRow& row) {
    const std::string path = formatted("engines/{}.json", row.name);
    return read_engine_file(
        parse_json({.name = path, .text = std::string(embedded_text(path))}, JsonDialect::strict));
}

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

// "0.10.1", "v0.11", "b6325" as numbers, up to what is no number: 0.6.4.post1 is 0.6.4. Empty where
// there is none.
std::vector<double> release_of(std::string_view text) {
    if (!text.empty() && (text.front() == 'v' || text.front() == 'b')) text.remove_prefix(1);
    std::vector<double> numbers;
    while (!text.empty() && is_digit(text.front())) {
        double number = 0;
        for (; !text.empty() && is_digit(text.front()); text.remove_prefix(1))
            number = 10 * number + (text.front() - '0');
        numbers.push_back(number);
        if (!text.empty() && text.front() == '.') text.remove_prefix(1);
    }
    return numbers;
}

std::string eras_of(const EngineFile& file) {
    std::vector<std::string> words;
    for (const EngineEra& era : file.eras)
        words.push_back(formatted("{} ({})", era.first, era.first_month));
    return join_words(words, "and");
}

// The last era that begins no later than a version; nullptr: none is that old.
const EngineEra* covering(const EngineFile& file, std::string_view version) {
    const bool by_month = is_month(version);
    const EngineEra* found = nullptr;
    for (const EngineEra& era : file.eras)
        if (by_month ? era.first_month <= version : release_of(era.first) <= release_of(version))
            found = &era;
    return found;
}

// The month of the last release that is no later than a version; empty: none is that old.
std::string month_of(const EngineFile& file, std::string_view version) {
    if (is_month(version)) return std::string(version);
    std::string month;
    for (const EngineRelease& release : file.releases)
        if (release_of(release.first) <= release_of(version)) month = release.month;
    return month;
}

const EngineEra& era_of_version(const EngineFile& file, std::string_view version,
                                std::string_view label) {
    const std::string_view name = row_of(file.engine).name;
    const bool dated = version.find('-') == std::string_view("2025").size();
    if (!is_month(version) && (dated || release_of(version).empty()))
        fail(ErrorCode::bad_choice, formatted("{}: '{}' is no version of {}", label, version, name),
             formatted("a release or a month, for example `engine {}@{}`", name,
                       file.eras.back().first));
    if (const EngineEra* era = covering(file, version)) return *era;
    fail(ErrorCode::bad_choice, formatted("{}: nothing is known of {} {}", label, name, version),
         formatted("its eras begin with {}", eras_of(file)));
}

const EngineBackend& backend_of(const EngineFile& file, std::string_view backend,
                                std::string_view label) {
    const auto found = std::ranges::find(file.backends, backend, &EngineBackend::name);
    if (found != file.backends.end()) return *found;
    const std::string_view name = row_of(file.engine).name;
    std::vector<std::string> names;
    for (const EngineBackend& one : file.backends)
        names.push_back(formatted("{}/{}", name, one.name));
    fail(ErrorCode::bad_choice, formatted("{}: {} has no backend '{}'", label, name, backend),
         names.empty() ? formatted("write {}", name) : "it has " + join_words(names, "and"));
}

}  // namespace

std::optional<double> ByCard::of(const Device& device, double gpus) const {
    for (const CardRow& row : rows)
        if (applies(row, device, gpus)) return row.value;
    return std::nullopt;
}

double ByCard::of(const Device& device, double gpus, double otherwise) const {
    return of(device, gpus).value_or(otherwise);
}

const EngineFile& engine_file(ServingEngine engine) {
    switch (engine) {  // each is read when it is asked for
        case ServingEngine::vllm: {
            static const EngineFile file = read_built_in(row_of(ServingEngine::vllm));
            return file;
        }
        case ServingEngine::sglang: {
            static const EngineFile file = read_built_in(row_of(ServingEngine::sglang));
            return file;
        }
        case ServingEngine::trtllm: {
            static const EngineFile file = read_built_in(row_of(ServingEngine::trtllm));
            return file;
        }
        case ServingEngine::llama_cpp: {
            static const EngineFile file = read_built_in(row_of(ServingEngine::llama_cpp));
            return file;
        }
        case ServingEngine::generic:
            break;
    }
    static const EngineFile file = read_built_in(row_of(ServingEngine::generic));
    return file;
}

const EngineEra& era_of(const EngineChoice& choice) {
    return choice.era ? *choice.era : engine_file(choice.program).eras.back();
}

std::optional<EngineChoice> find_engine(std::string_view text, std::string_view label) {
    const std::size_t at = std::min(text.rfind('@'), text.size());
    const std::string_view version = at == text.size() ? "" : text.substr(at + 1);
    const std::string_view named = text.substr(0, at);
    if (const std::size_t late = version.find('/'); late != std::string_view::npos)
        fail(ErrorCode::bad_choice,
             formatted("{}: '{}' names its backend behind the version", label, text),
             formatted("write `engine {}{}@{}`", named, version.substr(late),
                       version.substr(0, late)));
    const std::size_t slash = std::min(named.find('/'), named.size());
    const auto program = find_serving_engine(named.substr(0, slash));
    if (!program) return std::nullopt;
    EngineChoice choice{.program = *program};
    const EngineFile* file = nullptr;
    EngineEra era;
    if (at != text.size() || slash != named.size()) {
        file = &engine_file(*program);
        era = at == text.size() ? file->eras.back() : era_of_version(*file, version, label);
    }
    choice.version = version;
    if (file != nullptr && !version.empty()) choice.released = month_of(*file, version);
    if (slash != named.size()) {
        choice.backend = named.substr(slash + 1);
        overlay(backend_of(*file, choice.backend, label).changes, era);
    }
    if (file != nullptr) choice.era = std::make_shared<const EngineEra>(std::move(era));
    return choice;
}

bool is_month(std::string_view version) {  // releases are never that large
    constexpr std::string_view form = "dddd-dd";
    const bool of_a_year =
        version.size() == form.size() && version.substr(5) >= "01" && version.substr(5) <= "12";
    return of_a_year && std::ranges::equal(version, form, [](char c, char f) {
               return f == 'd' ? is_digit(c) : c == f;
           });
}

bool is_beyond_newest(const EngineChoice& choice) {
    if (choice.version.empty() || is_month(choice.version)) return false;
    const auto newest = release_of(engine_file(choice.program).newest);
    auto asked = release_of(choice.version);
    asked.resize(std::min(asked.size(), newest.size()));  // 0.29.3 is of 0.29
    return asked > newest;
}

}  // namespace roofline
