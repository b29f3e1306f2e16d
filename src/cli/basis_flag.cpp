#include "basis_flag.hpp"

#include "roofline/error/suggest.hpp"

#include "text/formatted.hpp"

namespace roofline::cli {

Basis basis_from(const Arguments& arguments) {
    const std::string text = arguments.text("basis").value_or("expected");
    if (const auto basis = find_basis(text)) return *basis;
    std::vector<std::string_view> names;
    for (std::size_t i = 0; i < basis_count; ++i) names.push_back(name_of(static_cast<Basis>(i)));
    fail(ErrorCode::bad_choice, formatted("--basis: '{}' is no basis", text),
         choice_hint(text, names));
}

}  // namespace roofline::cli
