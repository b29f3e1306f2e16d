// Words, lines and bars on a page for people: in its width, its characters and its colours.
#pragma once

#include "report/format.hpp"
#include "report/role.hpp"

#include <string>
#include <string_view>

namespace roofline {

class Painter {
  public:
    Painter(const Page& page, const Write& write) : page_(page), write_(write) {}

    const Page& page() const { return page_; }
    /// As it is, without a check: what was fitted and painted.
    void raw(std::string_view text) const { write_(text); }
    void line(std::string_view text, Role role = Role::plain) const;
    /// Later lines are indented.
    void wrapped(std::string_view text, std::size_t indent, Role role = Role::plain) const;

    /// Printable, in the page's characters.
    std::string fitted(std::string_view text) const;
    std::string painted(std::string_view text, Role role) const;
    /// A fraction of 0 to 1 as so many characters, filled up with spaces.
    std::string bar(double fraction, int cells) const;

  private:
    const Page& page_;
    const Write& write_;
};

}  // namespace roofline
