#include "scenario_lines.hpp"

#include "roofline/evaluate/metric.hpp"

#include "error/suggest.hpp"
#include "input/csv.hpp"
#include "input/json.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

namespace roofline {
namespace {

bool names_answer(std::string_view key) {
    return key == "line" || key == "fits" || key == "reason" || find_metric_by_key(key) != nullptr;
}

Fault unknown_field(std::string_view key) {
    std::vector<std::string> keys;
    for (const Field& field : deployment_fields()) keys.push_back(key_of(field.name));
    return {.code = ErrorCode::bad_record,
            .message = formatted("'{}' is no field of a deployment", key),
            .hint = choice_hint(key, std::vector<std::string_view>(keys.begin(), keys.end()))};
}

// Fields of a line in the making; its first fault waits until all that can be read is.
class GivenLine {
  public:
    explicit GivenLine(std::vector<GivenField>& given) : given_(given) {}

    void add(const std::string& key, std::string text, ShownField shown) {
        const Field* field = find_field(name_of_key(key));
        if (field == nullptr) return refuse(unknown_field(key));
        if (std::ranges::find(given_, field, &GivenField::field) != given_.end())
            return refuse({.code = ErrorCode::bad_record,
                           .message = formatted("'{}' is given twice", key_of(field->name))});
        given_.push_back({field, std::move(text), std::move(shown)});
    }
    void refuse(Fault fault) {
        if (!fault_) fault_ = std::move(fault);
    }
    void check() const {
        if (fault_) throw UserError(*fault_);
    }

  private:
    std::vector<GivenField>& given_;
    std::optional<Fault> fault_;
};

// Cells of CSV have no kind: what is a number there, its field says.
ShownField shown_cell(const std::string& key, const std::string& cell) {
    const Field* field = find_field(name_of_key(key));
    if (field == nullptr || !takes_numbers(field->kind)) return cell;
    double number = 0;
    const char* end = cell.data() + cell.size();
    const auto result = std::from_chars(cell.data(), end, number);
    const bool whole = result.ec == std::errc() && result.ptr == end && std::isfinite(number);
    return whole ? ShownField(number) : ShownField(cell);
}

void add_column(const std::string& key, std::vector<GivenColumn>& columns) {
    const Field* field = find_field(name_of_key(key));
    if (field == nullptr) return;
    if (std::ranges::find(columns, field, &GivenColumn::field) == columns.end())
        columns.push_back({field, key});
}

class CsvLines : public ScenarioLines {
  public:
    explicit CsvLines(Source source) : table_(std::move(source)) {
        for (const std::string& key : table_.columns()) add_column(key, columns_);
    }
    const std::vector<GivenColumn>& columns() const override { return columns_; }
    bool next(std::vector<GivenField>& given) override {
        if (!table_.next()) return false;
        GivenLine line(given);
        for (std::size_t i = 0; i < table_.cells().size(); ++i) {
            const std::string& key = table_.columns()[i];
            const std::string& cell = table_.cells()[i];
            if (!cell.empty() && !names_answer(key)) line.add(key, cell, shown_cell(key, cell));
        }
        line.check();
        return true;
    }
    int line() const override { return table_.line(); }

  private:
    CsvTable table_;
    std::vector<GivenColumn> columns_;
};

void add_member(const JsonMember& member, GivenLine& line) {
    const JsonValue& value = member.value;
    if (value.is_null() || names_answer(member.key)) return;
    if (const std::string* text = value.text()) return line.add(member.key, *text, *text);
    if (const double* number = value.number())
        return line.add(member.key, formatted("{}", *number), *number);
    if (const bool* on = value.boolean()) {
        const std::string words = *on ? "true" : "false";
        return line.add(member.key, words, words);
    }
    line.refuse({.code = ErrorCode::bad_record,
                 .message = formatted("'{}' is {}", member.key, kind_name(value)),
                 .hint = "write a number or a string, or leave it out"});
}

class JsonLines : public ScenarioLines {
  public:
    explicit JsonLines(Source source) : source_(std::move(source)) { look_for_columns(); }
    const std::vector<GivenColumn>& columns() const override { return columns_; }
    bool next(std::vector<GivenField>& given) override {
        if (!skip_empty()) return false;
        const JsonDocument document = parse_line();
        GivenLine line(given);
        for (const JsonMember& member : *document.root.object()) add_member(member, line);
        line.check();
        return true;
    }
    int line() const override { return line_; }

  private:
    // What is wrong is said when it is the line's turn.
    void look_for_columns() {
        while (skip_empty()) {
            try {
                const JsonDocument document = parse_line();
                for (const JsonMember& member : *document.root.object())
                    add_column(member.key, columns_);
            } catch (const UserError&) {
            }
        }
        at_ = 0;
        line_ = 0;
    }
    JsonDocument parse_line() {
        Source line{.name = source_.name, .text = take_line()};
        line.first_line = line_;
        JsonDocument document = parse_json(std::move(line), JsonDialect::strict);
        if (document.root.object() != nullptr) return document;
        throw UserError(
            {.code = ErrorCode::bad_record,
             .message = formatted("an object is wanted, found {}", kind_name(document.root)),
             .hint = R"(for example {"model": "llama-3.1-8b", "hw": "h100", "concurrency": 8})"});
    }
    std::string take_line() {
        const std::size_t end = std::min(source_.text.find('\n', at_), source_.text.size());
        std::string text = source_.text.substr(at_, end - at_);
        at_ = std::min(end + 1, source_.text.size());
        ++line_;
        return text;
    }
    bool skip_empty() {
        while (at_ < source_.text.size()) {
            const std::size_t end = std::min(source_.text.find('\n', at_), source_.text.size());
            const std::string_view rest(source_.text.data() + at_, end - at_);
            if (rest.find_first_not_of(" \t\r") != std::string_view::npos) return true;
            take_line();
        }
        return false;
    }

    Source source_;
    std::size_t at_ = 0;
    int line_ = 0;
    std::vector<GivenColumn> columns_;
};

// No header begins with a bracket: fields do not.
void refuse_array(const Source& source, std::size_t first) {
    if (first == std::string::npos || source.text[first] != '[') return;
    Location where = locate(source, first);
    where.snippet.clear();
    throw UserError({.code = ErrorCode::bad_record,
                     .message = "this is a JSON array, and scenarios stand one on a line",
                     .hint = "an object a line; jq -c '.[]' writes an array so",
                     .where = std::move(where)});
}

}  // namespace

bool names_lines(const std::string& word) {
    return word == "-" || has_ending(word, ".jsonl") || has_ending(word, ".csv");
}

std::unique_ptr<ScenarioLines> scenario_lines(const std::string& path) {
    return scenario_lines(read_source(path));
}

std::unique_ptr<ScenarioLines> scenario_lines(Source source) {
    const std::size_t first = source.text.find_first_not_of(" \t\r\n");
    refuse_array(source, first);
    const bool objects = first != std::string::npos &&
                         (source.text[first] == '{' || has_ending(source.name, ".jsonl"));
    if (objects) return std::make_unique<JsonLines>(std::move(source));
    return std::make_unique<CsvLines>(std::move(source));
}

}  // namespace roofline
