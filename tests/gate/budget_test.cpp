#include "roofline/gate/budget.hpp"

#include "catch.hpp"
#include "fault.hpp"
#include "gate/sources.hpp"

namespace budget_test {

using namespace roofline;

namespace {

Budget budget_of(const std::string& text) {
    Catalog catalog;
    return read_budget({.name = "folder/b.json", .text = text}, catalog);
}

std::string with_limits(std::string_view limits, std::string_view key = {},
                        std::string_view value = {}) {
    std::string text = R"({ "version": 1, "targets": [ { "name": "a", "model": "llama-3.1-8b",)";
    text += R"( "hw": "h100-sxm",)";
    if (!key.empty()) text.append("\"").append(key).append("\": ").append(value).append(",");
    text.append(R"( "limits": {)").append(limits).append("} } ] }");
    return text;
}

}  // namespace

TEST_CASE("a limit is read in base units, with the place of each side") {
    const std::string text = with_limits(
        R"("tpot": { "max": "15ms", "min": "1us" }, "memory": { "max": "90%" }, "gpus": { "max": 4 })");
    const Budget budget = budget_of(text);
    const auto& limits = budget.targets[0].limits;
    REQUIRE(limits.size() == 3);
    CHECK(limits[0].metric->id == "tpot");
    CHECK(limits[0].max->value == 0.015);
    CHECK(limits[0].min->value == 1e-6);
    CHECK(limits[0].max->where.line == 1);
    CHECK(static_cast<std::size_t>(limits[0].max->where.column) == text.find("\"15ms") + 1);
    CHECK(limits[1].max->is_share);
    CHECK(limits[1].max->value == 0.9);
    CHECK(limits[2].max->value == 4);
}

TEST_CASE("defaults hold where a target says nothing else") {
    const Budget budget = budget_of(R"({ "version": 1,
        "defaults": { "model": "llama-3.1-8b", "hw": "h100-sxmx2", "basis": "bound", "warn_at": "90%" },
        "targets": [ { "name": "a", "limits": { "gpus": { "max": 4 } } },
                     { "name": "b", "hw": "b200-sxm", "basis": "pessimistic",
                       "limits": { "gpus": { "max": 4 } } } ] })");
    CHECK(budget.targets[0].deployment.device->id == "h100-sxm");
    CHECK(budget.targets[0].basis == Basis::bound);
    CHECK(budget.targets[1].deployment.device->id == "b200-sxm");
    CHECK(budget.targets[1].basis == Basis::pessimistic);
    CHECK(budget.targets[1].warn_at == 0.9);
}

TEST_CASE("a target's device may be in one of its sizes") {
    const Budget budget = budget_of(R"({ "version": 1, "targets": [
        { "name": "a", "model": "llama-3.1-8b", "hw": "apple-m4-max:64GB",
          "limits": { "gpus": { "max": 1 } } } ] })");
    CHECK(budget.targets[0].deployment.device->id == "apple-m4-max:64gb");
}

TEST_CASE("files of a budget lie beside it") {
    const Budget budget = budget_of(
        R"({ "version": 1, "baseline": "base.json", "targets": [ { "name": "a", "model": "llama-3.1-8b",
             "hw": "h100-sxm", "calibration": "cal.json", "limits": { "gpus": { "max": 4 } } } ] })");
    CHECK(budget.baseline == "folder/base.json");
    CHECK(budget.targets[0].calibration == "folder/cal.json");
}

TEST_CASE("a key of the deployment is read under its flag's name, with '-' or '_'") {
    for (const char* key : {"kv_dtype", "kv-dtype"}) {
        const Budget budget = budget_of(with_limits(R"("gpus": { "max": 4 })", key, "\"fp8\""));
        CHECK(budget.targets[0].deployment.kv_cache == Precision::fp8);
    }
}

TEST_CASE("quantities with a unit are strings, all others numbers, and never the other way round") {
    for (const char* limit :
         {R"("ttft": { "max": 1 })", R"("ttft": { "max": "1" })", R"("ttft": { "max": "1W" })",
          R"("memory": { "max": 0.9 })", R"("memory": { "min": "0%" })",
          R"("memory": { "max": "9" })", R"("memory": { "max": "90Gb" })",
          R"("power": { "max": 700 })", R"("power": { "max": "7s" })", R"("gpus": { "max": "4" })",
          R"("gpus": { "max": 1.5 })", R"("tokens_per_s": { "min": "5" })",
          R"("tokens_per_s": { "min": "5 tokens/s" })", R"("usd_per_1m_output": { "max": "$1" })",
          R"("ttft": { "regression": 0.05 })", R"("ttft": { "regression": "0.05" })",
          R"("ttft": { "max": "101%" })"}) {
        INFO(limit);
        CHECK(fault_of([&] { budget_of(with_limits(limit)); }).code == ErrorCode::bad_budget_value);
    }
}

TEST_CASE("every value that is null is refused where it stands") {
    for (const char* key : {"price", "basis", "batch", "isl", "calibration", "warn_at", "quant"}) {
        const std::string text = with_limits(R"("gpus": { "max": 4 })", key, "null");
        const Fault fault = fault_of([&] { budget_of(text); });
        INFO(key);
        CHECK(fault.code == ErrorCode::bad_budget_value);
        CHECK(static_cast<std::size_t>(fault.where.column) == text.find("null") + 1);
    }
}

}  // namespace budget_test
