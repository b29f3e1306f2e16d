// The figures of one device, each with its source and how far it can be trusted.
#pragma once

#include "roofline/catalog/device.hpp"

#include "report/report.hpp"

#include <string>
#include <vector>

namespace roofline {

struct DeviceFigures {
    std::vector<Block> blocks;  ///< a table for machines, one for people, and the sources
    List records;
};

DeviceFigures figures_of(const Device& device);

}  // namespace roofline
