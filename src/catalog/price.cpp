#include "roofline/catalog/price.hpp"

#include "roofline/catalog/catalog.hpp"
#include "roofline/error/user_error.hpp"

#include "error/suggest.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <cctype>
#include <map>

namespace roofline {
namespace {

// A row of the user's own comes first; then the latest, and of one date the cheapest.
template <typename Row, typename Amount>
bool comes_before(const Row& a, const Row& b, Amount Row::*amount) {
    if (a.file.empty() != b.file.empty()) return b.file.empty();
    return a.date != b.date ? a.date > b.date : a.*amount < b.*amount;
}

constexpr std::size_t most_choices = 40;

// "RunPod Secure" as one types it: "runpod-secure".
std::string one_word(std::string_view name) {
    std::string word;
    for (const char c : name)
        word += c == ' ' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return word;
}

}  // namespace

std::string price_name(const RentalPrice& price) {
    const std::string provider = one_word(price.provider);
    return price.mode == default_price_mode ? provider : provider + "/" + one_word(price.mode);
}

// From the rows themselves: what is listed where a name is not found cannot ask for names.
std::string rental_choices(const std::vector<RentalPrice>& rows, std::string_view device) {
    std::map<std::string, const RentalPrice*> best;  // by what names it
    for (const RentalPrice& row : rows) {
        if (row.device != device) continue;
        const RentalPrice*& known = best[name_key(row.provider) + "/" + name_key(row.mode)];
        if (known == nullptr || comes_before(row, *known, &RentalPrice::rate)) known = &row;
    }
    std::vector<const RentalPrice*> latest;
    for (const auto& [key, row] : best) latest.push_back(row);
    std::ranges::stable_sort(latest, {}, &RentalPrice::rate);
    std::string text;
    for (std::size_t i = 0; i < std::min(latest.size(), most_choices); ++i)
        text += formatted("\n    `price {:<24}` {}{:.2f}/h  {}", price_name(*latest[i]),
                          row_of(latest[i]->currency).symbol, latest[i]->rate.in(dollar / hour),
                          latest[i]->date);
    if (latest.size() > most_choices)
        text += formatted("\n    and {} more", latest.size() - most_choices);
    return text;
}

RentalPrice find_rental(const std::vector<RentalPrice>& rows, std::string_view device,
                        std::string_view provider) {
    const std::string_view name = provider.substr(0, provider.find('/'));
    const std::string_view mode =
        name.size() == provider.size() ? default_price_mode : provider.substr(name.size() + 1);
    const RentalPrice* best = nullptr;
    for (const RentalPrice& row : rows) {
        const bool same = row.device == device && name_key(row.provider) == name_key(name) &&
                          name_key(row.mode) == name_key(mode);
        if (same && (best == nullptr || comes_before(row, *best, &RentalPrice::rate))) best = &row;
    }
    if (best != nullptr) return *best;
    const std::string choices = rental_choices(rows, device);
    std::vector<std::string> names;
    for (const RentalPrice& row : rows)
        if (row.device == device) names.push_back(price_name(row));
    const std::vector<std::string_view> views(names.begin(), names.end());
    std::string meant = did_you_mean(suggest(provider, views));
    throw UserError(
        {.code = ErrorCode::unknown_price,
         .message = formatted("no {} price of '{}' for {}", mode, name, device),
         .hint = choices.empty()
                     ? formatted("no rental price of {} is known: write `price '$2.50/h'`", device)
                     : (meant.empty() ? "known" : meant + "  Known") + " prices of " +
                           std::string(device) + ":" + choices});
}

PurchasePrice find_purchase(const std::vector<PurchasePrice>& rows, std::string_view device) {
    const PurchasePrice* best = nullptr;
    for (const PurchasePrice& row : rows)
        if (row.device == device &&
            (best == nullptr || comes_before(row, *best, &PurchasePrice::amount)))
            best = &row;
    if (best == nullptr)
        fail(ErrorCode::unknown_price, formatted("no purchase price of {} is known", device),
             "write `purchase '$30000'`; those that are known:", "prices list");
    return *best;
}

}  // namespace roofline
