#include "roofline/version.hpp"

#include "cli/line/command_line.hpp"
#include "cli/run/get.hpp"
#include "cli/run/interrupt.hpp"
#include "cli/run/output.hpp"
#include "cli/run/terminal.hpp"
#include "cli/run/written_files.hpp"
#include "error/choice.hpp"
#include "error/suggest.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iterator>

namespace roofline::cli {
namespace {

// How an error is to be written, even where the rest of the command line cannot be read.
struct ErrorStyle {
    bool json = false;
    Arguments page;  ///< --ascii, --color
};

ErrorStyle error_style(const std::vector<std::string>& words) {
    ErrorStyle style;
    for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
        const std::string& word = words[i];
        const std::string next = i + 1 < words.size() ? words[i + 1] : "";
        style.json |=
            word == "--json" || word == "--format=json" || (word == "--format" && next == "json");
        if (word == "--ascii") style.page.add_flag("ascii", "true");
        for (const std::string_view when : {"always", "never"})
            if (word == formatted("--color={}", when) || (word == "--color" && next == when))
                style.page.add_flag("color", std::string(when));
    }
    return style;
}

const Format& format_of_file(const std::string& path) {
    if (const Format* format = format_for_extension(path)) return *format;
    const std::string extension = std::filesystem::path(path).extension().string();
    if (extension.empty()) return formats()[0];
    std::vector<std::string> known;
    for (const Format& format : formats()) known.emplace_back(format.extension);
    throw UserError(
        {.code = ErrorCode::bad_choice,
         .message = formatted("--output: no format is written to '{}' files", extension),
         .hint = formatted("name the file {}, or add --format", join_words(known, "or"))});
}

const Format& format_for(const Arguments& arguments) {
    const auto named = arguments.text("format");
    if (arguments.has("json") && named && *named != "json")
        throw UserError(
            {.code = ErrorCode::conflicting_arguments,
             .message = formatted("--json and --format {} contradict each other", *named)});
    if (arguments.has("json")) return *find_format("json");
    if (!named) return format_of_file(arguments.text("output").value_or(""));
    return formats()[choice(*named, "--format", "format", names_of(formats(), &Format::name))];
}

// Before anything is worked out or written.
void refuse_without_picture(const Command& command, const Format& format) {
    if (format.subject == Subject::answer || command.draws == Draws::pictures) return;
    std::vector<std::string> drawing;
    for (const Command& other : commands())
        if (other.draws == Draws::pictures) drawing.push_back(formatted("roofline {}", other.path));
    throw UserError(
        {.code = ErrorCode::bad_choice,
         .message = formatted("--format {}: '{}' draws no picture", format.name, command.path),
         .hint = formatted("{} does", join_words(drawing, "or"))});
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
    for (const std::string& path : arguments.all("prices")) catalog.add_price_file(path);
}

void name_overrides(const Catalog& catalog, Report& report) {
    for (const std::string& use : catalog.used_overrides())
        report.assumptions.push_back({.id = "catalog",
                                      .text = "instead of the built-in catalog",
                                      .value = use,
                                      .source = "--catalog, --prices or ROOFLINE_CATALOG"});
}

// Before anything is written: a run that would lose a file leaves all of them as they are.
void refuse_losses(const Answer& answer, const std::string& output) {
    std::vector<std::string> paths;
    for (const SideFile& side : answer.files) paths.push_back(side.path);
    if (answer.summary) paths.push_back(answer.summary->path);
    if (!output.empty() && output != "-") paths.push_back(output);
    refuse_lost_files(paths);
}

// Each file is tried, and the first failure says how the run ends.
int write_side_files(const Answer& answer, const Page& page) {
    int status = 0;
    for (const SideFile& side : answer.files) {
        try {
            write_answer(side.path, [&](const Write& write) { write(side.text); });
        } catch (const UserError& error) {
            print_error(error.fault(), page);
            status = static_cast<int>(exit_status(error.fault().code));
        }
    }
    if (!answer.summary) return status;
    try {
        append_to_file(answer.summary->path, answer.summary->text);
    } catch (const UserError& error) {
        print_warning({"W351", error.fault().message}, page);
    }
    return status;
}

// To stdout where people read it; where a program does, beside it.
void write_annotations(const Answer& answer, bool for_people) {
    if (answer.annotations.empty()) return;
    if (!for_people) return print_text(answer.annotations);
    write_answer("", [&](const Write& write) { write(answer.annotations); });
}

int end_run(const Ending& ending, const Page& page) {
    for (const WarningNote& note : ending.notes) print_warning(note, page);
    for (const Fault& fault : ending.faults) print_error(fault, page);
    if (!ending.more.empty()) print_note(ending.more, page);
    return ending.status;
}

int answer(const Invocation& invocation) {
    const Arguments& arguments = invocation.arguments;
    const Format& format = format_for(arguments);
    refuse_without_picture(*invocation.command, format);
    const Page page = page_for(stdout, arguments);
    Session session;
    lay_catalog_files(arguments, session.catalog);
    Answer answer = invocation.command->run(arguments, session);
    if (!arguments.has("explain")) answer.report.derivations.clear();
    name_overrides(session.catalog, answer.report);
    std::ranges::move(session.notes, std::back_inserter(answer.report.warnings));
    session.notes.clear();  // rows that are made later have their own
    const auto path = arguments.text("get");
    const std::string value = path ? value_text(answer, *path) : std::string();
    const std::string output = arguments.text("output").value_or("");
    refuse_losses(answer, output);
    const int side_status = write_side_files(answer, page_for(stderr, arguments));
    write_answer(output, [&](const Write& write) {
        if (path)
            write(value);
        else if (answer.document)
            write(*answer.document);
        else
            format.render(answer.report, page, write);
        const bool to_file = !output.empty() && output != "-";
        if (interrupted() != 0 && to_file) throw Interrupted();
    });
    const bool for_people = format.name == "table" && !path && !arguments.has("output");
    write_annotations(answer, for_people);
    const bool negative = path && answer.status != Exit::ok;
    if (negative) print_note(answer.report.verdict, page_for(stderr, arguments));
    if (format.name != "json")
        for (const WarningNote& warning : answer.report.warnings)
            print_warning(warning, page_for(stderr, arguments));
    const int status = answer.ending ? end_run(answer.ending(), page_for(stderr, arguments))
                                     : static_cast<int>(answer.status);
    return side_status != 0 ? side_status : status;
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

int fail(const Fault& fault, const ErrorStyle& style) {
    print_error(fault, page_for(stderr, style.page));
    const auto status_of = [](const Fault& told) {
        return static_cast<int>(exit_status(told.code));
    };
    if (!style.json || fault.code == ErrorCode::write_failed) return status_of(fault);
    try {
        write_answer("", [&](const Write& write) { write(json_text(error_document(fault))); });
    } catch (const UserError& error) {
        return status_of(error.fault());
    }
    return status_of(fault);
}

}  // namespace
}  // namespace roofline::cli

int main(int argc, char** argv) {
    using namespace roofline;
    const std::vector<std::string> words(argv + 1, argv + argc);
    const cli::ErrorStyle style = cli::error_style(words);
    try {
        return cli::run(words);
    } catch (const UserError& error) {
        return cli::fail(error.fault(), style);
    } catch (const cli::Interrupted&) {
        return cli::interrupted();
    } catch (const std::exception& error) {
        return cli::fail({.code = ErrorCode::internal,
                          .message = formatted("roofline {} has a bug: {}", version, error.what()),
                          .hint = "please report it with the command line that shows it"},
                         style);
    }
}
