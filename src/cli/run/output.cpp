#include "output.hpp"

#include "ci_outputs.hpp"
#include "draft.hpp"
#include "report/command_lines.hpp"
#include "report/humanize.hpp"
#include "report/wrapped_lines.hpp"
#include "text/formatted.hpp"
#include "text/printable.hpp"
#include "written_files.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <limits>
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

// A page without a width has lines of any length.
int page_width(const Page& page) {
    return page.width == 0 ? std::numeric_limits<int>::max() : page.width;
}

// Lines of at most the page's width, where it has one; commands among them can be pasted.
std::string fitted(std::string_view text, std::size_t indent, const Page& page) {
    if (page.width == 0) return std::string(text);
    const auto start = std::min(text.find_first_not_of(' '), text.size());
    const bool is_command = text.substr(start).starts_with("roofline ") && start > 0;
    const auto lines = is_command ? command_lines(text.substr(start), page.width, start)
                                  : wrapped_lines(text, page.width, indent);
    std::string result;
    for (const std::string& line : lines) result += (result.empty() ? "" : "\n") + line;
    return result;
}

// Lists of choices have lines of their own; none of them looks like another message.
std::string hanging(std::string_view label, std::string_view text, const Page& page) {
    std::string result;
    std::string lines = printable_lines(text);
    std::string_view rest = lines;
    std::string line = std::string(label) + " ";
    for (;;) {
        const std::size_t stop = std::min(rest.find('\n'), rest.size());
        line += rest.substr(0, stop);
        result += fitted(line, 4, page);
        if (stop == rest.size()) return result;
        rest.remove_prefix(stop + 1);
        result += '\n';
        line = rest.starts_with(' ') ? "" : "  ";
    }
}

std::string paint(std::string_view text, std::string_view escape, const Page& page) {
    if (page.colour == Colour::off) return std::string(text);
    return formatted("\x1b[{}m{}\x1b[0m", escape, text);
}

// The label is painted, and the text wrapped behind it.
std::string labelled(std::string_view label, std::string_view escape, std::string_view text,
                     const Page& page) {
    const std::string whole = hanging(label, text, page);
    const std::size_t start = label.find_first_not_of(' ');
    return std::string(label.substr(0, start)) + paint(label.substr(start), escape, page) +
           whole.substr(label.size()) + "\n";
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
    const std::string label = formatted("error[{}]:", code_name(fault.code));
    std::string text = labelled(label, "1;31", printable(message_text(fault)), page);
    if (!fault.where.snippet.empty()) text += printable_lines(fault.where.snippet) + "\n";
    if (!fault.hint.empty()) text += labelled("  hint:", "36", fault.hint, page);
    if (!fault.next.empty()) {
        const std::string command = printable("roofline " + fault.next);
        if (fault.hint.empty()) text += "  " + paint("hint:", "36", page) + "\n";
        for (const std::string& line : command_lines(command, page_width(page), 4))
            text += line + "\n";
    }
    print(text, page);
}

void print_warning(const WarningNote& warning, const Page& page) {
    const std::string message = printable(warning.message);
    if (warning.severity == Severity::note)
        return print(paint(fitted("note: " + message, 2, page), "2", page) + "\n", page);
    print(labelled(formatted("warning[{}]:", warning.code), "33", message, page), page);
}

void print_text(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); }

void print_note(const std::string& text, const Page& page) { print(printable(text) + "\n", page); }

}  // namespace roofline::cli
