#include "json.hpp"

#include "json_dialect.hpp"
#include "text/formatted.hpp"
#include "units/split_number.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

namespace roofline {
namespace {

// What the parser last told; decides what it could have expected next.
enum class Last { nothing, key, value, opened };

// Builds the tree from the parser's events. Events carry no position; the next token always starts
// at the first character after the last token that is neither space nor separator.
class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
  public:
    TreeBuilder(const Source& source, std::string_view strict_text, JsonDialect dialect)
        : source_(source), text_(strict_text), dialect_(dialect) {}

    JsonValue take_root() { return std::move(root_); }

    bool null() override { return add_scalar(std::monostate{}); }
    bool boolean(bool value) override { return add_scalar(value); }
    bool number_integer(number_integer_t value) override {
        return add_scalar(static_cast<double>(value));
    }
    bool number_unsigned(number_unsigned_t value) override {
        return add_scalar(static_cast<double>(value));
    }
    bool number_float(number_float_t value, const string_t& digits) override {
        const auto original = std::string_view(source_.text).substr(token_start(), 2);
        const bool masked = original.find_first_of("NI") != std::string_view::npos;
        if (masked) return add_scalar(std::monostate{});
        if (dialect_ != JsonDialect::lenient) refuse_beyond(value, digits);
        return add_scalar(value);
    }
    bool string(string_t& value) override { return add_scalar(std::move(value)); }
    bool binary(binary_t& /*value*/) override { return false; }

    bool start_object(std::size_t /*size*/) override { return open(JsonValue::Object{}); }
    bool start_array(std::size_t /*size*/) override { return open(JsonValue::Array{}); }
    bool end_array() override { return close(); }
    bool end_object() override {
        refuse_duplicates(*open_.back()->object());
        return close();
    }

    bool key(string_t& name) override {
        auto& members = std::get<JsonValue::Object>(open_.back()->value);
        members.push_back({.key = std::move(name), .key_offset = token_start()});
        skip_token();
        last_ = Last::key;
        return true;
    }

    bool parse_error(std::size_t /*position*/, const std::string& /*token*/,
                     const nlohmann::detail::exception& why) override {
        const std::string_view text = why.what();
        const std::size_t token = token_start();
        if (text.find("out_of_range") != std::string_view::npos)
            fail(token, readable_token(token) + " is beyond what a number can hold");
        if (text.find("invalid string") != std::string_view::npos)
            fail(token, "this string is not closed or holds a character that JSON forbids");
        refuse_next_token(std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()));
    }

  private:
    // As the user wrote it, not as to_strict_json() left it.
    std::string readable_token(std::size_t at) const {
        const std::string_view text = source_.text;
        if (at >= text.size()) return "the end of the file";
        if (text[at] == '"') return "a string";
        const auto end = std::min(text.find_first_of(" \t\r\n,:]}[{\"", at + 1), text.size());
        constexpr std::size_t longest = 20;
        return formatted("'{}'", text.substr(at, std::min(end - at, longest)));
    }

    [[noreturn]] void fail(std::size_t offset, std::string message, std::string hint = {}) const {
        throw UserError({.code = ErrorCode::malformed_json,
                         .message = std::move(message),
                         .hint = std::move(hint),
                         .where = locate(source_, offset)});
    }

    // 1e-400 is read as 0, which nobody wrote.
    void refuse_beyond(double value, std::string_view digits) const {
        const std::string_view mantissa = digits.substr(0, digits.find_first_of("eE"));
        const bool zero = mantissa.find_first_of("123456789") == std::string_view::npos;
        if (zero || units::is_computable(std::abs(value))) return;
        fail(token_start(), formatted("{} is too {} to compute with", readable_token(token_start()),
                                      std::abs(value) > 1 ? "large" : "small"));
    }

    // `next` is where the text stopped to make sense: the first character after the last token.
    [[noreturn]] void refuse_next_token(std::size_t next) const {
        const std::size_t token = token_start();
        const bool in_object = !open_.empty() && open_.back()->object() != nullptr;
        if (next == text_.size() && last_ != Last::nothing)
            fail(next, "the file ends in the middle of a value");
        const bool separated = text_[next] == ',' || text_[next] == ':';
        if (last_ == Last::key && text_[next] != ':')
            fail(next, "expected ':' after this key, found " + readable_token(next));
        if (last_ == Last::value && open_.empty())
            fail(next, readable_token(next) + " stands after the end of the JSON value");
        if (last_ == Last::value && !separated)
            fail(next,
                 formatted("expected ',' or '{}' before {}", in_object ? '}' : ']',
                           readable_token(next)),
                 formatted("a comma is missing at the end of line {}",
                           locate(source_, at_ - 1).line));
        const bool wants_key = in_object && last_ != Last::key;
        fail(token,
             formatted("expected {}, found {}", wants_key ? "a key in double quotes" : "a value",
                       readable_token(token)));
    }

    void refuse_duplicates(const JsonValue::Object& members) const {
        std::vector<const JsonMember*> sorted;
        sorted.reserve(members.size());
        for (const JsonMember& member : members) sorted.push_back(&member);
        std::ranges::sort(sorted, [](const JsonMember* a, const JsonMember* b) {
            return std::pair{std::string_view(a->key), a->key_offset} <
                   std::pair{std::string_view(b->key), b->key_offset};
        });
        const auto same = std::ranges::adjacent_find(sorted, {}, &JsonMember::key);
        if (same == sorted.end()) return;
        fail((*(same + 1))->key_offset,
             formatted("key '{}' stands here twice, first in line {}", (*same)->key,
                       locate(source_, (*same)->key_offset).line));
    }

    std::size_t token_start() const {
        return std::min(text_.find_first_not_of(" \t\r\n,:", at_), text_.size());
    }

    void skip_token() {
        at_ = token_start();
        const char first = text_[at_++];
        if (first == '"') {
            for (; text_[at_] != '"'; ++at_)
                if (text_[at_] == '\\') ++at_;
            ++at_;
        } else if (std::string_view("[]{}").find(first) == std::string_view::npos) {
            const bool number =
                first == '-' || std::isdigit(static_cast<unsigned char>(first)) != 0;
            const std::string_view letters = number ? "0123456789+-.eE" : "aeflnrstu";  // true …
            at_ = std::min(text_.find_first_not_of(letters, at_), text_.size());
        }
    }

    JsonValue& add(JsonValue value) {
        value.offset = token_start();
        if (++values_ > most_json_values)
            fail(value.offset, formatted("the file holds more than {} values", most_json_values));
        skip_token();
        last_ = Last::value;
        if (open_.empty()) return root_ = std::move(value);
        if (auto* members = std::get_if<JsonValue::Object>(&open_.back()->value))
            return members->back().value = std::move(value);
        return std::get<JsonValue::Array>(open_.back()->value).emplace_back(std::move(value));
    }

    template <typename T>
    bool add_scalar(T value) {
        add({.value = std::move(value)});
        return true;
    }

    template <typename T>
    bool open(T container) {
        if (open_.size() >= deepest_nesting)
            fail(token_start(), formatted("nested deeper than {} levels", deepest_nesting));
        open_.push_back(&add({.value = std::move(container)}));
        last_ = Last::opened;
        return true;
    }

    bool close() {
        skip_token();
        open_.pop_back();
        last_ = Last::value;
        return true;
    }

    const Source& source_;
    std::string_view text_;
    JsonDialect dialect_;
    std::size_t values_ = 0;
    std::size_t at_ = 0;  // just after the last token
    Last last_ = Last::nothing;
    JsonValue root_;
    std::vector<JsonValue*> open_;  // a container does not grow while one inside it is open
};

void refuse_size_and_nul(const Source& source) {
    const auto refuse = [&](std::size_t offset, std::string message, std::string hint) {
        Location where = locate(source, offset);
        where.snippet.clear();
        throw UserError({.code = ErrorCode::malformed_json,
                         .message = std::move(message),
                         .hint = std::move(hint),
                         .where = std::move(where)});
    };
    if (source.text.size() > largest_json_bytes)
        refuse(0, formatted("this JSON is larger than {} MiB", largest_json_bytes >> 20), {});
    // The parser underneath would take it for the end of the file.
    const std::size_t nul = source.text.find('\0');
    if (nul != std::string::npos)
        refuse(nul, "a NUL byte stands here: this is no text",
               "is it UTF-16 without a byte-order mark? Save it as UTF-8");
}

}  // namespace

const JsonValue* JsonValue::find(std::string_view key) const {
    const Object* members = object();
    if (members == nullptr) return nullptr;
    const auto found = std::ranges::find(*members, key, &JsonMember::key);
    return found == members->end() ? nullptr : &found->value;
}

std::string_view kind_name(const JsonValue& value) {
    constexpr std::array<std::string_view, 6> names{"null",     "true or false", "a number",
                                                    "a string", "an array",      "an object"};
    return names[value.value.index()];
}

JsonDocument parse_json(Source source, JsonDialect dialect) {
    refuse_size_and_nul(source);
    const std::string rewritten =
        dialect == JsonDialect::strict ? std::string() : to_strict_json(source.text, dialect);
    const std::string_view text = dialect == JsonDialect::strict ? source.text : rewritten;
    TreeBuilder builder(source, text, dialect);
    nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
    JsonValue root = builder.take_root();
    return {.source = std::move(source), .root = std::move(root)};
}

}  // namespace roofline
