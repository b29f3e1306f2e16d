// The matrices of a layer: counted for a model's size, sharded for its work, from one list.
#pragma once

#include "roofline/catalog/layer.hpp"
#include "roofline/catalog/model.hpp"
#include "roofline/workload/operator.hpp"

#include <vector>

namespace roofline {

/// Among which GPUs of an instance a weight is divided.
enum class Division { heads, kv_heads, copied, instance, experts };

/// `copies` matrices of inputs x outputs in one layer.
struct Matrix {
    OperatorKind kind;
    Component component;
    Division division;
    double inputs = 0;
    double outputs = 0;
    double copies = 1;
    double heads = 1;        ///< that GPUs share out, of Division::kv_heads
    bool multiplied = true;  ///< with tokens of text

    double parameters() const { return inputs * outputs * copies; }
};

std::vector<Matrix> matrices_of(const Layer& layer, double hidden);

}  // namespace roofline
