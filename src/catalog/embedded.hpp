// The catalog's files inside the binary, and the index of the names in them.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace roofline {

struct EmbeddedFile {
    std::string_view path;  ///< below data/, e.g. "devices/h100-sxm.json"
    std::string_view text;

    /// The size is known from the literal, and is not counted at compile time.
    template <std::size_t N>
    constexpr EmbeddedFile(std::string_view file,
                           const char (&literal)[N])  // NOLINT(modernize-avoid-c-arrays)
        : path(file), text(literal, N - 1) {}
};

/// `key` is "devices/" or "models/" and the name as name_key() leaves it. Sorted by key.
struct EmbeddedName {
    std::string_view key;
    std::string_view id;
    std::size_t file;
};

std::span<const EmbeddedFile> embedded_files();
std::span<const EmbeddedName> embedded_names();

}  // namespace roofline
