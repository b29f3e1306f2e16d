#include "roofline/engine/kernel_time.hpp"

#include "roofline/catalog/catalog.hpp"
#include "roofline/input/csv.hpp"
#include "roofline/measure/errors.hpp"

#include "catch.hpp"

#include <filesystem>
#include <map>

using namespace roofline;

namespace {

const std::map<std::string, std::string, std::less<>> devices{{"a100_sxm", "a100-sxm-80gb"},
                                                              {"h100_sxm", "h100-sxm"},
                                                              {"h200_sxm", "h200-sxm"},
                                                              {"b200_sxm", "b200-sxm"},
                                                              {"b300_sxm", "b300-sxm"},
                                                              {"gb200", "gb200"},
                                                              {"gb300", "gb300"},
                                                              {"l40s", "l40s"}};

// The row of this very library version.
const GemmEfficiency* exact(const std::string& device, std::string_view engine,
                            std::string_view version, WeightFormat format) {
    for (const GemmEfficiency& row : kernel_efficiencies().gemm)
        if (row.device == device && row.engine == find_serving_engine(engine) &&
            row.version == version && row.format == format)
            return &row;
    return nullptr;
}

}  // namespace

TEST_CASE("a square product on an H100: 4.6 us + root of (137.4 G / (989.4 T x share))2 + moved2") {
    Catalog catalog;
    const auto device = catalog.device("h100");
    const GemmEfficiency efficiency{
        .compute_share = 0.5, .memory_share = 0.5, .fixed = 4.6 * microsecond};
    const double compute = 2 * 4096.0 * 4096 * 4096 / (989.4e12 * 0.5);
    const double memory = 3 * 2 * 4096.0 * 4096 / (3.35e12 * 0.5);
    CHECK_THAT(gemm_time({4096, 4096, 4096}, efficiency, *device)->in(second),
               WithinRel(4.6e-6 + std::hypot(compute, memory), 1e-12));
}

TEST_CASE("of a device that was measured its own row is taken, of others the usual one") {
    Catalog catalog;
    const KernelEfficiencies& all = kernel_efficiencies();
    const GemmEfficiency* own =
        all.gemm_of(*catalog.device("h100"), WeightFormat::bf16, ServingEngine::vllm);
    CHECK(own->device == "h100-sxm");
    CHECK(own->engine == ServingEngine::vllm);
    CHECK(all.gemm_of(*catalog.device("l4"), WeightFormat::bf16, {})->device.empty());
    CHECK(all.gemm_of(*catalog.device("l4"), WeightFormat::int3, {}) == nullptr);
}

TEST_CASE("measured matrix products: the reference's answer to 1e-3, and its error") {
    const std::string path = ROOFLINE_SOURCE_DIR "/../shared/validation/kernels/gemm_fit.csv";
    if (!std::filesystem::exists(path)) {
        WARN("skipped: " << path << " is not there");
        return;
    }
    Catalog catalog;
    CsvTable table(read_source(path));
    std::vector<double> errors;
    std::map<std::string, std::vector<double>> by_group;
    while (table.next()) {
        const auto known = devices.find(*table.text("system"));
        if (known == devices.end()) continue;
        const auto device = catalog.device(known->second);
        const std::string_view dtype = *table.text("dtype");
        const auto format = find_weight_format(dtype == "bfloat16" ? "bf16" : dtype);
        REQUIRE(format);
        const GemmEfficiency* row =
            exact(known->second, *table.text("backend"), *table.text("version"), *format);
        REQUIRE(row != nullptr);
        const Seconds time =
            *gemm_time({*table.number("m"), *table.number("n"), *table.number("k")}, *row, *device);
        const double us = time.in(microsecond);
        CHECK_THAT(us, WithinRel(*table.number("pred_us"), 1e-3));
        // The benchmark keeps small weights in the cache: compare what is cold in both.
        const bool cold = *table.number("pred_us") == *table.number("pred_bench_us");
        if (!cold) continue;
        errors.push_back(us / *table.number("latency_us") - 1);
        by_group[known->second + " " + std::string(dtype)].push_back(errors.back());
    }
    CHECK(errors.size() > 1000);
    CHECK(summary_of(errors).median <= 0.066);
    for (const auto& [group, values] : by_group)
        UNSCOPED_INFO(group << " " << summary_of(values).median);
}
