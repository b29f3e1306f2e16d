#include "run.hpp"

#include "roofline/version.hpp"

#include "answer.hpp"
#include "answer/fault_record.hpp"
#include "ci_outputs.hpp"
#include "cli/line/command_line.hpp"
#include "cli/line/flag_words.hpp"
#include "cli/line/global_flags.hpp"
#include "cli/line/help/help.hpp"
#include "cli/line/unknown_words.hpp"
#include "error/dialect.hpp"
#include "error/suggest.hpp"
#include "get.hpp"
#include "interrupt.hpp"
#include "output.hpp"
#include "session.hpp"
#include "terminal.hpp"
#include "text/formatted.hpp"
#include "used.hpp"
#include "written_files.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>

namespace roofline::cli {
namespace {

// Before anything is worked out or written.
void refuse_without_picture(const Command& command, const Format& format) {
    if (format.subject == Subject::answer || command.draws == Draws::pictures) return;
    std::vector<std::string> drawing;
    for (const Command* other : commands())
        if (other->draws == Draws::pictures)
            drawing.push_back(formatted("roofline {}", other->path));
    fail(ErrorCode::bad_choice,
         formatted("--format {}: '{}' draws no picture", format.name, command.path),
         formatted("{} does", join_words(drawing, "or")));
}

void lay_catalog_files(const Arguments& arguments, Catalog& catalog) {
    const char* list = std::getenv("ROOFLINE_CATALOG");
    std::string_view rest = list == nullptr ? std::string_view() : std::string_view(list);
    while (!rest.empty()) {
        const auto stop = std::min(rest.find(':'), rest.size());
        if (stop > 0) catalog.add_file(std::string(rest.substr(0, stop)));
        rest.remove_prefix(std::min(stop + 1, rest.size()));
    }
    for (const std::string& path : arguments.all(global::catalog)) catalog.add_file(path);
    for (const std::string& path : arguments.all(global::prices)) catalog.add_price_file(path);
}

// Faults are said as the command's user writes fields.
Answer answered(const Invocation& invocation, Session& session) {
    try {
        lay_catalog_files(invocation.arguments, session.catalog);
        return invocation.command->run(invocation.arguments, session);
    } catch (const UserError& error) {
        throw UserError(in_dialect(error.fault(), invocation.command->dialect));
    }
}

// What a session has to add to the answer of a command.
Answer answer_of(const Invocation& invocation, Session& session) {
    Answer answer = answered(invocation, session);
    if (!invocation.arguments.has(global::explain)) answer.report.derivations.clear();
    name_used(session.catalog, answer.report);
    std::ranges::move(session.notes, std::back_inserter(answer.report.warnings));
    session.notes.clear();  // rows that are made later have their own
    if (answer.finish) answer.finish(answer);
    return answer;
}

// Before anything is written: a run that would lose a file leaves all of them as they are.
void refuse_losses(const Answer& answer, const std::string& output) {
    std::vector<std::string> paths;
    for (const SideFile& side : answer.files) paths.push_back(side.path);
    if (answer.summary) paths.push_back(answer.summary->path);
    if (!output.empty() && output != "-") paths.push_back(output);
    refuse_lost_files(paths);
}

bool is_stream(const std::string& path) {
    return path.empty() || path == "-" || path.starts_with("/dev/");
}

// A runner reads what goes into a stream, and no file.
void write_guarded_answer(const std::string& path, Markup markup, const Render& render) {
    write_answer(path, [&](const Write& write) {
        if (!is_stream(path)) return render(write);
        write_guarded(render, markup, write);
    });
}

// Each file is tried, and the first failure says how the run ends.
int write_side_files(const Answer& answer, const Page& page) {
    int status = 0;
    for (const SideFile& side : answer.files) {
        try {
            write_guarded_answer(side.path, side.markup,
                                 [&](const Write& write) { write(side.text); });
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

// The answer itself, or the one value of it that was asked for.
void render_main(const Answer& answer, const std::optional<std::string>& value,
                 const Format& format, const Page& page, const Write& write) {
    if (value)
        write(*value);
    else if (answer.document)
        write(*answer.document);
    else if (format.markup == Markup::markdown && answer.comment)
        write(markdown_text(answer));
    else
        format.render(answer.report, page, write);
}

void write_main(const Answer& answer, const std::optional<std::string>& value,
                const std::string& output, const Format& format, const Page& page) {
    const Markup markup = value ? Markup::text : answer.document ? Markup::json : format.markup;
    write_guarded_answer(output, markup, [&](const Write& write) {
        render_main(answer, value, format, page, write);
        if (interrupted() != 0 && !is_stream(output)) throw Interrupted();
    });
}

// To stdout where people read it; where a program does, beside it. They come first: nothing that is
// written can keep a runner from obeying them.
void write_annotations(const Answer& answer, bool for_people) {
    if (answer.annotations.empty()) return;
    if (!for_people) return print_text(answer.annotations);
    write_answer("", [&](const Write& write) { write(answer.annotations); });
}

// How words were understood comes before the answer; what is to be doubted, after it.
void print_notes(const std::vector<WarningNote>& notes, Severity severity, const Page& page) {
    for (const WarningNote& note : notes)
        if (note.severity == severity) print_warning(note, page);
}

// An interrupted run says so, whatever its rows had met before.
int end_run(const Ending& ending, const Page& page) {
    for (const WarningNote& note : ending.notes) print_warning(note, page);
    for (const Fault& fault : ending.faults) print_error(fault, page);
    if (!ending.more.empty()) print_note(ending.more, page);
    return interrupted() != 0 ? interrupted() : static_cast<int>(ending.status);
}

int answer(const Invocation& invocation) {
    const Arguments& arguments = invocation.arguments;
    const Format& format = format_from(arguments);
    refuse_without_picture(*invocation.command, format);
    const Page page = page_for(stdout, arguments);
    Session session;
    const Answer answer = answer_of(invocation, session);
    const auto path = arguments.text(global::get);
    const auto value = path ? std::optional(value_text(answer, *path)) : std::nullopt;
    const std::string output = arguments.text(global::output).value_or("");
    refuse_losses(answer, output);
    const Page beside = page_for_messages(arguments);
    const bool notes = format.name != "json";
    if (notes) print_notes(answer.report.warnings, Severity::note, beside);
    const int side_status = write_side_files(answer, beside);
    write_annotations(answer, format.name == "table" && !value && !arguments.has(global::output));
    write_main(answer, value, output, format, page);
    if (value && answer.status != Exit::ok) print_note(answer.report.verdict, beside);
    if (notes) print_notes(answer.report.warnings, Severity::warning, beside);
    const int status =
        answer.ending ? end_run(answer.ending(), beside) : static_cast<int>(answer.status);
    return side_status != 0 ? side_status : status;
}

// Of check the schema is that of its question, unless its answer is asked for.
bool asks_for_answer_schema(const Invocation& invocation) {
    if (!invocation.arguments.has(global::schema)) return false;
    return invocation.command->path != "check" || format_from(invocation.arguments).name == "json";
}

std::string_view answer_schema(const Command& command) {
    std::string name(command.path);
    std::ranges::replace(name, ' ', '-');
    return embedded_text(formatted("schema/{}-1.json", name));
}

std::string version_line() {
    const Catalog catalog;
    return formatted("roofline {} ({} devices, {} models)\n", version, catalog.device_ids().size(),
                     catalog.model_ids().size());
}

}  // namespace

int run(const std::vector<std::string>& words) {
    const Invocation invocation = read_command_line(words);
    const bool no_command = invocation.command == nullptr;
    if (invocation.arguments.has(global::version)) {
        write_answer("", [](const Write& write) { write(version_line()); });
        return 0;
    }
    const bool help = invocation.arguments.has(global::help);
    if (no_command && !help && !words.empty()) refuse_no_command(invocation.group);
    if (!no_command && !help && asks_for_answer_schema(invocation)) {
        write_answer(invocation.arguments.text(global::output).value_or(""),
                     [&](const Write& write) { write(answer_schema(*invocation.command)); });
        return 0;
    }
    if (!no_command && !help) return answer(invocation);
    const Page page = page_for(stdout, invocation.arguments);
    write_answer("", [&](const Write& write) { write(help_text(invocation, page)); });
    return 0;
}

int fail_run(const Fault& met, const std::vector<std::string>& words) {
    const Fault fault = in_dialect(met, Dialect::flags);
    const Arguments globals = readable_globals(words);
    const bool json = globals.has(global::json) || globals.text(global::format) == "json";
    const int status = static_cast<int>(exit_status(fault.code));
    print_error(fault, page_for_messages(globals));
    if (!json || fault.code == ErrorCode::write_failed) return status;
    try {
        write_answer("", [&](const Write& write) {
            write_guarded([&](const Write& text) { text(json_text(fault_record(fault))); },
                          Markup::json, write);
        });
    } catch (const UserError& error) {
        return static_cast<int>(exit_status(error.fault().code));
    }
    return status;
}

}  // namespace roofline::cli
