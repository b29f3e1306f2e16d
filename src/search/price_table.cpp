#include "roofline/search/price_table.hpp"

#include "roofline/error/user_error.hpp"
#include "roofline/workload/fields.hpp"

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

// Every field that asks about money; watts are a figure of their own.
void forget_money(Deployment& deployment) {
    for (const Field& field : deployment_fields())
        if (field.part == FieldPart::money && field.kind != FieldKind::power)
            field.set(deployment, FieldValue());
    deployment.rental.reset();
    deployment.bought.reset();
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

std::optional<Fault> PriceTable::resolve(const Space& space,
                                         const std::vector<std::uint64_t>& places,
                                         Deployment& deployment) const {
    const Entry& entry = entries_[entry_of(space, places)];
    deployment.rental = entry.rental;
    deployment.bought = entry.bought;
    if (entry.fault) forget_money(deployment);
    return entry.fault;
}

}  // namespace roofline
