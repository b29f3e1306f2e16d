#include "best_rent.hpp"

namespace roofline {

std::optional<RentalPrice> best_rent(const std::vector<RentalPrice>& rows,
                                     std::string_view device) {
    std::optional<RentalPrice> best;
    for (const RentalPrice& row : rows) {
        const bool asked =
            row.device == device && row.mode == default_price_mode && row.currency == Currency::usd;
        if (!asked) continue;
        const RentalPrice latest = find_rental(rows, device, price_name(row));
        if (latest.currency == Currency::usd && (!best || latest.rate < best->rate)) best = latest;
    }
    return best;
}

}  // namespace roofline
