// One kernel under the roof of one device.
#pragma once

#include "roofline/engine/roof.hpp"

#include <algorithm>
#include <string>

namespace roofline {

/// What a kernel must do and move, at least.
struct Kernel {
    std::string name;
    Flops flops;
    Bytes bytes;
};

/// A kernel at its point of the roofline.
struct PlacedKernel {
    Kernel kernel;
    Ridge ridge;

    FlopsPerByte intensity() const { return kernel.flops / kernel.bytes; }
    Seconds compute() const { return kernel.flops / ridge.peak->rate.value; }
    Seconds memory() const { return kernel.bytes / ridge.memory->bandwidth->value; }
    Seconds bound_time() const { return std::max(compute(), memory()); }
    Bound bound() const { return memory() > compute() ? Bound::memory : Bound::compute; }
    double of_peak() const { return compute() / bound_time(); }
};

}  // namespace roofline
