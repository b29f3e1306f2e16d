#include "answer/catalog/device_report.hpp"

#include "catch.hpp"
#include "page.hpp"

namespace device_report_test {

using namespace roofline;

namespace {

const Provenance sheet{.source = "data sheet", .confidence = Confidence::primary};
const Provenance guess{
    .source = "somebody", .confidence = Confidence::memory, .note = "from a talk"};

const Provenance ruled{.source = "others", .confidence = Confidence::rule};

template <typename T>
Figure<T> known(T value, const Provenance& from = sheet) {
    return {std::move(value), from};
}

Memory hbm() {
    return {.level = MemoryLevel::dram,
            .technology = "HBM3",
            .capacity = known(80 * gigabyte),
            .reported = known(76 * gigabyte, guess),
            .usable = known(60 * gigabyte, ruled),
            .reserved = known(2 * gigabyte),
            .bandwidth = known(2 * terabyte / second),
            .nominal_bandwidth = known(2.5 * terabyte / second)};
}

Device tiny() {
    return {.id = "tiny",
            .name = "Tiny One",
            .aliases = {"t1", "TINY 1"},
            .vendor = "Acme",
            .kind = DeviceKind::edge,
            .market = Market::workstation,
            .architecture = "toy",
            .year = 2031,
            .compute_capability = known(std::string("9.9")),
            .compute_units = known(16.0),
            .compute_unit_name = "CU",
            .boost_clock = known(1500 * megahertz),
            .peaks = {{ComputeUnit::matrix, Precision::bf16, known(400 * teraflop / second), 2},
                      {ComputeUnit::matrix, Precision::fp8, known(800 * teraflop / second, guess)},
                      {ComputeUnit::vector, Precision::fp32, known(50 * teraflop / second)},
                      {ComputeUnit::vector, Precision::int8, known(7 * teraflop / second)}},
            .memory = {hbm(), {.level = MemoryLevel::l2, .capacity = known(50 * mebibyte)}},
            .scale_up = Link{"Wire", Topology::torus, known(450 * gigabyte / second), 8},
            .pcie = Link{"PCIe 5", Topology::all_to_all, known(63 * gigabyte / second)},
            .nic = known(50 * gigabyte / second),
            .node = Node{"Box", 8},
            .power = known(700 * watt),
            .lacks = {"fp6", "fp4"},
            .claims = {{"1600 TOPS", "with sparsity"}},
            .notes = {"runs warm"},
            .modes = {{"40gb", known(40 * gigabyte), {}, {}}, {"80gb", {}, {}, {}}}};
}

/// A device of which hardly anything is known.
Device bare() {
    return {.id = "bare",
            .name = "Bare",
            .aliases = {"b0"},
            .vendor = "Acme",
            .architecture = "toy",
            .peaks = {{ComputeUnit::matrix, Precision::fp4, known(9 * teraflop / second)},
                      {ComputeUnit::matrix, Precision::int8, known(18 * teraflop / second)}},
            .memory = {{.level = MemoryLevel::dram,
                        .capacity = known(8 * gigabyte),
                        .bandwidth = known(100 * gigabyte / second)}}};
}

Devices two_devices() {
    return {std::make_shared<const Device>(tiny()), std::make_shared<const Device>(bare())};
}

}  // namespace

TEST_CASE("devices are listed with dense rates of matrix units; 400 T / 2 T is 200 FLOP/byte") {
    CHECK(text_of(device_list_report(two_devices()), "table", 150) ==
          R"(2 devices; dense rates, no sparsity

 NAME   MEMORY   BANDWIDTH       16-BIT          FP8           FP4          INT8          RIDGE     POWER  REPORTED  ARCH  VENDOR
 tiny  80.0 GB   2.00 TB/s  400 TFLOP/s  800 TFLOP/s             –             –  200 FLOP/byte  0.700 kW   76.0 GB  toy   Acme
 bare  8.00 GB  0.100 TB/s            –            –  9.00 TFLOP/s  18.0 TFLOP/s              –         –         –  toy   Acme
 roofline hw list WORD lists some of them
 roofline hw show NAME prints every figure with its source
)");
}

TEST_CASE("devices about a word have it in a name, the maker, the architecture or the market") {
    const Devices both = two_devices();
    CHECK(devices_about("acme", both).size() == 2);
    CHECK(devices_about("TINY", both).size() == 1);
    CHECK(devices_about("t1", both)[0]->id == "tiny");
    CHECK(devices_about("b-0", both)[0]->id == "bare");
    CHECK(devices_about("edge", both)[0]->id == "tiny");
    CHECK(devices_about("workstation", both)[0]->id == "tiny");
    CHECK(devices_about("nothing", both).empty());
    const Report report = device_list_report(devices_about("t1", both), "t1");
    CHECK(report.verdict == "1 device about 't1'; dense rates, no sparsity");
    CHECK(raw_at(report.inputs, "about") == "t1");
}

TEST_CASE("a list of devices in CSV has base units") {
    CHECK(text_of(device_list_report(two_devices()), "csv") ==
          "id,memory_bytes,bandwidth_bytes_per_s,wide_flop_per_s,fp8_flop_per_s,fp4_flop_per_s,"
          "int8_flop_per_s,ridge_flop_per_byte,power_w,reported_bytes,architecture,vendor\n"
          "tiny,80000000000,2000000000000,400000000000000,800000000000000,,,200,700,76000000000,"
          "toy,Acme\n"
          "bare,8000000000,100000000000,,,9000000000000,18000000000000,,,,toy,Acme\n");
}

TEST_CASE("the record of a list of devices") {
    const Report report = device_list_report(two_devices());
    CHECK(report.command == "hw list");
    CHECK(json_text(report.result) == R"({
  "devices": [
    {
      "id": "tiny",
      "name": "Tiny One",
      "vendor": "Acme",
      "kind": "edge",
      "market": "workstation",
      "architecture": "toy",
      "memory_bytes": 80000000000,
      "reported_bytes": 76000000000,
      "usable_bytes": 60000000000,
      "bandwidth_bytes_per_s": 2000000000000,
      "dense_peaks": {
        "fp32_flop_per_s": 50000000000000,
        "bf16_flop_per_s": 400000000000000,
        "fp8_flop_per_s": 800000000000000,
        "int8_flop_per_s": 7000000000000
      },
      "power_w": 700
    },
    {
      "id": "bare",
      "name": "Bare",
      "vendor": "Acme",
      "kind": "gpu",
      "market": "datacenter",
      "architecture": "toy",
      "memory_bytes": 8000000000,
      "reported_bytes": null,
      "usable_bytes": null,
      "bandwidth_bytes_per_s": 100000000000,
      "dense_peaks": {
        "fp4_flop_per_s": 9000000000000,
        "int8_flop_per_s": 18000000000000
      },
      "power_w": null
    }
  ]
}
)");
}

TEST_CASE("a device's page has every figure with its source, and what else is known") {
    CHECK(text_of(device_report(tiny(), "t1"), "table", 150) == R"(tiny: Tiny One (Acme, toy, 2031)

 FIGURE                                             VALUE  CONFIDENCE  REF  NOTE         SOURCE
 bf16 matrix dense (sparse x2)              400.0 TFLOP/s  primary     [1]               data sheet
 fp8 matrix dense                           800.0 TFLOP/s  memory      [2]  from a talk  somebody
 fp32 vector dense                          50.00 TFLOP/s  primary     [1]               data sheet
 int8 vector dense                          7.000 TFLOP/s  primary     [1]               data sheet
 dram HBM3 capacity                              80.00 GB  primary     [1]               data sheet
 dram HBM3 capacity as reported, 70.78 GiB       76.00 GB  memory      [2]  from a talk  somebody
 dram HBM3 given to programs, 55.88 GiB          60.00 GB  rule        [3]               others
 dram HBM3 kept by the system, 1.86 GiB          2.000 GB  primary     [1]               data sheet
 dram HBM3 bandwidth                           2.000 TB/s  primary     [1]               data sheet
 dram HBM3 bandwidth, nominal                  2.500 TB/s  primary     [1]               data sheet
 l2 capacity                                     52.43 MB  primary     [1]               data sheet
 CUs                                                   16  primary     [1]               data sheet
 boost clock                                    1.500 GHz  primary     [1]               data sheet
 compute capability                         9.9            primary     [1]               data sheet
 Wire per direction, torus x8                  450.0 GB/s  primary     [1]               data sheet
 PCIe 5 per direction                          63.00 GB/s  primary     [1]               data sheet
 network per direction                         50.00 GB/s  primary     [1]               data sheet
 power                                            700.0 W  primary     [1]               data sheet

 [1] data sheet
 [2] somebody
 [3] others

 no matrix units for fp6, fp4
 advertised: 1600 TOPS = with sparsity
 usual node: Box, 8 devices
 runs warm
 modes: tiny:40gb, tiny:80gb
 aliases: t1, TINY 1
)");
}

TEST_CASE("a device's page without a year, remarks or optional figures") {
    CHECK(text_of(device_report(bare(), "bare")) == R"(bare: Bare (Acme, toy)

 FIGURE                     VALUE  CONFIDENCE  REF  SOURCE
 fp4 matrix dense   9.000 TFLOP/s  primary     [1]  data sheet
 int8 matrix dense  18.00 TFLOP/s  primary     [1]  data sheet
 dram capacity           8.000 GB  primary     [1]  data sheet
 dram bandwidth        100.0 GB/s  primary     [1]  data sheet

 [1] data sheet

 aliases: b0
)");
}

TEST_CASE("a device's figures in CSV name the unit beside each number") {
    CHECK(text_of(device_report(tiny(), "t1"), "csv") == R"(figure,value,unit,confidence,note,source
bf16 matrix dense (sparse x2),400000000000000,flop_per_s,primary,,data sheet
fp8 matrix dense,800000000000000,flop_per_s,memory,from a talk,somebody
fp32 vector dense,50000000000000,flop_per_s,primary,,data sheet
int8 vector dense,7000000000000,flop_per_s,primary,,data sheet
dram HBM3 capacity,80000000000,bytes,primary,,data sheet
dram HBM3 capacity as reported,76000000000,bytes,memory,from a talk,somebody
dram HBM3 given to programs,60000000000,bytes,rule,,others
dram HBM3 kept by the system,2000000000,bytes,primary,,data sheet
dram HBM3 bandwidth,2000000000000,bytes_per_s,primary,,data sheet
"dram HBM3 bandwidth, nominal",2500000000000,bytes_per_s,primary,,data sheet
l2 capacity,52428800,bytes,primary,,data sheet
CUs,16,,primary,,data sheet
boost clock,1500000000,hz,primary,,data sheet
compute capability,9.9,,primary,,data sheet
"Wire per direction, torus x8",450000000000,bytes_per_s,primary,,data sheet
PCIe 5 per direction,63000000000,bytes_per_s,primary,,data sheet
network per direction,50000000000,bytes_per_s,primary,,data sheet
power,700,w,primary,,data sheet
)");
}

TEST_CASE("a device's record") {
    const Report report = device_report(tiny(), "t1");
    CHECK(report.command == "hw show");
    CHECK(raw_at(report.inputs, "name") == "t1");
    CHECK(json_text(*report.result.find("aliases")) == "[\n  \"t1\",\n  \"TINY 1\"\n]\n");
    CHECK(json_text(*report.result.find("lacks")) == "[\n  \"fp6\",\n  \"fp4\"\n]\n");
    CHECK(json_text(*report.result.find("modes")) == "[\n  \"40gb\",\n  \"80gb\"\n]\n");
    CHECK(json_text(*value_at(report.result, "figures[2]")) == R"({
  "name": "fp32 vector dense",
  "flop_per_s": 50000000000000,
  "confidence": "primary",
  "source": "data sheet",
  "note": null
}
)");
    CHECK(json_text(*value_at(report.result, "figures[1]")) == R"({
  "name": "fp8 matrix dense",
  "flop_per_s": 800000000000000,
  "confidence": "memory",
  "source": "somebody",
  "note": "from a talk"
}
)");
    CHECK(json_text(*value_at(report.result, "figures[11]")) == R"({
  "name": "CUs",
  "value": 16,
  "confidence": "primary",
  "source": "data sheet",
  "note": null
}
)");
}

}  // namespace device_report_test
