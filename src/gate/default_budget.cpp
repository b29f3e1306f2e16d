#include "default_budget.hpp"

#include "roofline/error/user_error.hpp"

#include "text/formatted.hpp"

#include <filesystem>

namespace roofline {

std::string default_budget(const std::string& folder) {
    const auto path_of = [&](std::string_view name) {
        return (std::filesystem::path(folder) / name).string();
    };
    // A link that leads nowhere is there: what it should lead to was meant.
    const auto is_there = [&](std::string_view name) {
        std::error_code error;
        return std::filesystem::exists(std::filesystem::symlink_status(path_of(name), error));
    };
    if (!is_there(commented_budget)) return path_of(plain_budget);
    if (is_there(plain_budget))
        fail(ErrorCode::bad_budget_value,
             formatted("{} and {} are both here: which one is meant?", path_of(plain_budget),
                       path_of(commented_budget)),
             formatted("remove one, or name it: roofline check {}", path_of(commented_budget)));
    return path_of(commented_budget);
}

}  // namespace roofline
