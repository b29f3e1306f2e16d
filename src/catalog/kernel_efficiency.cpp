#include "kernel_efficiency.hpp"

#include "roofline/catalog/catalog.hpp"

#include "catalog/readers/readers.hpp"
#include "input/json_object.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <array>

namespace roofline {
namespace {

Seconds microseconds(JsonObject& row, std::string_view key) {
    return row.optional_positive(key).value_or(0) * microsecond;
}

KernelEvidence read_evidence(JsonObject& row) {
    KernelEvidence result;
    result.device = row.optional_text("device").value_or("");
    if (const auto engine = row.optional_text("engine")) {
        result.engine = find_serving_engine(*engine);
        if (!result.engine) row.fail("engine", formatted("unknown engine '{}'", *engine));
    }
    result.version = row.optional_text("version").value_or("");
    result.kernel = row.optional_text("kernel").value_or("");
    result.median_error = row.optional_positive("median_error").value_or(0);
    result.points = row.optional_whole("points").value_or(0);
    result.least_error = row.optional_positive("least_error").value_or(0);
    result.most_error = row.optional_positive("most_error").value_or(0);
    return result;
}

// Decode attention, which may have no share of the peak, reads it by itself.
RoofShares read_roof(JsonObject& row) {
    return {.compute = row.positive("compute_share"),
            .memory = row.positive("memory_share"),
            .fixed = microseconds(row, "fixed_us")};
}

WeightFormat read_format(JsonObject& row) {
    const auto format = find_weight_format(row.text("format"));
    if (!format) row.fail("format", "unknown weight format");
    return *format;
}

Precision read_arithmetic(JsonObject& row) {
    const auto precision = find_precision(row.text("arithmetic"));
    if (!precision) row.fail("arithmetic", "unknown precision");
    return *precision;
}

template <typename Efficiency>
Efficiency read_row(JsonObject& row);

template <>
GemmEfficiency read_row(JsonObject& row) {
    return {.evidence = read_evidence(row),
            .format = read_format(row),
            .roof = read_roof(row),
            .per_1k_depth = microseconds(row, "us_per_1k_depth"),
            .per_1m_quantized = microseconds(row, "us_per_1m_quantized")};
}

template <>
PrefillAttentionEfficiency read_row(JsonObject& row) {
    return {.evidence = read_evidence(row),
            .arithmetic = read_arithmetic(row),
            .cache_bytes = row.positive("cache_bytes"),
            .head_dim = row.optional_whole("head_dim").value_or(0),
            .roof = read_roof(row),
            .per_1k_tokens = microseconds(row, "us_per_1k_tokens"),
            .cache_passes = row.optional_positive("cache_passes").value_or(0)};
}

template <>
DecodeAttentionEfficiency read_row(JsonObject& row) {
    return {.evidence = read_evidence(row),
            .cache_bytes = row.positive("cache_bytes"),
            .head_dim = row.optional_whole("head_dim").value_or(0),
            .roof = {.compute = row.optional_positive("compute_share").value_or(0),
                     .memory = row.positive("memory_share"),
                     .fixed = microseconds(row, "fixed_us")},
            .per_1k_heads = microseconds(row, "us_per_1k_heads"),
            .per_doubling = microseconds(row, "us_per_doubling"),
            .least_heads = row.optional_whole("least_heads").value_or(0)};
}

template <>
ExpertsEfficiency read_row(JsonObject& row) {
    return {.evidence = read_evidence(row),
            .format = read_format(row),
            .arithmetic = read_arithmetic(row),
            .most_ranks = row.whole("most_ranks"),
            .roof = read_roof(row),
            .activation_passes = row.optional_positive("activation_passes").value_or(0),
            .token_passes = row.optional_positive("token_passes").value_or(0),
            .per_10_experts = microseconds(row, "us_per_10_experts")};
}

template <>
CollectiveEfficiency read_row(JsonObject& row) {
    return {.evidence = read_evidence(row),
            .operation = static_cast<Collective>(row.choice("operation", collective_names)),
            .most_devices = row.whole("most_devices"),
            .link_share = row.positive("link_share"),
            .fixed = microseconds(row, "fixed_us"),
            .per_device = microseconds(row, "us_per_device"),
            .per_root = row.optional_positive("us_per_root_us").value_or(0)};
}

template <>
CustomAllReduceEfficiency read_row(JsonObject& row) {
    return {.evidence = read_evidence(row),
            .most_devices = row.whole("most_devices"),
            .one_shot_share = row.positive("one_shot_share"),
            .two_shot_share = row.positive("two_shot_share"),
            .fixed = microseconds(row, "fixed_us"),
            .per_device = microseconds(row, "us_per_device"),
            .per_root = row.optional_positive("us_per_root_us").value_or(0)};
}

// One file: the tables that `read` takes from it, and the source of them all.
class KernelFile {
  public:
    explicit KernelFile(const JsonDocument& document) : record_(document) {
        record_.text("schema");
        JsonObject sources = record_.object("sources");
        source_ = sources.text(record_.text("source"));
        sources.done();
    }

    template <typename Efficiency>
    std::vector<Efficiency> rows(std::string_view table) {
        std::vector<Efficiency> result;
        for (JsonObject& row : record_.objects(table)) {
            result.push_back(read_row<Efficiency>(row));
            row.done();
        }
        if (result.empty()) record_.fail(table, "no rows");
        return result;
    }

    std::string done() {
        record_.done();
        return source_;
    }

  private:
    JsonObject record_;
    std::string source_;
};

JsonDocument embedded(const std::string& file) {
    return parse_json({.name = file, .text = std::string(embedded_text(file))},
                      JsonDialect::strict);
}

GemmEfficiencies read_gemm(const JsonDocument& document) {
    KernelFile file(document);
    return {.rows = file.rows<GemmEfficiency>("gemm"), .source = file.done()};
}

AttentionEfficiencies read_attention(const JsonDocument& document) {
    KernelFile file(document);
    return {.prefill = file.rows<PrefillAttentionEfficiency>("prefill"),
            .decode = file.rows<DecodeAttentionEfficiency>("decode"),
            .latent_prefill = file.rows<PrefillAttentionEfficiency>("latent_prefill"),
            .latent_decode = file.rows<DecodeAttentionEfficiency>("latent_decode"),
            .source = file.done()};
}

ExpertsEfficiencies read_experts(const JsonDocument& document) {
    KernelFile file(document);
    return {.rows = file.rows<ExpertsEfficiency>("experts"), .source = file.done()};
}

CollectiveEfficiencies read_collectives(const JsonDocument& document) {
    KernelFile file(document);
    return {.nccl = file.rows<CollectiveEfficiency>("nccl"),
            .custom_all_reduce = file.rows<CustomAllReduceEfficiency>("custom_all_reduce"),
            .source = file.done()};
}

}  // namespace

std::string_view name_of(Collective operation) {
    return collective_names[static_cast<std::size_t>(operation)];
}

void check_kernel_efficiencies(const JsonDocument& document) {
    if (document.root.find("gemm") != nullptr)
        read_gemm(document);
    else if (document.root.find("prefill") != nullptr)
        read_attention(document);
    else if (document.root.find("experts") != nullptr)
        read_experts(document);
    else
        read_collectives(document);
}

const GemmEfficiencies& gemm_efficiencies() {
    static const GemmEfficiencies all = read_gemm(embedded("efficiency/gemm.json"));
    return all;
}

const AttentionEfficiencies& attention_efficiencies() {
    static const AttentionEfficiencies all = read_attention(embedded("efficiency/attention.json"));
    return all;
}

const ExpertsEfficiencies& experts_efficiencies() {
    static const ExpertsEfficiencies all = read_experts(embedded("efficiency/experts.json"));
    return all;
}

const CollectiveEfficiencies& collective_efficiencies() {
    static const CollectiveEfficiencies all =
        read_collectives(embedded("efficiency/collectives.json"));
    return all;
}

}  // namespace roofline
