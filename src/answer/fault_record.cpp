#include "fault_record.hpp"

#include "error/dialect.hpp"

namespace roofline {
namespace {

Value text_or_null(const std::string& text) { return text.empty() ? Value() : Value(text); }
Value place_or_null(int place) { return place > 0 ? Value(place) : Value(); }

Value where_value(const Location& where) {
    if (where.file.empty()) return {};
    return Record()
        .add("file", where.file)
        .add("line", place_or_null(where.line))
        .add("column", place_or_null(where.column))
        .add("pointer", text_or_null(where.pointer));
}

}  // namespace

Record fault_record(const Fault& fault) {
    Record error;
    error.add("code", code_name(fault.code))
        .add("exit", static_cast<int>(exit_status(fault.code)))
        .add("message", fault.message)
        .add("hint", text_or_null(hint_text(fault)))
        .add("where", where_value(fault.where));
    return Record().add("schema", "roofline/error/1").add("error", std::move(error));
}

}  // namespace roofline
