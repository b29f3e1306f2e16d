#include "split_number.hpp"

#include "roofline/error/user_error.hpp"

#include "text/formatted.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <string>

namespace roofline::units {
namespace {

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

bool is_number_char(char c) { return is_digit(c) || c == '.' || c == '_' || c == '+' || c == '-'; }

// Length of the number at the start of `text`; an e belongs to it only before an exponent.
std::size_t number_length(std::string_view text) {
    std::size_t end = 0;
    while (end < text.size()) {
        const bool exponent = (text[end] == 'e' || text[end] == 'E') && end > 0 &&
                              end + 1 < text.size() && is_number_char(text[end + 1]);
        if (!is_number_char(text[end]) && !exponent) break;
        ++end;
    }
    return end;
}

// "3,000" and "1,000,000": every comma stands before exactly three digits.
bool groups_thousands(std::string_view text) {
    for (std::size_t comma = text.find(','); comma != std::string_view::npos;
         comma = text.find(',', comma + 1)) {
        const std::string_view group = text.substr(comma + 1, 3);
        const bool three = group.size() == 3 && std::ranges::all_of(group, is_digit);
        const bool more = comma + 4 < text.size() && is_digit(text[comma + 4]);
        if (!three || more) return false;
    }
    return true;
}

// Products and quotients of a few numbers within these bounds stay finite.
constexpr double smallest = 1e-30;
constexpr double largest = 1e30;

}  // namespace

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

void not_a_number(std::string_view text, std::string_view name) {
    const auto comma = text.find(',');
    const bool in_number =
        comma != std::string_view::npos && comma > 0 && is_digit(text[comma - 1]);
    if (in_number) {
        std::string fixed(text);
        if (groups_thousands(text)) {
            std::erase(fixed, ',');
            fail(ErrorCode::decimal_comma,
                 formatted("'{}' is not a number. Leave out the comma: {}", text, fixed));
        }
        std::ranges::replace(fixed, ',', '.');
        fail(ErrorCode::decimal_comma,
             formatted("'{}' is not a number. Use a point: {}", text, fixed));
    }
    fail(ErrorCode::bad_number, formatted("{} must be a number, got '{}'", name, text));
}

Split split_number(std::string_view text, std::string_view name) {
    const std::string_view trimmed = trim(text);
    if (trimmed.find(',') != std::string_view::npos) not_a_number(trimmed, name);
    const std::size_t length = number_length(trimmed);
    std::string digits(trimmed.substr(0, length));
    std::erase(digits, '_');
    const char* begin = digits.data() + (digits.starts_with('+') ? 1 : 0);
    const char* end = digits.data() + digits.size();
    double number = 0;
    const auto result = std::from_chars(begin, end, number);
    if (length == 0 || result.ptr != end || result.ec == std::errc::invalid_argument)
        not_a_number(trimmed, name);
    if (result.ec == std::errc::result_out_of_range)
        fail(ErrorCode::bad_number,
             formatted("{}: '{}' is beyond what a number can hold", name, trimmed));
    return {number, trim(trimmed.substr(length))};
}

bool is_computable(double number) { return number >= smallest && number <= largest; }

double positive(double number, std::string_view text, std::string_view name) {
    if (number <= 0)
        fail(ErrorCode::bad_number, formatted("{} must be above 0, got {}", name, trim(text)));
    if (is_computable(number)) return number;
    fail(ErrorCode::bad_number, formatted("{}: {} is too {} to compute with", name, trim(text),
                                          number > 1 ? "large" : "small"));
}

}  // namespace roofline::units
