// Text that came from outside, and where in it something stands. Files are untrusted: size is
// bounded, a folder or an empty file is refused with a sentence, UTF-16 and BOM are read.
#pragma once

#include "roofline/error/user_error.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace roofline {

inline constexpr std::size_t largest_input_bytes = std::size_t{64} << 20;

/// Where the lines of a text begin, and how many bytes continue a character: a text with many
/// places is looked through once.
struct LineIndex {
    std::vector<std::size_t> starts;      ///< of the lines
    std::vector<std::size_t> continuing;  ///< bytes before each block that begin no character
    std::size_t looked_at = 0;            ///< bytes, so far: the work of finding places
};

/// One input: `name` is what messages show (a path, "<stdin>", or a catalog entry).
struct Source {
    std::string name;
    std::string text;
    std::vector<std::string> notes = {};  ///< leniencies taken while reading, e.g. "read as UTF-16"
    int first_line = 1;            ///< number of the text's first line, where it is part of a file
    mutable LineIndex lines = {};  ///< for locate(), when it is first asked
};

/// What a file is to a run: reports name models and baselines, which the question may not.
enum class FileRole { other, model, baseline };

struct ReadFile {
    std::string path;
    FileRole role = FileRole::other;
};

/// Reads a regular file or pipe, or stdin for "-". Throws UserError (E300) with a reason and, for a
/// missing file, names near it in its folder.
Source read_source(const std::string& path, FileRole role = FileRole::other);

/// The same of a file that an answer may overwrite.
Source look_at_source(const std::string& path);

/// What read_source() was given in this process, "-" apart: what no answer may overwrite.
std::span<const ReadFile> files_read();

/// Whether a path ends so, in whatever case: "RUNS.CSV" in ".csv".
bool has_ending(std::string_view path, std::string_view ending);

/// "a named pipe", "a device" or "a socket": what may never end, where a file names it. Empty for
/// files, folders and what is not there.
std::string_view endless_kind(const std::string& path);

/// Line, column (in characters, from 1) and snippet of the byte at `offset`.
Location locate(const Source& source, std::size_t offset);

}  // namespace roofline
