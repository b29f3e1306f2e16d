#include "choice.hpp"

#include "suggest.hpp"
#include "text/formatted.hpp"

#include <algorithm>

namespace roofline {

Fault no_choice(std::string_view text, std::string_view label, std::string_view noun,
                std::span<const std::string_view> names) {
    return {.code = ErrorCode::bad_choice,
            .message = noun.empty() ? formatted("{}: '{}' is none", label, text)
                                    : formatted("{}: '{}' is no {}", label, text, noun),
            .hint = choice_hint(text, names)};
}

std::size_t choice(std::string_view text, std::string_view label, std::string_view noun,
                   std::span<const std::string_view> names) {
    const auto found = std::ranges::find(names, text);
    if (found == names.end()) throw UserError(no_choice(text, label, noun, names));
    return static_cast<std::size_t>(found - names.begin());
}

}  // namespace roofline
