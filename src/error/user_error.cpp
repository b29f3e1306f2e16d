#include "roofline/error/user_error.hpp"

#include "shortened.hpp"

#include <utility>

namespace roofline {

Exit exit_status(ErrorCode code) {
    const int number = static_cast<int>(code);
    if (number >= static_cast<int>(ErrorCode::write_failed)) return Exit::output;
    if (number >= static_cast<int>(ErrorCode::internal)) return Exit::internal;
    if (number >= 400) return Exit::infeasible;
    if (number >= 200) return Exit::input;
    return Exit::usage;
}

std::string code_name(ErrorCode code) { return "E" + std::to_string(static_cast<int>(code)); }

std::string place_text(const Location& location) {
    if (location.file.empty() || location.line == 0) return location.file;
    std::string text = location.file + ":" + std::to_string(location.line);
    if (location.column > 0) text += ":" + std::to_string(location.column);
    return text;
}

std::string message_text(const Fault& fault) {
    std::string text = place_text(fault.where);
    if (!text.empty()) text += ": ";
    if (!fault.where.pointer.empty()) text += fault.where.pointer + ": ";
    return text + fault.message;
}

namespace {

// Whoever threw it quoted what a user wrote, which may be as long as a file.
Fault bounded(Fault fault) {
    fault.message = shortened(std::move(fault.message));
    fault.hint = shortened(std::move(fault.hint));
    fault.where.pointer = shortened(std::move(fault.where.pointer));
    return fault;
}

}  // namespace

UserError::UserError(Fault fault)
    : fault_(bounded(std::move(fault))), text_(message_text(fault_)) {}

void fail(ErrorCode code, std::string message, std::string hint, std::string next) {
    throw UserError({.code = code,
                     .message = std::move(message),
                     .hint = std::move(hint),
                     .next = std::move(next)});
}

}  // namespace roofline
