#include "get.hpp"

#include "roofline/error/user_error.hpp"

#include "error/suggest.hpp"
#include "report/format.hpp"
#include "text/formatted.hpp"

namespace roofline::cli {
namespace {

// "result.decode.boundd_s" is near "result.decode.bound_s": names of the deepest record reached.
std::string nearest_path(const Record& root, const std::string& path) {
    const auto cut = path.rfind('.');
    const std::string parent = cut == std::string::npos ? "" : path.substr(0, cut);
    const Value* inside = parent.empty() ? nullptr : value_at(root, parent);
    const Record* record = parent.empty()      ? &root
                           : inside == nullptr ? nullptr
                                               : std::get_if<Record>(&inside->data);
    if (record == nullptr) return parent.empty() ? "" : nearest_path(root, parent);
    std::vector<std::string_view> keys;
    for (const auto& [key, value] : record->members()) keys.emplace_back(key);
    std::vector<std::string> near =
        suggest(path.substr(cut == std::string::npos ? 0 : cut + 1), keys);
    for (std::string& key : near)
        if (!parent.empty()) key.insert(0, parent + ".");
    if (!near.empty()) return did_you_mean(near);
    return formatted("{} has {}", parent.empty() ? "the answer" : parent, joined(keys, ", "));
}

}  // namespace

std::string value_text(const Answer& answer, const std::string& path) {
    const Record root = envelope(answer.report);
    const Value* value = value_at(root, path);
    if (value != nullptr && !value->is_null()) return raw_text(*value) + "\n";
    const std::string_view what = value == nullptr ? std::string_view("there is no such value")
                                  : answer.status == Exit::ok
                                      ? std::string_view("is not known here")
                                      : std::string_view(answer.report.verdict);
    throw UserError(
        {.code = ErrorCode::unknown_path,
         .message = formatted("--get {}: {}", path, what),
         .hint = value == nullptr ? nearest_path(root, path) : "--json prints the whole answer"});
}

}  // namespace roofline::cli
