#include "catalog/kernel_efficiency.hpp"

#include "catalog/readers/readers.hpp"
#include "catch.hpp"
#include "fault.hpp"

namespace kernel_efficiency_test {

using namespace roofline;

namespace {

// A file with one row in each of these tables.
void check(const std::string& tables) {
    check_kernel_efficiencies(parse_json(
        {.name = "k.json",
         .text =
             R"({"schema": "roofline/kernels/1", "sources": {"s": "a table"}, "source": "s", )" +
             tables + "}"},
        JsonDialect::strict));
}

Fault fault_in(const std::string& tables) {
    return fault_of([&] { check(tables); });
}

const std::string roof = R"("compute_share": 0.8, "memory_share": 0.9)";
const std::string gemm = R"("format": "fp8", )" + roof;

std::string table(std::string_view name, const std::string& row) {
    return "\"" + std::string(name) + "\": [{" + row + "}]";
}

}  // namespace

TEST_CASE("rows of matrix products, with all that one may say") {
    CHECK_NOTHROW(check(table("gemm", gemm)));
    CHECK_NOTHROW(check(table("gemm", gemm + R"(, "device": "h100-sxm", "engine": "vllm",
        "version": "1", "kernel": "cutlass", "median_error": 0.1, "points": 5, "least_error": 0.1,
        "most_error": 0.2, "fixed_us": 3, "us_per_1k_depth": 1, "us_per_1m_quantized": 1)")));
    const Fault format = fault_in(table("gemm", R"("format": "fp9", )" + roof));
    CHECK(format.code == ErrorCode::bad_record);
    CHECK(format.message == "unknown weight format");
    CHECK(format.where.pointer == "/gemm/0/format");
    const Fault engine = fault_in(table("gemm", R"("engine": "tgi", )" + gemm));
    CHECK(engine.message == "unknown engine 'tgi'");
    CHECK(fault_in(table("gemm", gemm + R"(, "us": 1)")).message == "unknown key 'us'");
    CHECK(fault_in(table("gemm", R"("format": "fp8", "memory_share": 1)")).message ==
          "'compute_share' is missing");
}

TEST_CASE("attention has four tables, experts one, and collectives two") {
    const std::string prefill = R"("arithmetic": "bf16", "cache_bytes": 2, )" + roof;
    const std::string decode = R"("cache_bytes": 2, "memory_share": 0.9)";
    const std::string all = table("prefill", prefill) + "," + table("decode", decode) + "," +
                            table("latent_prefill", prefill) + ",";
    CHECK_NOTHROW(check(all + table("latent_decode", decode)));
    CHECK(fault_in(all + R"("latent_decode": [])").message == "no rows");
    CHECK(fault_in(table("prefill", R"("arithmetic": "fp9", "cache_bytes": 2, )" + roof)).message ==
          "unknown precision");
    const std::string experts = R"("arithmetic": "bf16", "format": "fp8", )" + roof;
    CHECK_NOTHROW(check(table("experts", experts + R"(, "most_ranks": 8)")));
    CHECK(fault_in(table("experts", experts)).message == "'most_ranks' is missing");
    const std::string nccl =
        table("nccl", R"("operation": "all-gather", "most_devices": 8, "link_share": 0.7)");
    CHECK_NOTHROW(check(nccl + "," + table("custom_all_reduce", R"("most_devices": 8,
        "one_shot_share": 0.5, "two_shot_share": 0.6)")));
    CHECK(fault_in(nccl).message == "no rows");
    CHECK(fault_in(table("nccl", R"("operation": "broadcast")")).message ==
          "unknown operation 'broadcast'");
}

TEST_CASE("a file has one source, and names no other") {
    CHECK_NOTHROW(check(table("gemm", gemm)));
    const Fault fault = fault_of([] {
        check_kernel_efficiencies(parse_json(
            {.name = "k.json",
             .text = R"({"schema": "s", "sources": {"a": "1", "b": "2"}, "source": "a"})"},
            JsonDialect::strict));
    });
    CHECK(fault.message == "unknown key 'b'");
}

TEST_CASE("collectives have names") {
    CHECK(name_of(Collective::all_reduce) == "all-reduce");
    CHECK(name_of(Collective::all_gather) == "all-gather");
    CHECK(name_of(Collective::reduce_scatter) == "reduce-scatter");
    CHECK(name_of(Collective::all_to_all) == "all-to-all");
}

TEST_CASE("the rows inside the binary: shares of a roof, times in microseconds, and a source") {
    for (const GemmEfficiency& row : gemm_efficiencies().rows) {
        INFO(row.evidence.device << " " << row.evidence.kernel);
        CHECK(row.roof.compute > 0.05);
        CHECK(row.roof.compute < 1.3);
        CHECK(row.roof.fixed < 1e3 * microsecond);
    }
    CHECK_FALSE(gemm_efficiencies().source.empty());
    CHECK(attention_efficiencies().decode.size() > 1);
    CHECK(attention_efficiencies().latent_prefill.front().head_dim == 0);
    CHECK(experts_efficiencies().rows.front().most_ranks >= 1);
    CHECK(collective_efficiencies().nccl.front().fixed > Seconds());
    CHECK(collective_efficiencies().custom_all_reduce.front().most_devices > 1);
}

}  // namespace kernel_efficiency_test
