#include "source.hpp"

#include "error/suggest.hpp"
#include "text/formatted.hpp"
#include "text/printable.hpp"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace roofline {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void unreadable(const std::string& path, std::string_view why, std::string hint = {}) {
    throw UserError({.code = ErrorCode::unreadable_file,
                     .message = formatted("cannot read '{}': {}", path, why),
                     .hint = std::move(hint)});
}

std::string near_files(const fs::path& missing) {
    const fs::path folder = missing.has_parent_path() ? missing.parent_path() : fs::path(".");
    std::vector<std::string> names;
    std::error_code error;
    constexpr std::size_t most_read = 1000;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        names.push_back(entry->path().filename().string());
        if (names.size() == most_read) break;
    }
    std::ranges::sort(names);
    const std::vector<std::string_view> views(names.begin(), names.end());
    return did_you_mean(suggest(missing.filename().string(), views));
}

std::string read_all(std::FILE* file, const std::string& path) {
    std::string text;
    std::array<char, 65536> block{};
    while (const std::size_t count = std::fread(block.data(), 1, block.size(), file)) {
        text.append(block.data(), count);
        if (text.size() > largest_input_bytes)
            unreadable(path, formatted("it is larger than {} MiB", largest_input_bytes >> 20));
    }
    if (std::ferror(file) != 0) unreadable(path, std::strerror(errno));
    return text;
}

std::string read_stdin() {
    static bool taken = false;
    if (std::exchange(taken, true))
        throw UserError({.code = ErrorCode::conflicting_arguments,
                         .message = "'-' is given twice, but there is one stdin"});
    if (isatty(fileno(stdin)) == 1)
        throw UserError({.code = ErrorCode::missing_argument,
                         .message = "'-' reads stdin, which is a terminal",
                         .hint = "pipe the file in: cat config.json | roofline …"});
    return read_all(stdin, "-");
}

std::vector<ReadFile>& asked_files() {
    static std::vector<ReadFile> files;
    return files;
}

void append_utf8(std::string& text, unsigned code) {
    const auto put = [&](unsigned bits) { text += static_cast<char>(bits); };
    if (code < 0x80) return put(code);
    if (code < 0x800) {
        put(0xC0 | (code >> 6));
        return put(0x80 | (code & 0x3F));
    }
    if (code < 0x10000) {
        put(0xE0 | (code >> 12));
    } else {
        put(0xF0 | (code >> 18));
        put(0x80 | ((code >> 12) & 0x3F));
    }
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
}

// `text` holds UTF-16 with its byte-order mark; PowerShell's `>` writes such files.
std::string from_utf16(const std::string& text) {
    const bool little = text.starts_with("\xFF\xFE");
    const auto unit = [&](std::size_t i) {
        const auto first = static_cast<unsigned char>(text[i]);
        const auto second = static_cast<unsigned char>(text[i + 1]);
        return little ? first | (second << 8) : (first << 8) | second;
    };
    std::string result;
    for (std::size_t i = 2; i + 1 < text.size(); i += 2) {
        auto code = static_cast<unsigned>(unit(i));
        const bool high = code >= 0xD800 && code < 0xDC00 && i + 3 < text.size();
        if (high) {
            code =
                0x10000 + ((code - 0xD800) << 10) + (static_cast<unsigned>(unit(i + 2)) - 0xDC00);
            i += 2;
        }
        append_utf8(result, code);
    }
    return result;
}

void normalize_encoding(Source& source) {
    if (source.text.starts_with("\xEF\xBB\xBF")) {
        source.text.erase(0, 3);
        source.notes.emplace_back("byte-order mark skipped");
    } else if (source.text.starts_with("\xFF\xFE") || source.text.starts_with("\xFE\xFF")) {
        source.text = from_utf16(source.text);
        source.notes.emplace_back("read as UTF-16");
    }
}

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

File open_file(const std::string& path) {
    std::error_code error;
    if (path.find('\0') != std::string::npos) unreadable(path, "a path holds no NUL");
    const fs::file_status status = fs::status(path, error);
    // A shell's own pipes have a writer; one of another name may wait for ever.
    const bool of_a_shell = path.starts_with("/dev/") || path.starts_with("/proc/");
    if (status.type() == fs::file_type::fifo && !of_a_shell)
        unreadable(path, "it is a named pipe, and may never end",
                   "pipe it in as '-': cat PIPE | …");
    if (status.type() == fs::file_type::not_found)
        unreadable(path, "no such file", near_files(path));
    if (status.type() == fs::file_type::directory) unreadable(path, "it is a folder");
    File file(std::fopen(path.c_str(), "rb"), &std::fclose);
    if (!file) unreadable(path, std::strerror(errno));
    return file;
}

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

constexpr std::size_t block = 512;

LineIndex index_of(std::string_view text) {
    LineIndex index{.starts = {0}, .continuing = {}, .looked_at = text.size()};
    std::size_t continuing = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i % block == 0) index.continuing.push_back(continuing);
        if (text[i] == '\n') index.starts.push_back(i + 1);
        if (continues_character(text[i])) ++continuing;
    }
    index.continuing.push_back(continuing);
    return index;
}

// Bytes before `at` that begin no character.
std::size_t continuing_before(const Source& source, std::size_t at) {
    const std::size_t whole = at / block;
    const std::string_view rest = std::string_view(source.text).substr(whole * block, at % block);
    source.lines.looked_at += rest.size();
    return source.lines.continuing[whole] +
           static_cast<std::size_t>(std::ranges::count_if(rest, continues_character));
}

std::string snippet_of(std::string_view line, int line_number, int column) {
    constexpr std::size_t widest = 120;
    if (line.size() > widest) return {};
    return formatted("  {:>4} | {}\n       | {:>{}}", line_number, printable(line), "^", column);
}

Source usable(Source source, const std::string& path) {
    normalize_encoding(source);
    if (source.text.find_first_not_of(" \t\r\n") == std::string::npos)
        unreadable(path, "it is empty");
    return source;
}

}  // namespace

Source read_source(const std::string& path, FileRole role) {
    if (path != "-") {
        asked_files().push_back({path, role});
        return look_at_source(path);
    }
    return usable({.name = "<stdin>", .text = read_stdin()}, path);
}

Source look_at_source(const std::string& path) {
    const File file = open_file(path);
    return usable({.name = path, .text = read_all(file.get(), path)}, path);
}

std::span<const ReadFile> files_read() { return asked_files(); }

bool has_ending(std::string_view path, std::string_view ending) {
    if (path.size() < ending.size()) return false;
    return std::ranges::equal(
        path.substr(path.size() - ending.size()), ending,
        [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

std::string_view endless_kind(const std::string& path) {
    std::error_code error;
    const fs::file_type type = fs::status(path, error).type();
    if (type == fs::file_type::fifo) return "a named pipe";
    if (type == fs::file_type::character || type == fs::file_type::block) return "a device";
    return type == fs::file_type::socket ? "a socket" : "";
}

Location locate(const Source& source, std::size_t offset) {
    const std::string_view text(source.text);
    const std::size_t at = std::min(offset, text.size());
    if (source.lines.starts.empty()) source.lines = index_of(text);
    const std::vector<std::size_t>& starts = source.lines.starts;
    const auto next = std::ranges::upper_bound(starts, at);
    const std::size_t start = *(next - 1);
    const std::size_t stop = next == starts.end() ? text.size() : *next - 1;
    std::string_view line = text.substr(start, stop - start);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const auto number = (next - starts.begin()) - 1 + source.first_line;
    const auto column =
        at - start + 1 - (continuing_before(source, at) - continuing_before(source, start));
    Location where{
        .file = source.name, .line = static_cast<int>(number), .column = static_cast<int>(column)};
    where.snippet = snippet_of(line, where.line, where.column);
    return where;
}

}  // namespace roofline
