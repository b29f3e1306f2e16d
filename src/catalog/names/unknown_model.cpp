#include "unknown_model.hpp"

#include "roofline/error/user_error.hpp"

#include "called.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

namespace roofline {
namespace {

std::string hint_of(const CalledModel& called) {
    if (!called.unknown.empty())
        return formatted(
            "that is {} here; no format is called {}: `quant q4_k_m`, `quant q6_k` "
            "and `quant q8_0` are like it",
            called.id, called.unknown);
    if (called.format.empty()) return formatted("that is {} here", called.id);
    return formatted("that is {} here, with `quant {}`", called.id, called.format);
}

}  // namespace

void refuse_model(std::string_view name, std::span<const Candidate> names) {
    const std::string message = formatted("'{}' is neither a file nor a known model", name);
    if (const auto called = model_called(name, names))
        fail(ErrorCode::unknown_model, message, hint_of(*called));
    std::vector<Candidate> ids;  // aliases of a few models would crowd out the others
    std::ranges::copy_if(names, std::back_inserter(ids),
                         [](const Candidate& one) { return one.name == one.shown; });
    const std::string meant = did_you_mean(suggest(name, ids));
    fail(ErrorCode::unknown_model, message,
         meant + (meant.empty() ? "" : " ") +
             "To use a Hugging Face model, pass the path to its config.json. All names:",
         "models list");
}

}  // namespace roofline
