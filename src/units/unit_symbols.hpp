// The unit symbols that users write. One row adds a symbol.
#pragma once

#include "roofline/units/dimension.hpp"

#include <array>
#include <string_view>

namespace roofline::units {

/// What is written, what it measures, and how many base units it is.
struct Symbol {
    std::string_view text;
    Dimension dimension;
    double factor;
};

inline constexpr std::array symbols{
    Symbol{"B", dimension::byte, 1},
    Symbol{"kB", dimension::byte, 1e3},
    Symbol{"MB", dimension::byte, 1e6},
    Symbol{"GB", dimension::byte, 1e9},
    Symbol{"TB", dimension::byte, 1e12},
    Symbol{"KiB", dimension::byte, 1024},
    Symbol{"MiB", dimension::byte, 1048576},
    Symbol{"GiB", dimension::byte, 1073741824},
    Symbol{"TiB", dimension::byte, 1099511627776},
    Symbol{"B/s", dimension::byte_per_second, 1},
    Symbol{"kB/s", dimension::byte_per_second, 1e3},
    Symbol{"MB/s", dimension::byte_per_second, 1e6},
    Symbol{"GB/s", dimension::byte_per_second, 1e9},
    Symbol{"TB/s", dimension::byte_per_second, 1e12},
    Symbol{"MiB/s", dimension::byte_per_second, 1048576},
    Symbol{"GiB/s", dimension::byte_per_second, 1073741824},
    Symbol{"TiB/s", dimension::byte_per_second, 1099511627776},
    Symbol{"Mb/s", dimension::byte_per_second, 1e6 / 8},
    Symbol{"Gb/s", dimension::byte_per_second, 1e9 / 8},
    Symbol{"Tb/s", dimension::byte_per_second, 1e12 / 8},
    Symbol{"Mbps", dimension::byte_per_second, 1e6 / 8},
    Symbol{"Gbps", dimension::byte_per_second, 1e9 / 8},
    Symbol{"FLOP", dimension::flop, 1},
    Symbol{"MFLOP", dimension::flop, 1e6},
    Symbol{"GFLOP", dimension::flop, 1e9},
    Symbol{"TFLOP", dimension::flop, 1e12},
    Symbol{"PFLOP", dimension::flop, 1e15},
    Symbol{"GFLOPS", dimension::flop_per_second, 1e9},
    Symbol{"TFLOPS", dimension::flop_per_second, 1e12},
    Symbol{"PFLOPS", dimension::flop_per_second, 1e15},
    Symbol{"GFLOP/s", dimension::flop_per_second, 1e9},
    Symbol{"TFLOP/s", dimension::flop_per_second, 1e12},
    Symbol{"PFLOP/s", dimension::flop_per_second, 1e15},
    Symbol{"TOPS", dimension::flop_per_second, 1e12},
    Symbol{"POPS", dimension::flop_per_second, 1e15},
    Symbol{"ns", dimension::second, 1e-9},
    Symbol{"us", dimension::second, 1e-6},
    Symbol{"µs", dimension::second, 1e-6},
    Symbol{"ms", dimension::second, 1e-3},
    Symbol{"s", dimension::second, 1},
    Symbol{"min", dimension::second, 60},
    Symbol{"h", dimension::second, 3600},
    Symbol{"W", dimension::watt, 1},
    Symbol{"kW", dimension::watt, 1e3},
    Symbol{"mW", dimension::watt, 1e-3},
    Symbol{"MW", dimension::watt, 1e6},
    Symbol{"FLOP/byte", dimension::flop_per_byte, 1},
    Symbol{"FLOP/B", dimension::flop_per_byte, 1},
};

}  // namespace roofline::units
