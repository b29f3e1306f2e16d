#include "answer/deployment/service_warnings.hpp"

#include "catch.hpp"
#include "deployed.hpp"

namespace service_warnings_test {

using namespace roofline;

namespace {

PreparedService service_of(const std::string& scenario) {
    Efficiency efficiency;
    efficiency.expert_spread = 0.5;
    return prepare_service(deployed(scenario), efficiency);
}

std::string unmeasured(const std::string& scenario) {
    const WarningNote warning = unmeasured_warning(service_of(scenario).prepared.deployment);
    CHECK(warning.code == "W302");
    return warning.message;
}

}  // namespace

TEST_CASE("W302 names what no row of the fit has") {
    CHECK(unmeasured("llama-3.1-8b@l4 engine=llama.cpp concurrency=4") ==
          "llama.cpp on l4 was not measured: the band is the widest there is");
    CHECK(unmeasured("llama-3.1-8b@h100 rate=2") ==
          "arrivals at a rate were not measured: the band is the widest there is");
    CHECK(unmeasured("llama-3.1-8b@h100 concurrency=8 prefill-chunk=256") ==
          "prefill in chunks was not measured: the band is the widest there is");
    CHECK(unmeasured("llama-3.1-8b@h100 rate=2 prefix-hit=25%") ==
          "arrivals at a rate and a prefix cache were not measured: the band is the widest there "
          "is");
    CHECK(unmeasured("llama-3.1-8b@h100 concurrency=8 draft-tokens=1 acceptance=50% "
                     "prefix-hit=25%") ==
          "speculative decoding and a prefix cache were not measured: the band is the widest "
          "there is");
    CHECK(unmeasured("llama-3.1-70b@h100x16 tp=16 concurrency=8") ==
          "layers split across nodes were not measured: the band is the widest there is");
    CHECK(unmeasured("llama-3.1-8b@h100 concurrency=8 eager=true") ==
          "steps without CUDA graphs were not measured: the band is the widest there is");
}

TEST_CASE("a settled, measured load that fits the cache is warned of nothing") {
    const Prepared prepared = service_of("llama-3.1-8b@h100 concurrency=8").prepared;
    Evaluation evaluation{
        .deployment = prepared.deployment,
        .memory = memory_of(prepared),
        .outcome = ServedOutcome{.state = {.requests = 8, .admitted = 8, .converged = true}},
        .measured = true};
    CHECK(service_warnings(prepared, evaluation).empty());

    std::get<ServedOutcome>(evaluation.outcome).state = {
        .requests = 1200, .admitted = 200, .converged = false};
    evaluation.measured = false;
    const auto warnings = service_warnings(prepared, evaluation);
    REQUIRE(warnings.size() == 3);
    CHECK(warnings[0].code == "W301");
    CHECK(warnings[0].message == "the steady state did not settle; figures are of its last round");
    CHECK(warnings[1].code == "W307");
    CHECK(warnings[1].message == "1,000 of 1,200 requests wait for a place in the cache");
    CHECK(warnings[2].code == "W302");
    CHECK(warnings[2].message ==
          "vllm on h100-sxm was not measured: the band is the widest there is");
}

TEST_CASE("W203 comes first: a room that is known to no more than it is beyond a request") {
    const Prepared prepared = service_of("llama-3.1-8b@h100 concurrency=8").prepared;
    Evaluation evaluation{
        .deployment = prepared.deployment,
        .memory = memory_of(prepared),
        .outcome = ServedOutcome{.state = {.requests = 8, .admitted = 8, .converged = false}},
        .measured = true};
    evaluation.memory.spread = 2 * evaluation.memory.room();
    const auto warnings = service_warnings(prepared, evaluation);
    REQUIRE(warnings.size() == 2);
    CHECK(warnings[0].code == "W203");
    CHECK(warnings[0].message.starts_with("may not start with vllm: a request of "));
    CHECK(warnings[1].code == "W301");
}

}  // namespace service_warnings_test
