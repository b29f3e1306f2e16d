// How far off expected figures are known to be where no row of the fit was measured.
#pragma once

#include "roofline/catalog/device.hpp"
#include "roofline/catalog/serving_engine.hpp"

#include "input/json.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace roofline {

/// What is unset holds for all.
struct KnownBias {
    std::optional<ServingEngine> engine;
    std::string vendor;
    std::string architecture;
    std::string memory;  ///< what the name of its technology begins with: "HBM"
    std::string text;    ///< a sentence without its full stop
};

/// Reads roofline/biases/1. Throws UserError at what it does not know.
std::vector<KnownBias> read_biases(const JsonDocument& document);

/// The sentences of the built-in file that hold for an engine on a device.
std::vector<std::string> known_biases(ServingEngine engine, const Device& device);

}  // namespace roofline
