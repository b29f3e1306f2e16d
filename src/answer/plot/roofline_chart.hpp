// The roofline chart of scenarios: the roofs of their devices, and their points under them.
#pragma once

#include "roofline/engine/roof.hpp"

#include "evaluate/roof_points.hpp"
#include "report/chart/chart.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace roofline {

/// A deployment under the name that it was asked by.
struct PlottedDeployment {
    std::string name;
    RooflinePlace place;
};

struct DeviceRoof {
    std::shared_ptr<const Device> device;
    Ridge ridge;
};

/// Every roof of a picture once; a chart has them in the same order.
class Roofs {
  public:
    /// Adds it where it is new. Throws what ridge_from() does.
    std::size_t index_of(const std::shared_ptr<const Device>& device, Precision precision);
    const std::vector<DeviceRoof>& all() const { return all_; }

  private:
    std::vector<DeviceRoof> all_;
};

/// Arithmetic of a device whose roofs are drawn besides.
using PrecisionsOf = std::function<std::vector<Precision>(const Device&)>;

/// Those that points stand under come first, then `more`; of a device without either its widest.
Roofs roofs_of(const std::vector<PlottedDeployment>& all, const PrecisionsOf& more);

/// What is on another basis than `asked` says so in its name. `roofs` are those of the scenarios.
Chart roofline_chart(const std::vector<PlottedDeployment>& all, Basis asked, Roofs& roofs);

}  // namespace roofline
