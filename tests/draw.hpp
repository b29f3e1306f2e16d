// Deployments drawn at random, with a fixed seed: any language model on any device.
#pragma once

#include "roofline/catalog/catalog.hpp"
#include "roofline/workload/deployment.hpp"

#include <cmath>
#include <random>
#include <vector>

namespace roofline {

class Draw {
  public:
    Deployment deployment() {
        Deployment d{.model = pick(models_), .device = pick(devices_)};
        if (flip()) d.tensor_parallel = pick(std::vector{2.0, 4.0, 8.0});
        if (flip() && flip()) d.data_parallel = 2;
        return d;
    }

    double number(double from, double to) {
        return std::floor(std::uniform_real_distribution(from, to)(random_));
    }
    bool flip() { return std::uniform_int_distribution(0, 1)(random_) == 1; }
    template <typename T>
    T pick(const std::vector<T>& from) {
        return from[std::uniform_int_distribution<std::size_t>(0, from.size() - 1)(random_)];
    }

  private:
    static std::vector<std::shared_ptr<const Model>> language_models() {
        Catalog catalog;
        std::vector<std::shared_ptr<const Model>> models;
        for (const std::string& id : catalog.model_ids())
            if (auto model = catalog.model(id); model->causal) models.push_back(std::move(model));
        return models;
    }

    std::mt19937 random_{20261122};
    std::vector<std::shared_ptr<const Model>> models_ = language_models();
    std::vector<std::shared_ptr<const Device>> devices_ = Catalog().all_devices();
};

}  // namespace roofline
