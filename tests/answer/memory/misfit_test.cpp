#include "answer/memory/misfit.hpp"

#include "catch.hpp"
#include "deployed.hpp"
#include "page.hpp"

namespace misfit_test {

using namespace roofline;

namespace {

Lever lever(std::string change, double gpus, double weights, double cache) {
    Lever result{.change = std::move(change), .outcome = {}};
    result.outcome.layout.replicas = gpus;
    result.outcome.memory = {.usable = 80 * gigabyte,
                             .weights = weights * gigabyte,
                             .working = 1.5 * gigabyte,
                             .cache = cache * gigabyte};
    return result;
}

std::vector<Lever> three_levers() {
    return {lever("`hw h100-sxmx2` `tp 2`", 2, 70.5, 1), lever("`quant fp8`", 1, 72, 2),
            lever("`hw b200-sxm`", 1, 141, 2.5)};
}

Report misfit(const std::string& scenario, const std::vector<Lever>& levers) {
    const Evaluation evaluation = evaluated(scenario);
    Report report = misfit_report("analyze", prepare(deployed(scenario)), evaluation, levers);
    CHECK(report.derivations.back().path == "result.memory.room_bytes");
    report.derivations.clear();
    return report;
}

}  // namespace

TEST_CASE("what makes it fit, as one would type it") {
    CHECK(fitting_words({}).empty());
    CHECK(fitting_words({lever("`quant fp8`", 1, 1, 1)}) == "fits with --quant fp8");
    CHECK(fitting_words(three_levers()) ==
          "fits with --hw h100-sxmx2 --tp 2, --quant fp8 or --hw b200-sxm");
}

// 70.6e9 weights of 2 bytes, 327,680 bytes of cache a token, 0.9 x 84.94 GB; the server's own are
// 5.31 GB: 1,024 x 128,256 x 4 x 9.6 + 8,192 x 8,192 x 2 bytes, and 0.12 GiB.
TEST_CASE("131.4 GiB of weights cannot fit in 79.1: the page says so, and what would fit") {
    const std::string page = text_of(
        misfit("llama-3.1-70b@h100-sxm context=4k isl=4k engine=vllm@0.11", three_levers()));
    CHECK(
        page.substr(0, page.find("\n * ")) ==
        R"(llama-3.1-70b (bf16) on 1 x h100-sxm cannot fit: 131.4 GiB of weights and 1.33 GiB for a request of
4,352 tokens are more than the 79.1 GiB. It fits with --hw h100-sxmx2 --tp 2, --quant fp8 or --hw
b200-sxm.
 bf16 weights · bf16 KV cache · prompt 4,096 · context 4,096
 Memory  ▕█████████████████████████████████████████████▏ 148 GB of 76.4 GB (193 %)
   weights 141 GB · KV cache 1.34 GB · reserve 5.31 GB → not one sequence fits

 What would fit
 change                  weights  KV cache     used   usable
 --hw h100-sxmx2 --tp 2  70.5 GB   1.00 GB  73.0 GB  80.0 GB
 --quant fp8             72.0 GB   2.00 GB  75.5 GB  80.0 GB
 --hw b200-sxm            141 GB   2.50 GB   145 GB  80.0 GB

 rests on 5 assumptions (--why)
)");
}

TEST_CASE("405.9e9 / 2 x 2 bytes are too many for each of two GPUs, and perhaps nothing helps") {
    const Report report =
        misfit("llama-3.1-405b@h100-sxmx2 context=4k isl=4k engine=vllm@0.11", {});
    CHECK(
        report.verdict ==
        "llama-3.1-405b (bf16) on 2 x h100-sxm cannot fit: 378.0 GiB of weights and 1.05 GiB for a "
        "request of 4,352 tokens are more than the 79.1 GiB of each GPU. Nothing that was tried "
        "makes it fit.");
    CHECK(raw_at(report.result, "fitting") == "[]");
}

TEST_CASE("the record of a misfit: phases and money null, memory as it is, what would fit") {
    const Report report =
        misfit("llama-3.1-70b@h100-sxm context=4k isl=4k engine=vllm@0.11", three_levers());
    CHECK(report.command == "analyze");
    CHECK(raw_at(report.inputs, "context") == "4096");
    std::string keys;
    for (const auto& [key, value] : report.result.members())
        keys += key + (value.is_null() ? " null " : " ");
    CHECK(keys == "model memory prefill null decode null metrics levers null cost null fitting ");
    CHECK(raw_at(report.result, "model.layers") == "80");
    CHECK(raw_at(report.result, "memory.fits") == "false");
    CHECK(raw_at(report.result, "metrics.tpot_s") == "null");
    CHECK(raw_at(report.result, "metrics.power_w") == "700");
    CHECK(
        raw_at(report.result, "fitting[0]") ==
        R"({"change":"--hw h100-sxmx2 --tp 2","gpus":2,"used_bytes":73000000000,"usable_bytes":80000000000})");
    CHECK(report.assumptions.size() == 5);
}

TEST_CASE("CSV has a line for each phase; the table of changes has columns of its own") {
    const Report report =
        misfit("llama-3.1-70b@h100-sxm context=4k isl=4k engine=vllm@0.11", three_levers());
    const std::string lines = text_of(report, "csv");
    CHECK(lines.find("\nllama-3.1-70b,h100-sxm,1,bf16,1,4096,256,4096,false,") !=
          std::string::npos);
    CHECK(lines.ends_with(",decode,,,,,,,,\n"));
    Report changes;
    changes.blocks.push_back(report.blocks.back());
    CHECK(text_of(changes, "csv") ==
          "change,weights_bytes,kv_bytes,used_bytes,usable_bytes\n"
          "'--hw h100-sxmx2 --tp 2,70500000000,1000000000,73000000000,80000000000\n"
          "'--quant fp8,72000000000,2000000000,75500000000,80000000000\n"
          "'--hw b200-sxm,141000000000,2500000000,145000000000,80000000000\n");
}

}  // namespace misfit_test
