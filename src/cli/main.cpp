#include "roofline/error/suggest.hpp"
#include "roofline/version.hpp"

#include "command_line.hpp"
#include "output.hpp"
#include "terminal.hpp"
#include "text/formatted.hpp"

#include <cstdlib>
#include <exception>

namespace roofline::cli {
namespace {

// JSON is wanted even where the rest of the command line cannot be read.
bool wants_json(const std::vector<std::string>& words) {
    for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
        if (words[i] == "--json" || words[i] == "--format=json") return true;
        if (words[i] == "--format" && i + 1 < words.size() && words[i + 1] == "json") return true;
    }
    return false;
}

const Format& format_for(const Arguments& arguments) {
    const auto named = arguments.text("format");
    if (arguments.has("json") && named && *named != "json")
        throw UserError(
            {.code = ErrorCode::conflicting_arguments,
             .message = formatted("--json and --format {} contradict each other", *named)});
    if (arguments.has("json")) return *find_format("json");
    if (!named) {
        const Format* by_extension = format_for_extension(arguments.text("output").value_or(""));
        return by_extension != nullptr ? *by_extension : formats()[0];
    }
    if (const Format* format = find_format(*named)) return *format;
    std::vector<std::string_view> names;
    for (const Format& format : formats()) names.push_back(format.name);
    const std::string meant = did_you_mean(suggest(*named, names));
    throw UserError({.code = ErrorCode::bad_choice,
                     .message = formatted("--format: '{}' is no format", *named),
                     .hint = meant.empty()
                                 ? "it is " + join_words({names.begin(), names.end()}, "or")
                                 : meant});
}

std::string value_text(const Report& report, const std::string& path) {
    const Record root = envelope(report);
    const Value* value = value_at(root, path);
    if (value != nullptr && !value->is_null()) return raw_text(*value) + "\n";
    const std::string_view what = value == nullptr ? "there is no such value" : "is not known here";
    throw UserError({.code = ErrorCode::unknown_path,
                     .message = formatted("--get {}: {}", path, what),
                     .hint = "--json prints the whole answer"});
}

void lay_catalog_files(const Arguments& arguments, Catalog& catalog) {
    const char* list = std::getenv("ROOFLINE_CATALOG");
    std::string_view rest = list == nullptr ? std::string_view() : std::string_view(list);
    while (!rest.empty()) {
        const auto stop = std::min(rest.find(':'), rest.size());
        if (stop > 0) catalog.add_file(std::string(rest.substr(0, stop)));
        rest.remove_prefix(std::min(stop + 1, rest.size()));
    }
    for (const std::string& path : arguments.all("catalog")) catalog.add_file(path);
}

void name_overrides(const Catalog& catalog, Report& report) {
    for (const std::string& use : catalog.used_overrides())
        report.assumptions.push_back({.id = "catalog",
                                      .text = "instead of the built-in catalog",
                                      .value = use,
                                      .source = "--catalog or ROOFLINE_CATALOG"});
}

int answer(const Invocation& invocation) {
    const Arguments& arguments = invocation.arguments;
    const Format& format = format_for(arguments);
    const Page page = page_for(stdout, arguments);
    Session session;
    lay_catalog_files(arguments, session.catalog);
    Answer answer = invocation.command->run(arguments, session);
    if (!arguments.has("explain")) answer.report.derivations.clear();
    name_overrides(session.catalog, answer.report);
    const auto path = arguments.text("get");
    const std::string value = path ? value_text(answer.report, *path) : std::string();
    write_answer(arguments.text("output").value_or(""), [&](const Write& write) {
        if (path)
            write(value);
        else
            format.render(answer.report, page, write);
    });
    if (format.name != "json")
        for (const WarningNote& warning : answer.report.warnings)
            print_warning(warning, page_for(stderr, arguments));
    return answer.status;
}

std::string version_line() {
    const Catalog catalog;
    return formatted("roofline {} ({} devices, {} models)\n", version, catalog.device_ids().size(),
                     catalog.model_ids().size());
}

int run(const std::vector<std::string>& words) {
    const Invocation invocation = read_command_line(words);
    const Arguments& arguments = invocation.arguments;
    const bool no_command = invocation.command == nullptr;
    if (arguments.has("version")) {
        write_answer("", [](const Write& write) { write(version_line()); });
        return 0;
    }
    const bool help = arguments.has("help");
    if (no_command && !invocation.group.empty() && !help)
        throw UserError({.code = ErrorCode::missing_argument,
                         .message = formatted("'{}' needs a command of its own", invocation.group),
                         .hint = formatted("roofline {} --help lists them", invocation.group)});
    if (!no_command && !help) return answer(invocation);
    write_answer("", [&](const Write& write) { write(help_text(invocation)); });
    return 0;
}

int fail(const Fault& fault, bool json) {
    print_error(fault, page_for(stderr, Arguments()));
    if (!json || fault.code == ErrorCode::write_failed) return exit_status(fault.code);
    try {
        write_answer("", [&](const Write& write) { write(json_text(error_document(fault))); });
    } catch (const UserError& error) {
        return exit_status(error.fault().code);
    }
    return exit_status(fault.code);
}

}  // namespace
}  // namespace roofline::cli

int main(int argc, char** argv) {
    using namespace roofline;
    const std::vector<std::string> words(argv + 1, argv + argc);
    const bool json = cli::wants_json(words);
    try {
        return cli::run(words);
    } catch (const UserError& error) {
        return cli::fail(error.fault(), json);
    } catch (const std::exception& error) {
        return cli::fail({.code = ErrorCode::internal,
                          .message = formatted("roofline {} has a bug: {}", version, error.what()),
                          .hint = "please report it with the command line that shows it"},
                         json);
    }
}
