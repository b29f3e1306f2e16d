// One accelerator as the catalog knows it: every figure with its source, dense peaks only, links
// per direction.
#pragma once

#include "roofline/catalog/precision.hpp"
#include "roofline/units/quantity.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roofline {

/// How far a figure can be trusted: a vendor's document or driver, a third party or derivation,
/// somebody's memory of a data sheet, or a rule that other devices follow.
enum class Confidence { primary, secondary, memory, rule };
inline constexpr std::array<std::string_view, 4> confidence_names{"primary", "secondary", "memory",
                                                                  "rule"};
std::string_view name_of(Confidence confidence);

struct Provenance {
    std::string source;
    Confidence confidence = Confidence::memory;
    std::string note = {};
};

template <typename T>
struct Figure {
    T value;
    Provenance from;
};

template <typename T>
using OptionalFigure = std::optional<Figure<T>>;

enum class ComputeUnit { matrix, vector };
inline constexpr std::array<std::string_view, 2> compute_unit_names{"matrix", "vector"};
std::string_view name_of(ComputeUnit unit);

/// A dense rate. 16-bit and narrower floating-point rates are those with FP32 accumulation.
struct Peak {
    ComputeUnit unit;
    Precision precision;
    Figure<FlopsPerSecond> rate;
    double sparse_multiplier = 1;                    ///< what 2:4 sparsity would add on paper
    OptionalFigure<FlopsPerSecond> rate_acc16 = {};  ///< with FP16 accumulation, if it differs
};

enum class MemoryLevel { dram, l2, l1, registers };
inline constexpr std::array<std::string_view, 4> memory_level_names{"dram", "l2", "l1",
                                                                    "registers"};
std::string_view name_of(MemoryLevel level);

/// One level, summed over the device.
struct Memory {
    MemoryLevel level;
    std::string technology;                            ///< "HBM3"; empty for on-chip levels
    OptionalFigure<Bytes> capacity;                    ///< nominal: what the name says
    OptionalFigure<Bytes> reported;                    ///< what a program is told there is
    OptionalFigure<Bytes> usable;                      ///< the most that it is given, if less
    OptionalFigure<Bytes> reserved;                    ///< what a system or runtime keeps of it
    OptionalFigure<BytesPerSecond> bandwidth;          ///< what to plan with
    OptionalFigure<BytesPerSecond> nominal_bandwidth;  ///< what the sheet says, where it differs
};

/// How the devices of one domain are joined: through a switch (any pair at full rate), pairwise
/// wires (a pair has its own share of the rate), or a torus of neighbours.
enum class Topology { all_to_all, point_to_point, torus };
inline constexpr std::array<std::string_view, 3> topology_names{"all_to_all", "point_to_point",
                                                                "torus"};
std::string_view name_of(Topology topology);

struct Link {
    std::string name;
    Topology topology;
    OptionalFigure<BytesPerSecond> per_direction;  ///< of one device, all its wires together
    double domain = 1;                             ///< devices that it joins
};

/// What joins a group of devices, and how fast one of them sends through it.
struct LinkInUse {
    std::string_view name;
    BytesPerSecond per_direction;
};

struct Node {
    std::string name;
    double devices = 1;
};

/// What a data sheet's headline number really counts.
struct Claim {
    std::string text;
    std::string meaning;
};

enum class DeviceKind { gpu, apu, edge, tpu, asic, cpu };
inline constexpr std::array<std::string_view, 6> device_kind_names{"gpu", "apu",  "edge",
                                                                   "tpu", "asic", "cpu"};
std::string_view name_of(DeviceKind kind);

/// Where a device is sold into. In data centres somebody pays for cooling too.
enum class Market { datacenter, workstation, consumer, edge };
inline constexpr std::array<std::string_view, 4> market_names{"datacenter", "workstation",
                                                              "consumer", "edge"};
std::string_view name_of(Market market);

/// A size that a device is sold in, or a setting that it runs in: what it changes.
struct DeviceMode {
    std::string name;  ///< "64gb"
    OptionalFigure<Bytes> capacity;
    OptionalFigure<Bytes> reported;
    OptionalFigure<Bytes> usable;
};

struct Device {
    std::string id;  ///< in one of its modes "id:mode"
    std::string name;
    std::vector<std::string> aliases;
    std::string vendor;
    DeviceKind kind = DeviceKind::gpu;
    Market market = Market::datacenter;
    std::string architecture;  ///< hopper, blackwell, cdna3 …
    std::string chip;
    std::optional<double> year;
    OptionalFigure<std::string> compute_capability;
    OptionalFigure<double> compute_units;
    std::string compute_unit_name;  ///< "SM", "CU"
    OptionalFigure<Hertz> boost_clock;
    std::vector<Peak> peaks;
    std::vector<Memory> memory;
    std::optional<Link> scale_up;  ///< NVLink, Infinity Fabric, ICI …
    std::optional<Link> pcie;
    OptionalFigure<BytesPerSecond> nic;  ///< per device and direction, to other nodes
    std::optional<Node> node;
    std::optional<double> joined;  ///< devices that share the fast link, where a question says so
    OptionalFigure<Watts> power;
    std::vector<std::string> lacks;  ///< precisions that the matrix units do not have
    std::vector<Claim> claims;
    std::vector<std::string> notes;
    std::vector<DeviceMode> modes;

    /// The peak for `precision`, matrix units before vector units; nullptr when there is none.
    const Peak* peak(Precision precision) const;

    /// The rate of fp16 products that are added up in fp16: twice the peak on GeForce cards, and
    /// all that there is where no unit adds them up in fp32. nullopt: no fp16 arithmetic.
    std::optional<FlopsPerSecond> fp16_rate_acc16() const;
    const Memory* level(MemoryLevel level) const;
    const Memory& dram() const { return *level(MemoryLevel::dram); }

    /// Devices of a node: as asked, else the scale-up domain or the slots of a host, whichever
    /// joins more.
    double switch_domain() const;

    /// The most that a node may be asked to have.
    double most_joined() const;

    /// How one of `ways` devices talks to the others: scale-up link within its domain, PCIe within
    /// a host, else the network card. nullopt: no such link is known.
    std::optional<LinkInUse> link_among(double ways) const;

    /// Devices that were built alike: those of one major compute capability, "sm10", else of one
    /// architecture.
    std::string family() const;

    /// Whether the site that it stands in meters power and cooling together.
    bool in_data_centre() const { return market == Market::datacenter; }

    /// Device memory to plan with: the most that programs are given, else reported, else nominal.
    const Figure<Bytes>& planned_capacity() const;
    Bytes capacity() const { return planned_capacity().value; }
    BytesPerSecond bandwidth() const { return dram().bandwidth->value; }
};

}  // namespace roofline
