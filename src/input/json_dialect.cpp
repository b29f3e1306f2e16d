#include "json_dialect.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace roofline {
namespace {

class Blanker {
  public:
    Blanker(std::string_view text, JsonDialect dialect) : text_(text), dialect_(dialect) {}

    std::string run() {
        while (at_ < text_.size()) step();
        return std::move(text_);
    }

  private:
    bool ahead(std::string_view word) const {
        return std::string_view(text_).substr(at_).starts_with(word);
    }

    void step() {
        const char c = text_[at_];
        if (c == '"') return skip_string();
        if (ahead("//")) return blank_line();
        if (ahead("/*")) return blank_block();
        if (dialect_ == JsonDialect::lenient && mask_non_finite()) return;
        if (c != ' ' && c != '\t' && c != '\r' && c != '\n') see(c);
        ++at_;
    }

    // A comma is a trailing one when it follows a value and a bracket closes next.
    void see(char c) {
        const bool closes = c == '}' || c == ']';
        if (closes && last_ == ',' && comma_follows_value_) text_[last_at_] = ' ';
        comma_follows_value_ = c == ',' && last_ != ',' && last_ != '[' && last_ != '{';
        last_ = c;
        last_at_ = at_;
    }

    void skip_string() {
        for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_)
            if (text_[at_] == '\\') ++at_;
        last_ = '"';
        ++at_;
    }

    void blank(std::size_t stop) {
        for (; at_ < stop; ++at_)
            if (text_[at_] != '\n' && text_[at_] != '\r') text_[at_] = ' ';
    }

    // To whatever ends a line for JavaScript and for editors: what stands behind it counts.
    void blank_line() {
        constexpr std::string_view line_separator = "\u2028";
        constexpr std::string_view paragraph_separator = "\u2029";
        while (at_ < text_.size() && text_[at_] != '\n' && text_[at_] != '\r') {
            const bool ends = ahead(line_separator) || ahead(paragraph_separator);
            blank(at_ + (ends ? line_separator.size() : 1));
            if (ends) return;
        }
    }

    // One left open stays: the parser will stop at its slash.
    void blank_block() {
        const std::size_t end = text_.find("*/", at_ + 2);
        if (end == std::string::npos) return void(at_ = text_.size());
        blank(end + 2);
    }

    // Python writes these bare, where a value may stand. They become a number of the same length;
    // the reader of the tree looks at the original text and makes them null.
    bool mask_non_finite() {
        if (std::string_view(":,[").find(last_) == std::string_view::npos) return false;
        constexpr std::array<std::pair<std::string_view, std::string_view>, 3> masks{
            {{"NaN", "0e0"}, {"-Infinity", "-0e000000"}, {"Infinity", "0e000000"}}};
        const auto found =
            std::ranges::find_if(masks, [&](const auto& mask) { return ahead(mask.first); });
        if (found == masks.end()) return false;
        const std::size_t after = at_ + found->first.size();
        const bool goes_on =
            after < text_.size() && std::isalnum(static_cast<unsigned char>(text_[after])) != 0;
        if (goes_on) return false;
        text_.replace(at_, found->first.size(), found->second);
        at_ += found->first.size();
        last_ = '0';
        return true;
    }

    std::string text_;
    JsonDialect dialect_;
    std::size_t at_ = 0;
    char last_ = ',';
    std::size_t last_at_ = 0;
    bool comma_follows_value_ = false;
};

}  // namespace

std::string to_strict_json(std::string_view text, JsonDialect dialect) {
    return Blanker(text, dialect).run();
}

}  // namespace roofline
