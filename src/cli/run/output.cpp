#include "output.hpp"

#include "ci_outputs.hpp"
#include "draft.hpp"
#include "report/humanize.hpp"
#include "report/terminal/typed_lines.hpp"
#include "text/formatted.hpp"
#include "text/printable.hpp"
#include "written_files.hpp"

#include <cstdio>
#include <filesystem>
#include <memory>

namespace roofline::cli {
namespace {

namespace fs = std::filesystem;
using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

void render_to(std::FILE* file, const std::string& shown_path, const Render& render) {
    render([&](std::string_view text) {
        if (std::fwrite(text.data(), 1, text.size(), file) != text.size()) write_failed(shown_path);
    });
    if (std::fflush(file) != 0) write_failed(shown_path);
}

File open_for_writing(const std::string& path, const std::string& shown_path,
                      const char* mode = "wb") {
    File file(std::fopen(path.c_str(), mode), &std::fclose);
    if (!file) write_failed(shown_path);
    return file;
}

void close_checked(File file, const std::string& shown_path) {
    if (std::fclose(file.release()) != 0) write_failed(shown_path);
}

// Rows may have read more files by then: what a run reads it does not overwrite.
void replace_file(const std::string& path, const std::string& shown, const Render& render) {
    Draft draft(end_of_links(path, shown), shown);
    render_to(draft.file(), shown, render);
    refuse_lost_files({&path, 1});
    draft.put_in_place();
}

// Lists of choices have lines of their own; none of them looks like another message.
std::string hanging(std::string_view text) {
    std::string result;
    for (const char c : printable_lines(text)) {
        const bool begins = result.ends_with('\n') && c != ' ';
        result += begins ? std::string(2, ' ') + c : std::string(1, c);
    }
    return result;
}

std::string paint(std::string_view text, std::string_view escape, const Page& page) {
    if (page.colour == Colour::off) return std::string(text);
    return formatted("\x1b[{}m{}\x1b[0m", escape, text);
}

// In the forms of printable(); escape sequences are ours alone.
void print(std::string text, const Page& page) {
    if (page.charset == Charset::ascii) text = to_ascii(text);
    write_guarded([&](const Write& write) { write(text); }, Markup::text,
                  [](std::string_view part) { print_text(part); });
}

}  // namespace

void write_answer(const std::string& path, const Render& render) {
    if (path.empty() || path == "-") return render_to(stdout, "the answer", render);
    const std::string shown = "'" + path + "'";
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    const bool special = fs::exists(status) && !fs::is_regular_file(status);
    if (!special) return replace_file(path, shown, render);
    File file = open_for_writing(path, shown);
    render_to(file.get(), shown, render);
    close_checked(std::move(file), shown);
}

void append_to_file(const std::string& path, std::string_view text) {
    const std::string shown = "'" + path + "'";
    File file = open_for_writing(path, shown, "ab");
    render_to(file.get(), shown, [&](const Write& write) { write(text); });
    close_checked(std::move(file), shown);
}

void print_error(const Fault& fault, const Page& page) {
    std::string text = paint(formatted("error[{}]:", code_name(fault.code)), "1;31", page) + " " +
                       printable(message_text(fault)) + "\n";
    if (!fault.where.snippet.empty()) text += printable_lines(fault.where.snippet) + "\n";
    if (!fault.hint.empty() || !fault.next.empty())
        text += "  " + paint("hint:", "36", page) + (fault.hint.empty() ? "" : " ") +
                hanging(fault.hint) + "\n";
    if (!fault.next.empty())
        for (const std::string& line :
             typed_lines(printable("roofline " + fault.next), page.width))
            text += "  " + line + "\n";
    print(text, page);
}

void print_warning(const WarningNote& warning, const Page& page) {
    const std::string label = warning.severity == Severity::note
                                  ? std::string("note:")
                                  : formatted("warning[{}]:", warning.code);
    print(paint(label, "33", page) + " " + printable(warning.message) + "\n", page);
}

void print_text(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); }

void print_note(const std::string& text, const Page& page) { print(printable(text) + "\n", page); }

}  // namespace roofline::cli
