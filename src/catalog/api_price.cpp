#include "roofline/catalog/catalog.hpp"
#include "roofline/catalog/price.hpp"

#include "error/suggest.hpp"
#include "text/formatted.hpp"
#include "units/parse.hpp"

#include <algorithm>
#include <array>

namespace roofline {
namespace {

constexpr std::array<std::string_view, 3> sides{"in", "cached", "out"};

[[noreturn]] void bad_part(std::string_view part, std::string_view label, std::string_view why) {
    fail(ErrorCode::bad_choice, formatted("{}: '{}' {}", label, part, why),
         formatted("write it like {} '$0.60/M out, $0.15/M in, $0.05/M cached'", label));
}

std::string full_name(const ApiPrice& price) { return price.provider + "/" + price.model; }

struct Parts {
    std::array<std::optional<TokenPrice>, sides.size()> by_side;
    std::optional<Currency> currency;
};

// "$0.60/M out"
void read_part(std::string_view part, std::string_view label, Parts& parts) {
    const auto space = part.find_last_of(' ');
    const bool one_word = space == std::string_view::npos;
    const auto side = std::ranges::find(sides, part.substr(one_word ? 0 : space + 1));
    if (side == sides.end() || one_word) bad_part(part, label, "does not end in in, cached or out");
    auto& place = parts.by_side[static_cast<std::size_t>(side - sides.begin())];
    if (place) bad_part(part, label, "is a second price of the same tokens");
    place = parse_token_price(part.substr(0, space), label);
    if (parts.currency.value_or(place->currency) != place->currency)
        fail(ErrorCode::two_currencies,
             formatted("{}: {} and {} in one price", label, row_of(*parts.currency).code,
                       row_of(place->currency).code),
             "a currency is kept and never converted: write all in one");
    parts.currency = place->currency;
}

std::optional<MoneyPerToken> rate_of(const std::optional<TokenPrice>& price) {
    return price ? std::optional(price->rate) : std::nullopt;
}

}  // namespace

ApiPrice parse_api_price(std::string_view text, std::string_view label) {
    Parts parts;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t stop = std::min(text.find(',', start), text.size());
        std::string_view part = text.substr(start, stop - start);
        part.remove_prefix(std::min(part.find_first_not_of(' '), part.size()));
        read_part(part.substr(0, part.find_last_not_of(' ') + 1), label, parts);
        start = stop + 1;
    }
    const auto& [input, cached, output] = parts.by_side;
    if (!output) bad_part(text, label, "has no price of output");
    return {.provider = "given",
            .model = {},
            .input = rate_of(input),
            .cached_input = rate_of(cached),
            .output = output->rate,
            .currency = *parts.currency,
            .date = {},
            .from = {.source = std::string(label)}};
}

ApiPrice find_api_price(const std::vector<ApiPrice>& rows, std::string_view name) {
    const ApiPrice* best = nullptr;
    for (const ApiPrice& row : rows) {
        if (name_key(full_name(row)) != name_key(name)) continue;
        const bool own = !row.file.empty();
        if (best == nullptr || (own && best->file.empty()) ||
            (own == !best->file.empty() && row.date > best->date))
            best = &row;
    }
    if (best != nullptr) return *best;
    std::vector<std::string> names;
    for (const ApiPrice& row : rows) names.push_back(full_name(row));
    const std::vector<std::string_view> views(names.begin(), names.end());
    const std::string meant = did_you_mean(suggest(name, views));
    fail(ErrorCode::unknown_price, formatted("no API price of '{}' is known", name),
         meant + (meant.empty() ? "" : " ") + "Write '$0.60/M out, $0.15/M in', or a name of:",
         "prices list");
}

}  // namespace roofline
