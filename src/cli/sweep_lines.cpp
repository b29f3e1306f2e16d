#include "sweep_lines.hpp"

#include "roofline/error/suggest.hpp"
#include "roofline/input/csv.hpp"
#include "roofline/input/json.hpp"

#include "deployment_flags.hpp"
#include "interrupt.hpp"
#include "sweep_rows.hpp"
#include "sweep_space.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace roofline::cli {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;  // as they were written

const Field& field_of(std::string_view key) {
    if (const Field* field = find_field(name_of_key(key))) return *field;
    std::vector<std::string> keys;
    for (const Field& field : deployment_fields()) keys.push_back(key_of(field.name));
    fail(ErrorCode::bad_record, formatted("'{}' is no field of a deployment", key),
         choice_hint(key, std::vector<std::string_view>(keys.begin(), keys.end())));
}

// Lines one after another; a bad one does not end them.
class Lines {
  public:
    virtual ~Lines() = default;
    virtual const std::vector<std::string>& keys() const = 0;
    /// The next line's pairs and number; false at the end. Throws UserError for a bad one.
    virtual bool next(Pairs& pairs) = 0;
    virtual int line() const = 0;
};

class CsvLines : public Lines {
  public:
    explicit CsvLines(Source source) : table_(std::move(source)), keys_(table_.columns()) {}
    const std::vector<std::string>& keys() const override { return keys_; }
    bool next(Pairs& pairs) override {
        if (!table_.next()) return false;
        for (const std::string& key : keys_)
            if (const auto text = table_.text(key)) pairs.emplace_back(key, *text);
        return true;
    }
    int line() const override { return table_.line(); }

  private:
    CsvTable table_;
    std::vector<std::string> keys_;
};

std::string scalar_text(const JsonMember& member) {
    if (const std::string* text = member.value.text()) return *text;
    if (const double* number = member.value.number()) return formatted("{}", *number);
    fail(ErrorCode::bad_record, formatted("'{}' is {}", member.key, kind_name(member.value)),
         "write a number or a string, or leave it out");
}

class JsonLines : public Lines {
  public:
    explicit JsonLines(Source source) : source_(std::move(source)) {
        const std::size_t at = at_;
        Pairs first;
        if (!skip_empty()) return;
        try {
            next(first);
        } catch (const UserError&) {  // said when it is its turn
        }
        for (const auto& [key, text] : first) keys_.push_back(key);
        at_ = at;
        line_ = 0;
    }
    const std::vector<std::string>& keys() const override { return keys_; }
    bool next(Pairs& pairs) override {
        if (!skip_empty()) return false;
        const JsonDocument document =
            parse_json({.name = source_.name, .text = take_line()}, Dialect::strict);
        if (document.root.object() == nullptr)
            fail(ErrorCode::bad_record,
                 formatted("an object is wanted, found {}", kind_name(document.root)),
                 R"(for example {"model": "llama-3.1-8b", "hw": "h100", "concurrency": 8})");
        for (const JsonMember& member : *document.root.object())
            if (!member.value.is_null()) pairs.emplace_back(member.key, scalar_text(member));
        return true;
    }
    int line() const override { return line_; }

  private:
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
    std::vector<std::string> keys_;
};

std::unique_ptr<Lines> lines_of(const std::string& path) {
    Source source = read_source(path);
    const std::size_t first = source.text.find_first_not_of(" \t\r\n");
    const bool objects =
        first != std::string::npos && (source.text[first] == '{' || path.ends_with(".jsonl"));
    if (objects) return std::make_unique<JsonLines>(std::move(source));
    return std::make_unique<CsvLines>(std::move(source));
}

// What is shared by the rows, which are made while they are written, and the end of the run.
struct Run {
    std::unique_ptr<Lines> lines;
    std::string file;
    Deployment base;
    Knowledge knowledge;
    Basis basis;
    Ending ending = {};

    PointAnswer answer(const Pairs& pairs, Session& session) const {
        Deployment deployment = base;
        for (const auto& [key, text] : pairs)
            set_field(deployment, field_of(key).name, text, session);
        if (!deployment.model || !deployment.device)
            fail(ErrorCode::bad_record,
                 formatted("no {} is named", deployment.model ? "hw" : "model"),
                 R"(add "model" and "hw")");
        refuse_two_kinds(deployment, {});
        resolve_price(deployment, session.catalog);
        return answer_of(evaluate(deployment, knowledge), basis);
    }

    PointAnswer bad_line(Fault fault) {
        ending.status = 3;
        const PointAnswer answer = answer_of(Fault{.code = fault.code, .message = fault.message});
        fault.code = exit_status(fault.code) == 3 ? fault.code : ErrorCode::bad_record;
        fault.where = {.file = file, .line = lines->line(), .column = fault.where.column};
        constexpr std::size_t most_told = 20;
        if (ending.faults.size() < most_told) ending.faults.push_back(std::move(fault));
        return answer;
    }

    bool next(Row& row, Session& session) {
        if (interrupted() != 0) {
            ending.status = interrupted();
            return false;
        }
        Pairs pairs;
        PointAnswer answer;
        try {
            if (!lines->next(pairs)) return false;
            answer = this->answer(pairs, session);
        } catch (const UserError& error) {
            answer = bad_line(error.fault());
        }
        row.clear();
        row.emplace_back(static_cast<double>(lines->line()));
        for (const std::string& key : lines->keys()) {
            const auto given =
                std::ranges::find(pairs, key, &std::pair<std::string, std::string>::first);
            row.emplace_back(given == pairs.end() ? std::string() : given->second);
        }
        add_answer_cells(answer, row);
        return true;
    }
};

}  // namespace

bool names_scenarios(const std::string& positional) {
    return positional == "-" || positional.ends_with(".jsonl") || positional.ends_with(".csv");
}

Answer sweep_lines(const Arguments& arguments, const Knowledge& knowledge, Basis basis,
                   Session& session) {
    const std::string& path = arguments.positionals()[0];
    for (const std::string_view flag : {"where", "pareto", "sort", "top", "limit", "shard"})
        if (arguments.has(flag))
            fail(ErrorCode::conflicting_arguments,
                 formatted("--{} chooses among points, and every line of {} has its row", flag,
                           path),
                 "leave it out");
    const auto run = std::make_shared<Run>(Run{.lines = {},
                                               .file = path == "-" ? "<stdin>" : path,
                                               .base = {},
                                               .knowledge = knowledge,
                                               .basis = basis});
    for (const Arguments::Given& given : arguments.flags()) {
        const Field* field = find_field(given.name);
        if (field == nullptr) continue;
        if (is_ranged(*field, given.value))
            fail(ErrorCode::conflicting_arguments,
                 formatted("--{} has several values, and every line of {} is one point", given.name,
                           path),
                 "give it one value, for the lines that have none of their own");
        set_field(run->base, given.name, given.value, session);
    }
    run->lines = lines_of(path);
    Report report{.command = "sweep"};
    report.verdict = formatted("the scenarios of {} ({} figures)", run->file, name_of(basis));
    report.inputs.add("scenarios", run->file).add("basis", name_of(basis));
    Table table{.title = "", .columns = {{"line", "line", 9}}, .next = {}, .list = "points"};
    for (const std::string& key : run->lines->keys()) {
        if (key == "line" || key == "reason" || key == "fits") continue;
        table.columns.push_back({key, key});
    }
    add_answer_columns(true, table.columns);
    table.next = [run, &session](Row& row) { return run->next(row, session); };
    report.blocks.emplace_back(std::move(table));
    return {.report = std::move(report), .ending = [run] { return run->ending; }};
}

}  // namespace roofline::cli
