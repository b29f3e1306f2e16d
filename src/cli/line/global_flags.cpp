#include "global_flags.hpp"

#include "roofline/error/user_error.hpp"

#include "error/suggest.hpp"
#include "text/formatted.hpp"

#include <filesystem>

namespace roofline::cli {
namespace {

const Format& format_of_file(const std::string& path) {
    if (const Format* format = format_for_extension(path)) return *format;
    const std::string extension = std::filesystem::path(path).extension().string();
    if (extension.empty()) return formats()[0];
    std::vector<std::string> known;
    for (const Format& format : formats()) known.emplace_back(format.extension);
    fail(ErrorCode::bad_choice,
         formatted("--output: no format is written to '{}' files", extension),
         formatted("name the file {}, or add --format", join_words(known, "or")));
}

}  // namespace

std::span<const Flag> global_flags() {
    static constexpr std::array flags{
        global::output,  global::format, global::json,    global::get,    global::why,
        global::explain, global::schema, global::catalog, global::prices, global::color,
        global::width,   global::ascii,  global::help,    global::version};
    return flags;
}

const Format& format_from(const Arguments& arguments) {
    const auto named = arguments.text(global::format);
    if (arguments.has(global::json)) {
        if (named && *named != "json")
            fail(ErrorCode::conflicting_arguments,
                 formatted("--json and --format {} contradict each other", *named));
        return *find_format("json");
    }
    if (named) return formats()[arguments.choice(global::format, 0)];
    return format_of_file(arguments.text(global::output).value_or(""));
}

}  // namespace roofline::cli
