#include "repository_path.hpp"

#include "roofline/error/user_error.hpp"

#include "text/formatted.hpp"

#include <filesystem>

namespace roofline {
namespace {

namespace fs = std::filesystem;

// Empty where there is none. A work tree has a file of that name.
fs::path repository_of(const fs::path& path) {
    std::error_code error;
    for (fs::path folder = path.parent_path();; folder = folder.parent_path()) {
        if (fs::exists(folder / ".git", error)) return folder;
        if (folder == folder.parent_path()) return {};
    }
}

}  // namespace

std::string repository_path(const std::string& path, const std::string& base) {
    std::error_code error;
    const fs::path whole = fs::absolute(path, error).lexically_normal();
    if (error || path.starts_with('<')) return path;  // "<stdin>" is nowhere
    const fs::path root =
        base.empty() ? repository_of(whole) : fs::absolute(base, error).lexically_normal();
    if (error) return path;
    const fs::path inside = root.empty() ? fs::path() : whole.lexically_relative(root);
    const bool outside = inside.empty() || inside == "." || *inside.begin() == "..";
    if (!outside) return inside.generic_string();
    return path.starts_with("./") ? fs::path(path).lexically_normal().generic_string() : path;
}

std::string base_folder(const std::string& folder, std::string_view label) {
    std::error_code error;
    if (!fs::is_directory(folder, error))
        fail(ErrorCode::bad_choice, formatted("{}: '{}' is no folder", label, folder),
             "name the folder that the repository is checked out into");
    return folder;
}

}  // namespace roofline
