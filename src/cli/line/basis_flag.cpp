#include "basis_flag.hpp"

#include "error/choice.hpp"

namespace roofline::cli {

Basis basis_from(const Arguments& arguments) {
    const std::string text = arguments.text("basis").value_or("expected");
    return static_cast<Basis>(choice(text, "--basis", "basis", basis_names));
}

}  // namespace roofline::cli
