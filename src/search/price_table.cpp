#include "roofline/search/price_table.hpp"

#include "roofline/error/user_error.hpp"

#include <algorithm>

namespace roofline {
namespace {

bool decides_price(const Axis& axis) {
    const FieldKind kind = axis.field().kind;
    return kind == FieldKind::device || kind == FieldKind::price || kind == FieldKind::purchase;
}

std::size_t entry_of(const Space& space, const std::vector<std::uint64_t>& places) {
    std::uint64_t entry = 0;
    for (std::size_t i = 0; i < places.size(); ++i)
        if (decides_price(space.axes[i])) entry = entry * space.axes[i].size() + places[i];
    return entry;
}

// The next place on the axes that decide; false after the last.
bool advance(const Space& space, std::vector<std::uint64_t>& places) {
    for (std::size_t i = places.size(); i-- > 0;) {
        if (!decides_price(space.axes[i])) continue;
        if (++places[i] < space.axes[i].size()) return true;
        places[i] = 0;
    }
    return false;
}

}  // namespace

PriceTable::PriceTable(const Space& space, Catalog& catalog) {
    std::vector<std::uint64_t> places(space.axes.size());
    do {
        Deployment d = space.base;
        for (std::size_t i = 0; i < places.size(); ++i)
            if (decides_price(space.axes[i]))
                space.axes[i].field().set(d, space.axes[i].value(places[i]));
        Entry entry;
        try {
            resolve_price(d, catalog);
            entry.rental = d.rental;
            entry.bought = d.bought;
        } catch (const UserError& error) {
            entry.fault = error.fault();
        }
        entries_.push_back(std::move(entry));
    } while (advance(space, places));
    const bool none =
        std::ranges::all_of(entries_, [](const Entry& one) { return one.fault.has_value(); });
    if (none) throw UserError(*entries_.front().fault);
}

void PriceTable::resolve(const Space& space, const std::vector<std::uint64_t>& places,
                         Deployment& deployment) const {
    const Entry& entry = entries_[entry_of(space, places)];
    if (entry.fault) throw UserError(*entry.fault);
    deployment.rental = entry.rental;
    deployment.bought = entry.bought;
}

}  // namespace roofline
