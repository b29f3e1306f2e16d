// Files of whatever content: their bytes, JSON, CSV, and the models of Hugging Face.
#include "roofline/workload/parameters.hpp"

#include "import/hugging_face.hpp"
#include "input/csv.hpp"
#include "input/json.hpp"
#include "input/json_dialect.hpp"
#include "target.hpp"

#include <array>
#include <cmath>
#include <sys/mman.h>
#include <unistd.h>

namespace fuzz {
namespace {

using namespace roofline;

Source source(std::string_view text) { return {.name = "input", .text = std::string(text)}; }

// A file that is nowhere but in memory.
void bytes(std::string_view input) {
    static const int file = memfd_create("input", 0);
    static const std::string path = "/proc/self/fd/" + std::to_string(file);
    const bool written = ftruncate(file, 0) == 0 && pwrite(file, input.data(), input.size(), 0) ==
                                                        static_cast<ssize_t>(input.size());
    hold(written, "there is room for a file");
    const Source read = look_at_source(path);
    for (std::size_t at = 0; at <= read.text.size(); at += 1 + read.text.size() / 8) {
        const Location where = locate(read, at);
        hold(where.line >= 1 && where.column >= 1, "a place is in a line", input);
    }
}

void hold_places(const JsonValue& value, std::size_t size) {
    hold(value.offset < size, "a value stands in its file");
    if (const double* number = value.number()) hold(std::isfinite(*number), "a number is finite");
    if (const auto* array = value.array())
        for (const JsonValue& one : *array) hold_places(one, size);
    if (const auto* object = value.object())
        for (const JsonMember& member : *object) {
            hold(member.key_offset < member.value.offset, "a key stands before its value");
            hold_places(member.value, size);
        }
}

// The first byte chooses the dialect.
void json(std::string_view input) {
    if (input.empty()) return;
    const auto dialect = static_cast<JsonDialect>(static_cast<unsigned char>(input[0]) % 3);
    const std::string_view text = input.substr(1);
    if (dialect != JsonDialect::strict)
        hold(to_strict_json(text, dialect).size() == text.size(), "places keep their meaning",
             text);
    const JsonDocument document = parse_json(source(text), dialect);
    hold_places(document.root, document.source.text.size());
}

void csv(std::string_view text) {
    CsvTable table(source(text));
    for (int line = 0; table.next(); line = table.line()) {
        hold(table.line() > line, "rows go on", text);
        hold(table.cells().size() == table.columns().size(), "a row is as wide as the header",
             text);
        if (!table.columns().empty()) {
            table.text(table.columns().front());
            const auto number = table.number(table.columns().back());
            hold(!number || (std::isfinite(*number) && *number >= 0), "a number is one", text);
        }
    }
    table.unread_columns();
}

// A line of its own, "----", parts the configuration from what stands beside it.
void config(std::string_view text) {
    const std::size_t line = text.find("\n----\n");
    std::optional<Source> beside;
    if (line != std::string_view::npos) beside = source(text.substr(line + 6));
    const Model model = read_hugging_face(source(text.substr(0, line)), std::move(beside));
    hold(!model.layers.empty() && model.hidden >= 1, "a model has layers", text);
    const double all = roofline::parameters(model).total();
    hold(std::isfinite(all) && all > 0, "a model has parameters", text);
}

constexpr std::array targets{Target{"bytes", bytes}, Target{"json", json}, Target{"csv", csv},
                             Target{"config", config}};

}  // namespace

std::span<const Target> file_targets() { return targets; }

}  // namespace fuzz
