#include "answer/catalog/device_report.hpp"

#include "catch.hpp"
#include "page.hpp"
#include "toy_devices.hpp"

namespace device_report_test {

using namespace roofline;
using namespace toy_devices;

TEST_CASE("a device's page has every figure with its source, and what else is known") {
    CHECK(text_of(device_report(tiny(), "t1"), "table", 150) == R"(tiny: Tiny One (Acme, toy, 2031)

 figure                                             value  confidence  ref  note         source
 bf16 matrix dense (sparse x2)              400.0 TFLOP/s  primary     [1]               data sheet
 fp8 matrix dense                           800.0 TFLOP/s  recalled    [2]  from a talk  somebody
 fp32 vector dense                          50.00 TFLOP/s  primary     [1]               data sheet
 int8 vector dense                          7.000 TFLOP/s  primary     [1]               data sheet
 dram HBM3 capacity                              80.00 GB  primary     [1]               data sheet
 dram HBM3 capacity as reported, 70.78 GiB       76.00 GB  recalled    [2]  from a talk  somebody
 dram HBM3 given to programs, 55.88 GiB          60.00 GB  rule        [3]               others
 dram HBM3 kept by the system, 1.86 GiB          2.000 GB  primary     [1]               data sheet
 dram HBM3 bandwidth                           2.000 TB/s  primary     [1]               data sheet
 dram HBM3 bandwidth, nominal                  2.500 TB/s  primary     [1]               data sheet
 l2 capacity                                     52.43 MB  primary     [1]               data sheet
 CUs                                                   16  primary     [1]               data sheet
 boost clock                                    1.500 GHz  primary     [1]               data sheet
 compute capability                                   9.9  primary     [1]               data sheet
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

 figure                     value  confidence  ref  source
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
