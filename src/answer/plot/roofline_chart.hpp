// The roofline chart of scenarios: the roofs of their devices, and their points under them.
#pragma once

#include "roofline/engine/roof.hpp"

#include "evaluate/roof_points.hpp"
#include "report/chart/chart.hpp"

#include <memory>
#include <vector>

namespace roofline::cli {

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

/// Those that points stand under come first, then those of --dtype. Throws E106 and E401 for its
/// list.
Roofs roofs_of(const std::vector<PlottedScenario>& all, const Arguments& arguments);

/// What is on another basis than `asked` says so in its name. `roofs` are those of the scenarios.
Chart roofline_chart(const std::vector<PlottedScenario>& all, Basis asked, Roofs& roofs);

}  // namespace roofline::cli
