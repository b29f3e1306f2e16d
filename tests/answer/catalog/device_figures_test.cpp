#include "answer/catalog/device_figures.hpp"

#include "catch.hpp"
#include "page.hpp"

namespace device_figures_test {

using namespace roofline;

namespace {

const Provenance sheet{.source = "sheet", .confidence = Confidence::primary};

template <typename T>
Figure<T> known(T value) {
    return {std::move(value), sheet};
}

Device card() {
    Device device{.id = "card"};
    device.compute_unit_name = "SM";
    device.compute_units = known(10.0);
    device.boost_clock = known(900 * megahertz);
    device.peaks = {{ComputeUnit::matrix, Precision::fp16, known(70 * teraflop / second), 2,
                     known(140 * teraflop / second)}};
    device.memory = {{.level = MemoryLevel::dram,
                      .technology = "GDDR6",
                      .capacity = known(24 * gigabyte),
                      .reported = Figure<Bytes>{23.5 * 1024 * mebibyte,
                                                {.source = "logs", .confidence = Confidence::rule}},
                      .bandwidth = known(900 * gigabyte / second)}};
    return device;
}

Report page_of(DeviceFigures figures) {
    Report report{.command = "hw show", .verdict = "card"};
    report.blocks = std::move(figures.blocks);
    return report;
}

}  // namespace

TEST_CASE("for people memory is in GiB too, as drivers and logs have it") {
    CHECK(text_of(page_of(figures_of(card()))) == R"(card

 figure                                                    value  confidence  ref  source
 fp16 matrix dense (sparse x2)                     70.00 TFLOP/s  primary     [1]  sheet
 fp16 matrix dense, fp16 accumulation (sparse x2)  140.0 TFLOP/s  primary     [1]  sheet
 dram GDDR6 capacity                                    24.00 GB  primary     [1]  sheet
 dram GDDR6 capacity as reported, 23.50 GiB             25.23 GB  rule        [2]  logs
 dram GDDR6 bandwidth                                 900.0 GB/s  primary     [1]  sheet
 SMs                                                          10  primary     [1]  sheet
 boost clock                                           900.0 MHz  primary     [1]  sheet

 [1] sheet
 [2] logs
)");
}

TEST_CASE("for machines a figure's name is the same for every value") {
    CHECK(text_of(page_of(figures_of(card())), "csv") ==
          R"csv(figure,value,unit,confidence,note,source
fp16 matrix dense (sparse x2),70000000000000,flop_per_s,primary,,sheet
"fp16 matrix dense, fp16 accumulation (sparse x2)",140000000000000,flop_per_s,primary,,sheet
dram GDDR6 capacity,24000000000,bytes,primary,,sheet
dram GDDR6 capacity as reported,25232932864,bytes,rule,,logs
dram GDDR6 bandwidth,900000000000,bytes_per_s,primary,,sheet
SMs,10,,primary,,sheet
boost clock,900000000,hz,primary,,sheet
)csv");
    const DeviceFigures figures = figures_of(card());
    CHECK(figures.records.size() == 7);
    CHECK(raw_at(std::get<Record>(figures.records[3].data), "name") ==
          "dram GDDR6 capacity as reported");
}

}  // namespace device_figures_test
