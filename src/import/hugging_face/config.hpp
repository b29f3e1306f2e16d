// A configuration as its readers see it: members by any of the names that model families use.
#pragma once

#include "input/json.hpp"

#include <array>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace roofline::hugging_face {

/// Names of one member, as several families call it.
class Names {
  public:
    static constexpr std::size_t most = 14;

    constexpr Names(std::initializer_list<std::string_view> names) : count_(names.size()) {
        std::size_t i = 0;
        for (const std::string_view name : names) names_.at(i++) = name;
    }
    constexpr const std::string_view* begin() const { return names_.data(); }
    constexpr const std::string_view* end() const { return names_.data() + count_; }

  private:
    std::array<std::string_view, most> names_ = {};
    std::size_t count_;
};

/// Whether the object has a member of that name, and it is true.
bool is_true(const JsonValue& object, std::string_view name);

class Config {
  public:
    /// Looks into the language model's section (text_config …) first, then into the top level.
    explicit Config(const JsonDocument& document);

    /// The first member of these names that is present and not null. "a.b" is b in the object a.
    /// The names are literals.
    const JsonValue* find(const Names& names);
    bool has(const Names& names) { return find(names) != nullptr; }

    // Absent and null give nullopt or an empty list; a value of another kind throws E331.
    std::optional<double> number(const Names& names);  ///< a list of equal numbers is that number
    /// The number of one layer: the same for all, or a list's element of that index.
    std::optional<double> number_at(const Names& names, std::size_t layer);
    std::optional<std::string> text(const Names& names);
    std::optional<bool> flag(const Names& names);
    /// True and false are 1 and 0; "4,5,6" is a list too.
    std::vector<double> numbers(const Names& names);
    std::vector<std::string> texts(const Names& names);

    /// Like number(), but a missing one is collected for `refuse_missing` and read as 1.
    double required(const Names& names);
    /// Throws E331 naming every field that `required` missed.
    void refuse_missing() const;

    /// Throws E331 at the member called `name`.
    [[noreturn]] void refuse(std::string_view name, std::string why) const;

    std::string family();  ///< model_type, or "" when the file has none
    /// Whether the language model is a section of its own, which may state differences alone.
    bool is_nested() const { return sections_.size() > 1; }
    void remark(std::string text);  ///< each once
    std::vector<std::string> take_remarks() { return std::move(remarks_); }

    /// Whether a reader asked for this name, or for a member of it.
    bool asked(std::string_view name) const;
    bool asked_inside(std::string_view name) const;
    const std::vector<const JsonValue*>& sections() const { return sections_; }

    const JsonDocument& document() const { return document_; }

  private:
    const JsonValue* search(const Names& names) const;
    [[noreturn]] void refuse_kind(const Names& names, std::string_view wanted) const;
    std::string_view name_present(const Names& names) const;
    double checked(const JsonValue& value, const Names& names) const;
    std::vector<double> numbers_of(std::string_view text, const Names& names) const;
    const JsonDocument& document_;
    std::vector<const JsonValue*> sections_;
    /// What was found under names that are literals, by where these lie: layers ask again and
    /// again.
    std::map<std::tuple<const char*, const char*, std::size_t>, const JsonValue*> found_;
    std::vector<std::string_view> asked_;
    std::vector<std::string> missing_;
    std::vector<std::string> remarks_;
};

}  // namespace roofline::hugging_face
