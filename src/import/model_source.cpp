#include "roofline/import/model_source.hpp"

#include "hugging_face.hpp"

#include <filesystem>
#include <string>

namespace roofline {

std::shared_ptr<const Model> find_model(std::string_view name_or_path, Catalog& catalog) {
    const std::string text(name_or_path);
    const bool like_a_path = text.starts_with("./") || text.starts_with("/") ||
                             text.starts_with("../") || text.ends_with(".json") || text == "-";
    std::error_code error;
    const std::filesystem::path path(text);
    const bool is_config = std::filesystem::is_regular_file(path, error) ||
                           std::filesystem::exists(path / "config.json", error);
    const bool unknown = std::filesystem::exists(path, error) && !catalog.has_model(text);
    if (like_a_path || is_config || unknown)
        return std::make_shared<const Model>(read_hugging_face(text));
    return catalog.model(text);
}

}  // namespace roofline
