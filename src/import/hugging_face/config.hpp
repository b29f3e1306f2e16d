// A configuration as its readers see it: members by any of the names that model families use.
#pragma once

#include "input/json.hpp"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roofline::hugging_face {

using Names = std::initializer_list<std::string_view>;

class Config {
  public:
    /// Looks into the language model's section (text_config …) first, then into the top level.
    explicit Config(const JsonDocument& document);

    /// The first member of these names that is present and not null.
    const JsonValue* find(Names names);

    // Absent and null give nullopt or an empty list; a value of another kind throws E331.
    std::optional<double> number(Names names);
    std::optional<std::string> text(Names names);
    std::optional<bool> flag(Names names);
    std::vector<double> numbers(Names names);  ///< true and false are 1 and 0
    std::vector<std::string> texts(Names names);

    /// Like number(), but a missing one is collected for `refuse_missing` and read as 1.
    double required(Names names);
    /// Throws E331 naming every field that `required` missed.
    void refuse_missing() const;

    /// Throws E331 at the member called `name`.
    [[noreturn]] void refuse(std::string_view name, std::string why) const;

    std::string family();  ///< model_type, or "" when the file has none
    void remark(std::string text) { remarks_.push_back(std::move(text)); }
    std::vector<std::string> take_remarks() { return std::move(remarks_); }

    /// Keys of both levels that no reader asked for and that can change the work or the memory.
    std::vector<std::string> unread_keys() const;

    const JsonDocument& document() const { return document_; }

  private:
    [[noreturn]] void refuse_kind(Names names, std::string_view wanted) const;
    std::string_view name_present(Names names) const;
    bool asked(std::string_view name) const;

    const JsonDocument& document_;
    std::vector<const JsonValue*> sections_;
    std::vector<std::string_view> asked_;
    std::vector<std::string> missing_;
    std::vector<std::string> remarks_;
};

}  // namespace roofline::hugging_face
