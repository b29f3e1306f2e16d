#include "written_files.hpp"

#include "input/source.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <filesystem>

namespace roofline::cli {
namespace {

namespace fs = std::filesystem;

// Without links and dots; the file itself need not be there yet.
fs::path resolved(const std::string& path) {
    std::error_code error;
    return fs::weakly_canonical(fs::absolute(path, error), error);
}

bool is_same_file(const std::string& a, const std::string& b) {
    std::error_code missing;
    if (a == b || fs::equivalent(a, b, missing)) return true;
    const fs::path place = resolved(a);
    return !place.empty() && place == resolved(b);
}

bool loses_nothing(const std::string& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    return fs::exists(status) && !fs::is_regular_file(status);
}

}  // namespace

void refuse_lost_files(std::span<const std::string> paths) {
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const std::string& path = paths[i];
        if (loses_nothing(path)) continue;
        const auto same = [&](const std::string& other) { return is_same_file(path, other); };
        if (std::ranges::any_of(files_read(), same, &ReadFile::path))
            fail(ErrorCode::conflicting_arguments,
                 formatted("'{}' is read here: it would be overwritten", path),
                 "write into another file");
        if (std::ranges::any_of(paths.first(i), same))
            fail(ErrorCode::conflicting_arguments, formatted("'{}' would be written twice", path),
                 "name another file for one of them");
    }
}

}  // namespace roofline::cli
