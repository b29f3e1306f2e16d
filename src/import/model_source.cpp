#include "roofline/import/model_source.hpp"

#include "hugging_face.hpp"
#include "input/source.hpp"

#include <filesystem>
#include <string>

namespace roofline {
namespace {

namespace fs = std::filesystem;

bool is_there(const fs::path& path) {
    std::error_code error;
    return fs::exists(path, error);
}

}  // namespace

bool is_path_like(std::string_view word) {
    if (word == "-" || word == "." || word == ".." || word.starts_with('~')) return true;
    if (has_ending(word, ".json")) return true;
    return word.find('/') != std::string_view::npos && !is_hub_id(word);
}

bool names_model_file(std::string_view word, const Catalog& catalog, const std::string& folder) {
    if (is_path_like(word)) return true;
    std::error_code error;
    const fs::path path = fs::path(folder) / word;
    if (fs::is_regular_file(path, error) || is_there(path / "config.json")) return true;
    const bool in_a_folder = word.find('/') != std::string_view::npos;
    return is_there(path) && (in_a_folder || !catalog.has_model(word));
}

std::shared_ptr<const Model> find_model(std::string_view name_or_path, Catalog& catalog,
                                        const std::string& folder,
                                        std::span<const std::string> accepted) {
    if (name_or_path.find('\0') != std::string_view::npos)
        fail(ErrorCode::unreadable_file, "a name or path holds no NUL");
    if (!names_model_file(name_or_path, catalog, folder)) return catalog.model(name_or_path);
    const bool from_stdin = name_or_path == "-";
    const std::string path =
        from_stdin ? std::string("-") : (fs::path(folder) / name_or_path).string();
    return std::make_shared<const Model>(read_hugging_face(path, accepted));
}

}  // namespace roofline
