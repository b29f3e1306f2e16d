// The figures of one device, each with its source and how far it can be trusted.
#pragma once

#include "roofline/catalog/device.hpp"

#include "report/report.hpp"

#include <string>
#include <vector>

namespace roofline {

/// How far a figure can be trusted, for people: as files and machines have it, but "recalled" for
/// what somebody remembers: memory is a part of devices here.
inline std::string shown_confidence(Confidence confidence) {
    return confidence == Confidence::memory ? "recalled" : std::string(name_of(confidence));
}

struct DeviceFigures {
    std::vector<Block> blocks;  ///< a table for machines, one for people, and the sources
    List records;
};

DeviceFigures figures_of(const Device& device);

}  // namespace roofline
