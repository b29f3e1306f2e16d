// The formats a report can be written in. `formats` is the only list of them.
#pragma once

#include "report.hpp"
#include "text/workflow.hpp"

#include <array>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace roofline {

enum class Charset { unicode, ascii };
enum class Colour { off, on };

/// What the reader's page can show. Machine formats ignore it.
struct Page {
    int width = 80;
    Charset charset = Charset::unicode;
    Colour colour = Colour::off;
    bool why = false;  ///< all that an answer rests on, and every row
};

using Write = std::function<void(std::string_view)>;

/// What of an answer a format is about.
enum class Subject { answer, picture };

struct Format {
    std::string_view name;
    std::string_view extension;  ///< of a file that gets this format unless another is named
    std::string_view help;
    void (*render)(const Report&, const Page&, const Write&);
    Subject subject = Subject::answer;
    Markup markup = Markup::text;  ///< how it spells what must not stand as itself
};

/// Their names, in the order of formats().
inline constexpr std::array<std::string_view, 6> format_names{"table", "json", "jsonl",
                                                              "csv",   "md",   "svg"};

std::span<const Format> formats();
const Format* find_format(std::string_view name);
/// By the end of `path`, upper or lower case; nullptr when it is no format's.
const Format* format_for_extension(std::string_view path);

/// The whole answer as one value: schema, inputs, result, assumptions, warnings.
Record envelope(const Report& report);

/// The text that `--get` prints for a value: numbers in full, strings bare and printable, the rest
/// as JSON.
std::string raw_text(const Value& value);

/// Pretty-printed JSON of any value, with a newline at the end.
std::string json_text(const Value& value);

}  // namespace roofline
