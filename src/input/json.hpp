// JSON from outside as a tree that knows where every value stands. Duplicate keys are errors, depth
// is bounded; numbers are doubles.
#pragma once

#include "source.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace roofline {

/// How much beyond RFC 8259 is read: nothing; comments and trailing commas (what people write);
/// or bare NaN and Infinity too (what Python writes), which become null.
enum class JsonDialect { strict, commented, lenient };

struct JsonMember;

/// One value and the byte offset of its first character.
struct JsonValue {
    using Array = std::vector<JsonValue>;
    using Object = std::vector<JsonMember>;

    std::variant<std::monostate, bool, double, std::string, Array, Object> value;
    std::size_t offset = 0;

    bool is_null() const { return std::holds_alternative<std::monostate>(value); }
    const bool* boolean() const { return std::get_if<bool>(&value); }
    const double* number() const { return std::get_if<double>(&value); }
    const std::string* text() const { return std::get_if<std::string>(&value); }
    const Array* array() const { return std::get_if<Array>(&value); }
    const Object* object() const { return std::get_if<Object>(&value); }

    /// The member's value, or nullptr when this is no object or has no such key.
    const JsonValue* find(std::string_view key) const;
};

struct JsonMember {
    std::string key;
    std::size_t key_offset = 0;
    JsonValue value = {};
};

/// "a number", "an object" … for messages.
std::string_view kind_name(const JsonValue& value);

struct JsonDocument {
    Source source;
    JsonValue root = {};
};

inline constexpr int deepest_nesting = 64;
/// More of either is refused, so that what a file takes in memory is known beforehand.
inline constexpr std::size_t largest_json_bytes = std::size_t{16} << 20;
inline constexpr std::size_t most_json_values = 1'000'000;

/// Numbers other than 0 are within magnitudes of 1e-30 to 1e30, as those of texts are; in the
/// lenient dialect what is beyond stays, since other tools write what they do not mean. Throws
/// UserError (E301) with line, column and snippet.
JsonDocument parse_json(Source source, JsonDialect dialect);

}  // namespace roofline
