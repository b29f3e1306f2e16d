// What a command line gives, asked for by the flags and fields that a command declares.
#pragma once

#include "roofline/workload/fields.hpp"

#include "flag.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roofline::cli {

/// The words of a command line, sorted into flags and positionals.
class Arguments {
  public:
    struct Given {
        std::string name;
        std::string value;
    };

    void add_flag(std::string_view name, std::string value) {
        flags_.push_back({std::string(name), std::move(value)});
    }
    void add_positional(std::string value) { positionals_.push_back(std::move(value)); }

    bool has(const Flag& flag) const { return find(flag.name) != nullptr; }
    bool has(const Field& field) const { return find(field.name) != nullptr; }
    std::optional<std::string> text(const Flag& flag) const { return value_of(flag.name); }
    std::optional<std::string> text(const Field& field) const { return value_of(field.name); }

    /// Every value of a flag that repeats, in the order of the command line.
    std::vector<std::string> all(const Flag& flag) const;

    /// The parts of a flag's list; none where it is not given. Throws E102 for an empty part.
    std::vector<std::string> list(const Flag& flag) const;
    std::vector<std::string> list(const Field& field) const;
    /// The place among the flag's choices, or `otherwise`. Throws E106 for what is none of them.
    std::size_t choice(const Flag& flag, std::size_t otherwise) const;
    /// The same of every part of a list.
    std::vector<std::size_t> choices(const Flag& flag) const;

    const std::vector<std::string>& positionals() const { return positionals_; }
    /// Every flag, in the order of the command line.
    const std::vector<Given>& flags() const { return flags_; }

  private:
    const Given* find(std::string_view name) const;
    std::optional<std::string> value_of(std::string_view name) const;

    std::vector<Given> flags_;
    std::vector<std::string> positionals_;
};

/// A flag's value through one of the parsers of units/parse.hpp, or `otherwise`.
template <typename T, typename Parse>
T flag_or(const Arguments& arguments, const Flag& flag, Parse parse, T otherwise) {
    const auto text = arguments.text(flag);
    return text ? parse(*text, label_of(flag)) : otherwise;
}

/// A flag that the command cannot do without. Throws E103 with an example.
std::string required(const Arguments& arguments, const Flag& flag, std::string_view example);

/// Throws E105, "--by …" and `why`, for the first of `flags` that is given.
void refuse(const Arguments& arguments, std::initializer_list<const Flag*> flags,
            std::string_view why, std::string_view hint = "leave it out");

}  // namespace roofline::cli
