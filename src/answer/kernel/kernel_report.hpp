// One kernel under the roof of one device: what `kernel work | gemm | attention` share.
#pragma once

#include "roofline/engine/roof.hpp"

#include "cli/line/command.hpp"
#include "report/report.hpp"

#include <string>
#include <vector>

namespace roofline::cli {

struct Kernel {
    std::string name;
    Flops flops;
    Bytes bytes;
};

/// A kernel at its point of the roofline.
struct Placed {
    const Kernel& kernel;
    const Ridge& ridge;

    FlopsPerByte intensity() const { return kernel.flops / kernel.bytes; }
    Seconds compute() const { return kernel.flops / ridge.peak->rate.value; }
    Seconds memory() const { return kernel.bytes / ridge.memory->bandwidth->value; }
    Seconds bound_time() const { return std::max(compute(), memory()); }
    Bound bound() const { return memory() > compute() ? Bound::memory : Bound::compute; }
    double of_peak() const { return compute() / bound_time(); }
};

std::string verdict_of(const Placed& placed, std::string_view device);
Record placed_record(const Placed& placed);

/// One row per kernel.
Table placed_table(const std::vector<Placed>& kernels, std::vector<std::string> notes);

/// Verdict, inputs (device, dtype and level before the kernel's own), result and derivation of one
/// kernel; the blocks are the command's.
Report report_of(std::string command, const Placed& placed, const Device& device,
                 const Record& inputs);

/// A flag that the command cannot do without. Throws E103 with an example.
std::string required_flag(const Arguments& arguments, std::string_view flag,
                          std::string_view example);

}  // namespace roofline::cli
