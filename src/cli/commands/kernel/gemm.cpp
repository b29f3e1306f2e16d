#include "answer/kernel/expected_report.hpp"
#include "answer/kernel/kernel_report.hpp"
#include "cli/line/deployment_flags.hpp"
#include "cli/line/roof_flags.hpp"
#include "kernel/kernel_time.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"
#include "units/parse.hpp"

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

Expectation expected_gemm(const GemmShape& shape, const Placed& placed, const Device& device,
                          const Arguments& arguments) {
    const Precision precision = placed.ridge.peak->precision;
    const auto format = measured_format(precision);
    const GemmEfficiency* e =
        format ? gemm_efficiencies().of(device, *format, engine_from(arguments)) : nullptr;
    if (e == nullptr)
        return {.kernel = {},
                .why_not = formatted("no {} products were measured", name_of(precision))};
    return expected_of(placed, gemm_time(shape, *e, device),
                       {.time = {},
                        .evidence = e->evidence,
                        .what = formatted("{} products", name_of(e->format)),
                        .losses = losses_of(e->roof),
                        .source = gemm_efficiencies().source});
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
    const bool measured = batch == 1 && ridge.memory->level == MemoryLevel::dram;
    add_expected(measured ? expected_gemm({m, n, k}, placed, *device, arguments)
                          : Expectation{{}, "measured were single products from DRAM"},
                 report);
    if (result_bytes(precision) != in)
        report.assumptions.push_back(
            {.id = "result_bytes",
             .text = "bytes per element of the result",
             .value = result_bytes(precision),
             .source = "narrow products accumulate in fp32 and leave as bf16"});
    return {.report = std::move(report)};
}

}  // namespace roofline::cli
