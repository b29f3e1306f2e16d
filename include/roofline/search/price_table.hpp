// The prices of a space's devices, looked up before its points are asked: threads then share them.
#pragma once

#include "roofline/search/space.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace roofline {

class PriceTable {
  public:
    PriceTable() = default;
    /// Every device with every price and purchase. Throws the first UserError (E221, E131) when no
    /// pair has a price; else those that have none say so at their points.
    PriceTable(const Space& space, Catalog& catalog);

    /// Puts the rows behind the deployment's price. Where there are none it returns why, and takes
    /// the question about money out of the deployment: its other figures stand.
    std::optional<Fault> resolve(const Space& space, const std::vector<std::uint64_t>& places,
                                 Deployment& deployment) const;

  private:
    struct Entry {
        std::optional<RentalPrice> rental;
        std::optional<PurchasePrice> bought;
        std::optional<Fault> fault;
    };
    std::vector<Entry> entries_;
};

}  // namespace roofline
