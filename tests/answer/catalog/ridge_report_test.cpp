#include "answer/catalog/ridge_report.hpp"

#include "catch.hpp"
#include "page.hpp"

namespace ridge_report_test {

using namespace roofline;

namespace {

template <typename T>
Figure<T> known(T value, const char* source, Confidence confidence = Confidence::primary) {
    return {std::move(value), {.source = source, .confidence = confidence}};
}

Device tiny() {
    const auto rate = [](double teraflops) {
        return known(teraflops * teraflop / second, "data sheet");
    };
    return {.id = "tiny",
            .peaks = {{ComputeUnit::matrix, Precision::fp8, rate(800)},
                      {ComputeUnit::matrix, Precision::bf16, rate(400)},
                      {ComputeUnit::vector, Precision::fp32, rate(50)}},
            .memory = {{.level = MemoryLevel::dram,
                        .bandwidth = known(3 * terabyte / second, "somebody", Confidence::memory)},
                       {.level = MemoryLevel::l2,
                        .bandwidth = known(8 * terabyte / second, "a measurement")}}};
}

Report ridges_of(const Device& device, const std::vector<Precision>& precisions,
                 const std::vector<MemoryLevel>& levels) {
    std::vector<Ridge> ridges;
    for (const Precision precision : precisions)
        for (const MemoryLevel level : levels)
            ridges.push_back(ridge_of(device, precision, level).value());
    return ridge_report(device, ridges);
}

}  // namespace

TEST_CASE("400 TFLOP/s over 3 TB/s turn at 133.3 FLOP/byte; batch 133.3 x 2 bytes / 2 = 134") {
    const Device device = tiny();
    const Report report = ridges_of(device, {Precision::fp8, Precision::bf16}, {MemoryLevel::dram});
    CHECK(text_of(report) == R"(tiny turns from memory- to compute-bound at 133 FLOP/byte in bf16

 dtype  unit    level   PEAK (dense)  bandwidth            ridge
 fp8    matrix  dram   800.0 TFLOP/s  3.00 TB/s  266.7 FLOP/byte
 bf16   matrix  dram   400.0 TFLOP/s  3.00 TB/s  133.3 FLOP/byte
 decoding with bf16 weights leaves the memory roof at a batch of about 134 (weights alone, no cache)

 How it was worked out
 result.ridges[0].ridge_flop_per_byte = peak / bandwidth
   = 800.00 TFLOP/s / 3.000 TB/s = 266.7 FLOP/byte
   [peak: data sheet [primary]; bandwidth: somebody [recalled]]
 result.ridges[1].ridge_flop_per_byte = peak / bandwidth
   = 400.00 TFLOP/s / 3.000 TB/s = 133.3 FLOP/byte
   [peak: data sheet [primary]; bandwidth: somebody [recalled]]
)");
}

TEST_CASE("a ridge of fp8 alone is in its own arithmetic: 266.7 x 1 byte / 2 = 134") {
    const Device device = tiny();
    const Report report = ridges_of(device, {Precision::fp8}, {MemoryLevel::dram, MemoryLevel::l2});
    CHECK(text_of(report) == R"(tiny turns from memory- to compute-bound at 267 FLOP/byte in fp8

 dtype  unit    level   PEAK (dense)  bandwidth            ridge
 fp8    matrix  dram   800.0 TFLOP/s  3.00 TB/s  266.7 FLOP/byte
 fp8    matrix  l2     800.0 TFLOP/s  8.00 TB/s  100.0 FLOP/byte
 decoding with fp8 weights leaves the memory roof at a batch of about 134 (weights alone, no cache)

 How it was worked out
 result.ridges[0].ridge_flop_per_byte = peak / bandwidth
   = 800.00 TFLOP/s / 3.000 TB/s = 266.7 FLOP/byte
   [peak: data sheet [primary]; bandwidth: somebody [recalled]]
 result.ridges[1].ridge_flop_per_byte = peak / bandwidth
   = 800.00 TFLOP/s / 8.000 TB/s = 100.0 FLOP/byte
   [peak: data sheet [primary]; bandwidth: a measurement [primary]]
)");
}

TEST_CASE("ridges in CSV are in base units") {
    const Device device = tiny();
    CHECK(
        text_of(ridges_of(device, {Precision::fp32, Precision::bf16}, {MemoryLevel::l2}), "csv") ==
        "dtype,unit,level,peak_flop_per_s,bandwidth_bytes_per_s,"
        "ridge_flop_per_byte\n"
        "fp32,vector,l2,50000000000000,8000000000000,6.25\n"
        "bf16,matrix,l2,400000000000000,8000000000000,50\n");
}

TEST_CASE("the record of ridges, and each name that was asked for once") {
    const Device device = tiny();
    const Report report =
        ridges_of(device, {Precision::bf16, Precision::fp32}, {MemoryLevel::dram, MemoryLevel::l2});
    CHECK(report.command == "ridge");
    CHECK(json_text(report.inputs) == R"({
  "hw": "tiny",
  "dtype": "bf16,fp32",
  "level": "dram,l2"
}
)");
    CHECK(raw_at(report.result, "device") == "tiny");
    CHECK(std::get<List>(report.result.find("ridges")->data).size() == 4);
    CHECK(json_text(*value_at(report.result, "ridges[1]")) == R"({
  "dtype": "bf16",
  "unit": "matrix",
  "level": "l2",
  "peak_flop_per_s": 400000000000000,
  "bandwidth_bytes_per_s": 8000000000000,
  "ridge_flop_per_byte": 50
}
)");
}

}  // namespace ridge_report_test
