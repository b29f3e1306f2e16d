// Lines of a help page, none of them longer than the page.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace roofline::cli {

class HelpPage {
  public:
    explicit HelpPage(int width) : width_(width) {}

    void blank() { lines_.emplace_back(); }
    void heading(std::string_view title) {
        if (!lines_.empty() && !lines_.back().empty()) blank();
        lines_.emplace_back(title);
    }
    /// Later lines begin with `indent` spaces.
    void paragraph(std::string_view text, std::size_t indent = 0);
    /// `text` from `column` on; under the term where the page is narrow.
    void row(std::string_view term, std::string_view text, std::size_t column);
    /// To be pasted; long ones are continued.
    void command(std::string_view text);
    /// Lines of `other`, as they are.
    void append(const HelpPage& other);

    /// An empty page of the same width.
    HelpPage sheet() const { return HelpPage(width_); }
    std::size_t size() const { return lines_.size(); }
    std::string text() const;

  private:
    int width_;
    std::vector<std::string> lines_;
};

}  // namespace roofline::cli
