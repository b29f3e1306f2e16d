// Reads the members of one JSON object by name. Every mistake is a UserError (E302) that says
// where; `done()` refuses the keys that nobody asked for, so that a misspelt key cannot be ignored.
#pragma once

#include "json.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace roofline {

/// A view of one object in a document, which must outlive it.
class JsonObject {
  public:
    /// Throws when `value` is no object. `pointer` is its JSON pointer, for messages.
    JsonObject(const JsonDocument& document, const JsonValue& value, std::string pointer = {});
    explicit JsonObject(const JsonDocument& document) : JsonObject(document, document.root) {}

    /// The member, or nullptr when it is absent or null. Counts as asked for.
    const JsonValue* find(std::string_view key);

    std::string text(std::string_view key);
    double positive(std::string_view key);
    double whole(std::string_view key);  ///< a whole number from 1 up
    /// The place of the member's text in `names`.
    std::size_t choice(std::string_view key, std::span<const std::string_view> names);
    JsonObject object(std::string_view key);

    // Absent and null give nullopt or an empty list; a value of another kind is an error.
    std::optional<std::string> optional_text(std::string_view key);
    std::optional<double> optional_positive(std::string_view key);
    std::optional<double> optional_share(std::string_view key);  ///< from 0 to 1
    std::optional<double> optional_whole(std::string_view key);
    std::optional<bool> optional_boolean(std::string_view key);
    std::optional<JsonObject> optional_object(std::string_view key);
    std::vector<std::string> texts(std::string_view key);
    std::vector<JsonObject> objects(std::string_view key);

    /// Keys in file order, asked for or not.
    std::vector<std::string_view> keys() const;

    /// Keys that were looked at so far: the work of finding members.
    std::size_t looked_at() const { return looked_at_; }

    /// Throws on the first key that no call above named.
    void done() const;

    /// Throws with the place of `key`'s value, or of this object when there is none.
    [[noreturn]] void fail(std::string_view key, std::string message, std::string hint = {}) const;

  private:
    const JsonMember* member(std::string_view key) const;
    const JsonValue& require(std::string_view key);
    [[noreturn]] void wrong_kind(std::string_view key, std::string_view wanted) const;
    std::string child_pointer(std::string_view key) const {
        return pointer_ + "/" + std::string(key);
    }

    const JsonDocument* document_;
    const JsonValue* value_;
    std::string pointer_;
    std::vector<std::string> asked_;           ///< each once
    std::vector<bool> read_;                   ///< members asked for, by place
    mutable std::vector<std::size_t> sorted_;  ///< places of many members, by key
    mutable std::size_t looked_at_ = 0;
};

}  // namespace roofline
