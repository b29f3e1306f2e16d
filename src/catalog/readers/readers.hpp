// One reader per kind of catalog file. Each refuses unknown keys and figures without a source, and
// throws UserError (E301, E302) with the place of what is wrong.
#pragma once

#include "roofline/catalog/device.hpp"
#include "roofline/catalog/efficiency.hpp"
#include "roofline/catalog/engine_era.hpp"
#include "roofline/catalog/model.hpp"
#include "roofline/catalog/price.hpp"

#include "catalog/kernel_efficiency.hpp"
#include "input/json.hpp"

#include <vector>

namespace roofline {

inline constexpr std::string_view device_schema = "roofline/device/1";
inline constexpr std::string_view model_schema = "roofline/model/1";
inline constexpr std::string_view prices_schema = "roofline/prices/1";
inline constexpr std::string_view efficiency_schema = "roofline/efficiency/1";
inline constexpr std::string_view biases_schema = "roofline/biases/1";
inline constexpr std::string_view engine_schema = "roofline/engine/1";
inline constexpr std::string_view kernels_schema = "roofline/kernels/1";

/// The "schema" member of a catalog file, checked to be one of the above.
std::string schema_of(const JsonDocument& document);

Device read_device(const JsonDocument& document);
Model read_model(const JsonDocument& document);
PriceRows read_prices(const JsonDocument& document);
FittedEfficiency read_efficiency(const JsonDocument& document);
EngineFile read_engine_file(const JsonDocument& document);
/// What a backend has of its own, over what its engine has.
void overlay(const EngineEra& changes, EngineEra& era);
/// Any file of measured kernels.
void check_kernel_efficiencies(const JsonDocument& document);

/// Figures that contradict each other or physics, with their places.
std::vector<Fault> broken_invariants(const Device& device, const JsonDocument& document);

}  // namespace roofline
