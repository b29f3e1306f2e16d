#include "roofline/engine/kernel_time.hpp"
#include "roofline/report/humanize.hpp"
#include "roofline/units/parse.hpp"

#include "deployment_flags.hpp"
#include "kernel_roof.hpp"
#include "roof_flags.hpp"
#include "text/formatted.hpp"

namespace roofline::cli {
namespace {

// 8-bit and narrower operands are multiplied into 16-bit results.
double result_bytes(Precision precision) { return std::max(2.0, row_of(precision).bytes); }

// The stored format whose measured products are like those in this arithmetic.
std::optional<WeightFormat> measured_format(Precision precision) {
    if (precision == Precision::bf16 || precision == Precision::fp16) return WeightFormat::bf16;
    if (precision == Precision::fp8) return WeightFormat::fp8;
    return precision == Precision::fp4 ? std::optional(WeightFormat::nvfp4) : std::nullopt;
}

struct ExpectedGemm {
    Seconds time;
    const GemmEfficiency& efficiency;
};

// nullopt where nothing like it was measured. Never below the bound.
std::optional<ExpectedGemm> expected_gemm(const GemmShape& shape, const Placed& placed,
                                          const Device& device, const Arguments& arguments) {
    const auto format = measured_format(placed.ridge.peak->precision);
    const bool from_memory = placed.ridge.memory->level == MemoryLevel::dram;
    if (!format || !from_memory) return std::nullopt;
    std::optional<ServingEngine> engine;
    if (const auto name = arguments.text("engine")) engine = parse_engine(*name, "--engine");
    const GemmEfficiency* efficiency = kernel_efficiencies().gemm_of(device, *format, engine);
    if (efficiency == nullptr) return std::nullopt;
    const auto time = gemm_time(shape, *efficiency, device);
    if (!time) return std::nullopt;
    return ExpectedGemm{std::max(*time, placed.bound_time()), *efficiency};
}

std::string evidence_words(const GemmEfficiency& e) {
    if (e.device.empty())
        return "not measured on this device: the usual shares of others, 6 to 40 % off";
    return formatted("{} measured {} products of {} {}, off by {} in the median",
                     humanize_number(e.points), name_of(e.format),
                     e.engine ? name_of(*e.engine) : std::string_view("a library"), e.version,
                     humanize_percent(e.median_error));
}

void add_expected(const std::optional<ExpectedGemm>& expected, Report& report) {
    report.result.add("expected", expected ? std::optional(expected->time) : std::nullopt);
    if (!expected) return;
    const GemmEfficiency& e = expected->efficiency;
    report.result.add("evidence",
                      Record()
                          .add("device", e.device.empty() ? Value() : Value(e.device))
                          .add("engine", e.engine ? Value(name_of(*e.engine)) : Value())
                          .add("version", e.version.empty() ? Value() : Value(e.version))
                          .add("format", name_of(e.format))
                          .add("median_error", e.median_error > 0 ? Value(e.median_error) : Value())
                          .add("points", e.points > 0 ? Value(e.points) : Value()));
    report.verdict += formatted("; expected {}", humanize(expected->time));
    report.blocks.emplace_back(
        Text{{formatted("Expected: {} ({})", humanize(expected->time, 4), evidence_words(e))}});
    report.assumptions.push_back({.id = "efficiency",
                                  .text = "expected: shares of peak and bandwidth",
                                  .value = formatted("{} and {}, {} fixed", e.compute_share,
                                                     e.memory_share, humanize(e.fixed)),
                                  .source = kernel_efficiencies().source});
}

}  // namespace

Answer run_kernel_work(const Arguments& arguments, Session& session) {
    const auto device = device_from(arguments, session);
    const Ridge ridge = roof_from(arguments, *device);
    const Kernel kernel{
        .name = "work",
        .flops = parse_quantity<Flops>(required_flag(arguments, "flops", "137.4GFLOP"), "--flops"),
        .bytes = parse_quantity<Bytes>(required_flag(arguments, "bytes", "100.7MB"), "--bytes")};
    const Placed placed{kernel, ridge};
    Report report = report_of("kernel work", placed, *device,
                              Record().add("flops", kernel.flops).add("bytes", kernel.bytes));
    report.blocks.emplace_back(placed_table({placed}, {}));
    return {.report = std::move(report)};
}

Answer run_kernel_gemm(const Arguments& arguments, Session& session) {
    const auto device = device_from(arguments, session);
    const Ridge ridge = roof_from(arguments, *device);
    const auto& words = arguments.positionals();
    const double m = parse_count(words[0], "M");
    const double n = parse_count(words[1], "N");
    const double k = parse_count(words[2], "K");
    const double batch = flag_or(arguments, "batch", parse_count, 1.0);
    const Precision precision = ridge.peak->precision;
    const double in = row_of(precision).bytes;
    const Bytes a = batch * m * k * in * byte;
    const Bytes b = batch * k * n * in * byte;
    const Bytes c = batch * m * n * result_bytes(precision) * byte;
    const Kernel kernel{.name = formatted("gemm {}x{}x{}", m, n, k),
                        .flops = 2 * batch * m * n * k * flop,
                        .bytes = a + b + c};
    const Placed placed{kernel, ridge};
    Report report = report_of("kernel gemm", placed, *device,
                              Record().add("m", m).add("n", n).add("k", k).add("batch", batch));
    report.result.add("a", a).add("b", b).add("c", c);
    report.blocks.emplace_back(placed_table(
        {placed},
        {formatted("A {}, B {}, C {}, each moved once", humanize(a), humanize(b), humanize(c))}));
    if (batch == 1) add_expected(expected_gemm({m, n, k}, placed, *device, arguments), report);
    if (result_bytes(precision) != in)
        report.assumptions.push_back(
            {.id = "result_bytes",
             .text = "bytes per element of the result",
             .value = result_bytes(precision),
             .source = "narrow products accumulate in fp32 and leave as bf16"});
    return {.report = std::move(report)};
}

}  // namespace roofline::cli
