// What is asked about: a model, a device, how many of them and how they share the work, formats,
// lengths and a price. Unset members take the defaults that complete() fills in.
#pragma once

#include "roofline/catalog/device.hpp"
#include "roofline/catalog/model.hpp"
#include "roofline/catalog/price.hpp"

#include <memory>
#include <optional>
#include <string>

namespace roofline {

/// How the GPUs share the work. One instance is tensor x data parallel GPUs in each of its
/// pipeline stages; experts spread over the same GPUs; replicas are independent.
struct Layout {
    double tensor = 1;
    double pipeline = 1;
    double data = 1;
    double expert = 1;
    double replicas = 1;

    double stage() const { return tensor * data; }
    double instance() const { return stage() * pipeline; }
    double gpus() const { return instance() * replicas; }
};

/// A price as asked for: an amount per device and hour, or a provider's name.
struct PriceRequest {
    std::string provider;  ///< empty when an amount was given
    MoneyPerSecond amount;
    Currency currency = Currency::usd;
};

struct Deployment {
    std::shared_ptr<const Model> model;
    std::shared_ptr<const Device> device;
    std::optional<double> gpus;  ///< the N of H[xN]

    std::optional<double> tensor_parallel;
    std::optional<double> pipeline_parallel;
    std::optional<double> data_parallel;
    std::optional<double> expert_parallel;
    std::optional<double> replicas;

    std::optional<WeightFormat> weights;
    std::optional<Precision> compute;
    std::optional<Precision> kv_cache;

    std::optional<double> batch;    ///< sequences in one step of one instance
    std::optional<double> isl;      ///< prompt tokens
    std::optional<double> osl;      ///< output tokens
    std::optional<double> context;  ///< tokens in the cache at the decode step looked at

    std::optional<PriceRequest> price;
    std::optional<RentalPrice> rental;  ///< the catalog's row behind a provider's name
};

/// Fills every unset member with its default and checks that the numbers fit together.
/// Throws UserError: E110 heads, E111 GPU counts, E112 switch domain, E113 lengths, E401 precision.
Deployment complete(Deployment deployment);

/// The layout of a complete deployment.
Layout layout_of(const Deployment& deployment);

/// The formats of the model's parts in a complete deployment.
WeightPlan weight_plan_of(const Deployment& deployment);

/// The arithmetic for weights stored so on this device: what the format is made for if the device
/// multiplies it, else the widest 16-bit arithmetic it has. `asked` is --dtype.
Precision compute_precision(const Device& device, const Storage& storage,
                            std::optional<Precision> asked);

/// Throws E401, naming what there is, when the device cannot compute in `asked`.
void refuse_missing_arithmetic(const Device& device, Precision asked);

/// 16-bit arithmetic of the device: bf16, else fp16, else fp32.
Precision wide_precision(const Device& device);

}  // namespace roofline
