#include "roofline/catalog/efficiency.hpp"

#include "catalog/readers/readers.hpp"
#include "catch.hpp"
#include "fault.hpp"

#include <algorithm>

namespace efficiency_test {

using namespace roofline;

namespace {

// A file in which every parameter is 0.25, but for `name`.
std::string file(std::string_view name, std::string_view value, std::string_view bands) {
    std::string text = R"({"schema": "roofline/efficiency/1", "sources": {"s": "a fit"},
        "families": ["hopper"], "parameters": {)";
    for (const EfficiencyRow& row : efficiency_rows()) {
        if (&row != efficiency_rows().data()) text += ",";
        text.append("\"").append(row.name).append("\": {\"value\": ");
        text.append(row.name == name ? value : "0.25");
        text += R"(, "source": "s", "confidence": "primary"})";
    }
    return text.append("}, \"bands\": [").append(bands) + "]}";
}

FittedEfficiency read(std::string_view bands, std::string_view name = "",
                      std::string_view value = "") {
    return read_efficiency(
        parse_json({.name = "e.json", .text = file(name, value, bands)}, JsonDialect::strict));
}

constexpr std::string_view two_regimes = R"(
    {"engine": "vllm", "least_concurrency": 1, "most_concurrency": 16, "rows": 20,
     "tpot": {"low": 0.9, "high": 1.1}, "ttft": {"low": 0.5, "high": 2},
     "tokens_per_s": {"low": 0.8, "high": 1.2}},
    {"engine": "vllm", "least_concurrency": 17, "rows": 30,
     "tpot": {"low": 0.8, "high": 1.05}, "ttft": {"low": 0.6, "high": 3},
     "tokens_per_s": {"low": 0.85, "high": 1.3}})";

const Device hopper{.market = Market::datacenter, .architecture = "hopper"};

const EfficiencyRow& row_named(std::string_view name) {
    const auto rows = efficiency_rows();
    const auto found = std::ranges::find(rows, name, &EfficiencyRow::name);
    REQUIRE(found != rows.end());
    return *found;
}

}  // namespace

TEST_CASE("a value that is fitted has room around it, one that is held has none") {
    for (const EfficiencyRow& row : efficiency_rows()) {
        INFO(row.name);
        CHECK((row.lower < row.prior) == row.fitted);
        CHECK((row.prior < row.upper) == row.fitted);
        CHECK_FALSE(row.text.empty());
    }
    CHECK(row_named("weights_bandwidth").upper == 0.92);
    CHECK(row_named("prefill_attention_compute").upper == 0.75);
    CHECK(row_named("layer_time").dimension == dimension::second);
    CHECK(row_named("all_to_all_latency").dimension == dimension::second);
    CHECK(row_named("expert_spread").dimension == dimension::none);
    CHECK_FALSE(row_named("compute_16bit").fitted);
    CHECK_FALSE(row_named("all_to_all_latency").fitted);
}

TEST_CASE("each name of the table is read into its own member") {
    Efficiency numbered;
    double number = 0;
    for (const EfficiencyRow& row : efficiency_rows()) numbered.*row.member = ++number;
    CHECK(number == sizeof(Efficiency) / sizeof(double));
    number = 0;
    for (const EfficiencyRow& row : efficiency_rows()) CHECK(numbered.*row.member == ++number);
    const FittedEfficiency fitted = read("", "sglang_sequence_time", "3e-5");
    CHECK(fitted.values.sglang_sequence_time == 3e-5);
    CHECK(fitted.values.vllm_sequence_time == 0.25);
    CHECK(fitted.families == std::vector<std::string>{"hopper"});
    CHECK(read("", "all_reduce_root", "0.5").values.all_reduce_root == 0.5);
}

TEST_CASE("an engine's own layers, sequences and first tokens; others have vLLM's") {
    const Efficiency values{.trtllm_layer_share = 0.75,
                            .vllm_sequence_time = 1,
                            .sglang_sequence_time = 2,
                            .trtllm_sequence_time = 3,
                            .vllm_first_token_time = 4,
                            .sglang_first_token_time = 5,
                            .trtllm_first_token_time = 6};
    const auto of = [&](ServingEngine engine) {
        const EngineEfficiency one = engine_efficiency(values, engine);
        return std::vector{one.layer_share, one.sequence_time, one.first_token_time};
    };
    CHECK(of(ServingEngine::vllm) == std::vector{1.0, 1.0, 4.0});
    CHECK(of(ServingEngine::sglang) == std::vector{1.0, 2.0, 5.0});
    CHECK(of(ServingEngine::trtllm) == std::vector{0.75, 3.0, 6.0});
    CHECK(of(ServingEngine::llama_cpp) == std::vector{1.0, 1.0, 4.0});
}

TEST_CASE("the band of a regime: 16.5 requests count to the one up to 16") {
    const FittedEfficiency fitted = read(two_regimes);
    const auto least = [&](double concurrency) {
        return fitted.band(ServingEngine::vllm, concurrency, hopper)->least_concurrency;
    };
    CHECK(least(1) == 1);
    CHECK(least(16.5) == 1);
    CHECK(least(17) == 17);
    CHECK(least(1000) == 17);
    CHECK(least(0.5) == 1);
    CHECK(fitted.bands[0].most_concurrency == 16.0);
    CHECK(fitted.bands[1].rows == 30);
    CHECK(fitted.bands[0].time_to_first_token.high == 2);
    CHECK(fitted.bands[1].output.low == 0.85);
}

TEST_CASE("no band where nothing like it was measured") {
    const FittedEfficiency fitted = read(two_regimes);
    CHECK(fitted.band(ServingEngine::sglang, 8, hopper) == nullptr);
    const Device ada{.market = Market::datacenter, .architecture = "ada"};
    CHECK(fitted.band(ServingEngine::vllm, 8, ada) == nullptr);
    const Device at_home{.market = Market::consumer, .architecture = "hopper"};
    CHECK(fitted.band(ServingEngine::vllm, 8, at_home) == nullptr);
}

TEST_CASE("the widest band has the lowest low and the highest high of each figure") {
    const BandRow widest = read(two_regimes).widest();
    CHECK(widest.time_per_token.low == 0.8);
    CHECK(widest.time_per_token.high == 1.1);
    CHECK(widest.time_to_first_token.low == 0.5);
    CHECK(widest.time_to_first_token.high == 3);
    CHECK(widest.output.low == 0.8);
    CHECK(widest.output.high == 1.3);
}

TEST_CASE("bands that cannot be, and parameters that are not there, are refused") {
    const Fault engine = fault_of([] { read(R"({"engine": "tgi"})"); });
    CHECK(engine.code == ErrorCode::bad_record);
    CHECK(engine.message == "unknown engine 'tgi'");
    CHECK(engine.where.pointer == "/bands/0/engine");
    const Fault turned = fault_of([] {
        read(R"({"engine": "vllm", "least_concurrency": 1, "tpot": {"low": 2, "high": 1}})");
    });
    CHECK(turned.message == "a band's low is above its high");
    CHECK(turned.where.pointer == "/bands/0/tpot");
    const Fault missing = fault_of([] {
        read_efficiency(parse_json(
            {.name = "e.json", .text = R"({"schema": "x", "sources": {}, "parameters": {}})"},
            JsonDialect::strict));
    });
    CHECK(missing.message.find("weights_bandwidth") != std::string::npos);
}

TEST_CASE("the fit inside the binary stays within its bounds") {
    const FittedEfficiency& fitted = fitted_efficiency();
    for (const EfficiencyRow& row : efficiency_rows()) {
        if (!row.fitted) continue;
        INFO(row.name);
        CHECK(fitted.values.*row.member >= row.lower);
        CHECK(fitted.values.*row.member <= row.upper);
    }
    CHECK_FALSE(fitted.bands.empty());
}

}  // namespace efficiency_test
