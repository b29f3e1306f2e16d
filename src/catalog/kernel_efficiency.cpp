#include "roofline/catalog/kernel_efficiency.hpp"

#include "roofline/catalog/catalog.hpp"
#include "roofline/input/json_object.hpp"

#include "readers.hpp"
#include "text/formatted.hpp"

namespace roofline {
namespace {

GemmEfficiency read_gemm(JsonObject& row) {
    GemmEfficiency result;
    result.device = row.optional_text("device").value_or("");
    if (const auto engine = row.optional_text("engine")) {
        result.engine = find_serving_engine(*engine);
        if (!result.engine) row.fail("engine", formatted("unknown engine '{}'", *engine));
        result.version = row.text("version");
    }
    const auto format = find_weight_format(row.text("format"));
    if (!format) row.fail("format", "unknown weight format");
    result.format = *format;
    result.compute_share = row.positive("compute_share");
    result.memory_share = row.positive("memory_share");
    result.fixed = row.positive("fixed_us") * microsecond;
    result.per_1k_depth = row.optional_positive("us_per_1k_depth").value_or(0) * microsecond;
    result.per_1m_quantized =
        row.optional_positive("us_per_1m_quantized").value_or(0) * microsecond;
    result.median_error = row.optional_positive("median_error").value_or(0);
    result.points = row.optional_whole("points").value_or(0);
    row.done();
    return result;
}

// 0 is the best match.
int distance(const GemmEfficiency& row, const Device& device, std::optional<ServingEngine> engine) {
    if (row.device == device.id) return row.engine == engine ? 0 : 1;
    return row.device.empty() ? 2 : 3;
}

}  // namespace

KernelEfficiencies read_kernel_efficiencies(const JsonDocument& document) {
    JsonObject record(document);
    record.text("schema");
    JsonObject sources = record.object("sources");
    KernelEfficiencies result;
    result.source = sources.text(record.text("source"));
    sources.done();
    for (JsonObject& row : record.objects("gemm")) result.gemm.push_back(read_gemm(row));
    for (JsonObject& row : record.objects("gemm_default")) result.gemm.push_back(read_gemm(row));
    record.done();
    return result;
}

const GemmEfficiency* KernelEfficiencies::gemm_of(const Device& device, WeightFormat format,
                                                  std::optional<ServingEngine> engine) const {
    const GemmEfficiency* best = nullptr;
    for (const GemmEfficiency& row : gemm) {
        if (row.format != format || distance(row, device, engine) > 2) continue;
        if (best == nullptr || distance(row, device, engine) < distance(*best, device, engine))
            best = &row;
    }
    return best;
}

const KernelEfficiencies& kernel_efficiencies() {
    static const KernelEfficiencies all = read_kernel_efficiencies(
        parse_json({.name = "efficiency/kernels.json",
                    .text = std::string(embedded_text("efficiency/kernels.json"))},
                   Dialect::strict));
    return all;
}

}  // namespace roofline
