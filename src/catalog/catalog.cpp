#include "roofline/catalog/catalog.hpp"

#include "catalog/device_mode.hpp"
#include "catalog/names/unknown_device.hpp"
#include "catalog/names/unknown_model.hpp"
#include "catalog/readers/readers.hpp"
#include "embedded.hpp"
#include "error/suggest.hpp"
#include "input/json_object.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>

namespace roofline {
namespace {

constexpr std::string_view device_folder = "devices/";
constexpr std::string_view model_folder = "models/";

const EmbeddedName* find_embedded(std::string_view folder, std::string_view key) {
    const std::string wanted = std::string(folder) + std::string(key);
    const auto names = embedded_names();
    const auto found = std::ranges::lower_bound(names, wanted, {}, &EmbeddedName::key);
    return found == names.end() || found->key != wanted ? nullptr : &*found;
}

JsonDocument open_embedded(const EmbeddedFile& file) {
    return parse_json({.name = std::string(file.path), .text = std::string(file.text)},
                      JsonDialect::strict);
}

Device read_record(const JsonDocument& document, const Device* /*kind*/) {
    return read_device(document);
}
Model read_record(const JsonDocument& document, const Model* /*kind*/) {
    return read_model(document);
}

// Everything that can be typed for a record of `folder`.
std::vector<Candidate> candidates(std::string_view folder, const std::vector<std::string>& ids) {
    std::vector<Candidate> result;
    for (const EmbeddedName& row : embedded_names())
        if (row.key.starts_with(folder)) result.push_back({row.key.substr(folder.size()), row.id});
    for (const std::string& id : ids) result.push_back({id, id});
    return result;
}

// "meta-llama/Meta-Llama-3.1-8B-Instruct" is asked for by what is left of it without these. What
// begins another path is none of the catalog's.
std::string bare_model_name(std::string_view name) {
    if (name.find('/') != std::string_view::npos && !is_hub_id(name)) return {};
    std::string key = name_key(name.substr(name.rfind('/') + 1));
    if (key.starts_with("meta")) key.erase(0, 4);
    if (key.ends_with("instruct")) key.erase(key.size() - 8);
    return key;
}

}  // namespace

std::string name_key(std::string_view name) {
    std::string key;
    for (const char c : name)
        if (c != '-' && c != '_' && c != ' ')
            key += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return key;
}

bool is_hub_id(std::string_view name) {
    constexpr std::string_view site = "https://huggingface.co/";
    if (name.starts_with(site)) name.remove_prefix(site.size());
    const auto is_letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
    const std::size_t slash = name.find('/');
    if (slash == std::string_view::npos || slash + 1 == name.size()) return false;
    const bool ordinary = std::ranges::all_of(name, [&](char c) {
        return is_letter(c) || std::string_view("-_./").find(c) != std::string_view::npos;
    });
    return ordinary && is_letter(name[0]) && is_letter(name[slash + 1]) &&
           name.find('/', slash + 1) == std::string_view::npos;
}

template <typename Record>
void Catalog::lay_over(Shelf<Record>& shelf, Record record) {
    const std::string id = record.id;
    shelf.override_names[name_key(id)] = id;
    shelf.override_names[name_key(record.name)] = id;
    for (const std::string& alias : record.aliases) shelf.override_names[name_key(alias)] = id;
    shelf.loaded[id] = std::make_shared<const Record>(std::move(record));
}

template <typename Record>
std::shared_ptr<const Record> Catalog::find(Shelf<Record>& shelf, std::string_view folder,
                                            std::string_view name) {
    const std::string key = name_key(name);
    const auto laid_over = shelf.override_names.find(key);
    const EmbeddedName* embedded = find_embedded(folder, key);
    if (laid_over == shelf.override_names.end() && embedded == nullptr) return nullptr;
    const std::string id =
        laid_over == shelf.override_names.end() ? std::string(embedded->id) : laid_over->second;
    const auto file = shelf.override_files.find(id);
    if (file != shelf.override_files.end()) note_use(id, file->second);
    return load(shelf, folder, id);
}

template <typename Record>
std::shared_ptr<const Record> Catalog::load(Shelf<Record>& shelf, std::string_view folder,
                                            const std::string& id) {
    auto& loaded = shelf.loaded[id];
    if (!loaded) {
        const EmbeddedName& embedded = *find_embedded(folder, name_key(id));
        const JsonDocument document = open_embedded(embedded_files()[embedded.file]);
        loaded = std::make_shared<const Record>(
            read_record(document, static_cast<const Record*>(nullptr)));
    }
    return loaded;
}

void Catalog::note_use(const std::string& what, const std::string& file) {
    const std::string use = formatted("{} from {}", what, file);
    if (std::ranges::find(used_overrides_, use) == used_overrides_.end())
        used_overrides_.push_back(use);
}

template <typename Record>
bool Catalog::knows(const Shelf<Record>& shelf, std::string_view folder,
                    std::string_view name) const {
    const std::string key = name_key(name);
    return !key.empty() &&
           (shelf.override_names.contains(key) || find_embedded(folder, key) != nullptr);
}

template <typename Record>
std::vector<std::string> Catalog::ids(const Shelf<Record>& shelf, std::string_view folder) const {
    std::vector<std::string> result;
    for (const EmbeddedName& name : embedded_names())
        if (name.key.starts_with(folder)) result.emplace_back(name.id);
    for (const auto& [id, file] : shelf.override_files) result.push_back(id);
    std::ranges::sort(result);
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

void Catalog::add_file(const std::string& path) {
    const JsonDocument document = parse_json(read_source(path), JsonDialect::commented);
    const std::string schema = schema_of(document);
    if (schema == device_schema) {
        Device device = read_device(document);
        const std::vector<Fault> broken = broken_invariants(device, document);
        if (!broken.empty()) throw UserError(broken.front());
        devices_.override_files[device.id] = path;
        lay_over(devices_, std::move(device));
    } else if (schema == model_schema) {
        Model model = read_model(document);
        models_.override_files[model.id] = path;
        lay_over(models_, std::move(model));
    } else {
        add_prices(read_prices(document), path);
    }
}

std::shared_ptr<const Device> Catalog::device(std::string_view name) {
    if (auto found = find(devices_, device_folder, name)) return found;
    const std::string_view bare = without_mode(name);
    if (auto found = find(devices_, device_folder, bare); found && bare != name) {
        if (found->modes.empty())
            refuse_size(found->id, bare, name.substr(bare.size() + 1), device_ids());
        Device device = in_mode(*found, name.substr(bare.size() + 1));
        auto& loaded = devices_.loaded[device.id];
        if (!loaded) loaded = std::make_shared<const Device>(std::move(device));
        return loaded;
    }
    const std::vector<std::string> all = device_ids();
    refuse_device(name, candidates(device_folder, all), all);
}

std::vector<std::shared_ptr<const Device>> Catalog::namesakes(std::string_view name) {
    std::vector<std::shared_ptr<const Device>> result;
    const std::string key = name_key(name);
    for (const std::string& id : device_ids())
        if (name_key(id).starts_with(key) && id.size() > name.size() && id[name.size()] == '-')
            result.push_back(load(devices_, device_folder, id));
    return result;
}

bool Catalog::has_model(std::string_view name) const {
    return knows(models_, model_folder, name) ||
           knows(models_, model_folder, bare_model_name(name));
}

std::shared_ptr<const Model> Catalog::model(std::string_view name) {
    if (auto found = find(models_, model_folder, name)) return found;
    if (auto found = find(models_, model_folder, bare_model_name(name))) return found;
    const std::vector<std::string> all = model_ids();
    refuse_model(name, candidates(model_folder, all));
}

DeviceRequest Catalog::split_device(std::string_view text) const {
    const std::size_t cross = text.find_last_of("xX");
    const bool whole = knows(devices_, device_folder, text);  // no name holds a mode
    if (whole || cross == std::string_view::npos || cross == 0) return {.name = std::string(text)};
    std::string_view digits = text.substr(cross + 1);
    digits.remove_prefix(std::min(digits.find_first_not_of(' '), digits.size()));
    double count = 0;
    const char* end = digits.data() + digits.size();
    const bool counted = std::from_chars(digits.data(), end, count).ptr == end && !digits.empty();
    const std::string_view name = text.substr(0, text.find_last_not_of(' ', cross - 1) + 1);
    if (!counted || !knows(devices_, device_folder, without_mode(name)))
        return {.name = std::string(text)};
    return {.name = std::string(name), .count = count};
}

std::vector<std::string> Catalog::device_ids() const { return ids(devices_, device_folder); }
std::vector<std::shared_ptr<const Device>> Catalog::all_devices() {
    std::vector<std::shared_ptr<const Device>> result;
    for (const std::string& id : device_ids()) result.push_back(load(devices_, device_folder, id));
    return result;
}

std::vector<std::string> Catalog::model_ids() const { return ids(models_, model_folder); }

std::string_view embedded_text(std::string_view path) {
    const auto found = std::ranges::find(embedded_files(), path, &EmbeddedFile::path);
    return found == embedded_files().end() ? std::string_view() : found->text;
}

std::vector<std::string_view> embedded_paths() {
    std::vector<std::string_view> paths;
    for (const EmbeddedFile& file : embedded_files())
        if (!file.path.starts_with("schema/")) paths.push_back(file.path);
    return paths;
}

}  // namespace roofline
