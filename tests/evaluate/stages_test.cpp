// A workload that is no language model: stages of its own, each with its step and repeats.
#include "roofline/catalog/catalog.hpp"
#include "roofline/evaluate/evaluation.hpp"

#include "answer/deployment/phase_report.hpp"
#include "catch.hpp"

namespace stages_test {

using namespace roofline;

namespace {

// Reads `weights` once a pass; 2 FLOP for each of so many tokens are nothing beside that.
Phase stage(std::string name, Bytes weights, double repeats) {
    const MatrixProduct product{.parameters = weights.in(byte) / 2, .weights = weights};
    return {.name = std::move(name),
            .own = {.sequences = 1, .tokens = 16},
            .repeats = repeats,
            .operators = {{.kind = OperatorKind::gate_up_projection,
                           .precision = Precision::bf16,
                           .form = product}}};
}

// Eyes, language and ten steps of denoising, at 1 TB/s and 100 TFLOP/s.
Prepared policy() {
    Catalog catalog;
    Prepared prepared =
        prepare({.model = catalog.model("llama-3.1-8b"), .device = catalog.device("h100")});
    prepared.workload.phases = {stage("eyes", 1e9 * byte, 1), stage("language", 2e9 * byte, 1),
                                stage("action", 0.5e9 * byte, 10)};
    prepared.machine.memory = 1e12 * byte / second;
    prepared.machine.peaks[static_cast<std::size_t>(Precision::bf16)] = 1e14 * flop / second;
    return prepared;
}

}  // namespace

TEST_CASE("three stages of 1 ms, 2 ms and 10 x 0.5 ms have a latency of 8 ms") {
    const Prepared prepared = policy();
    const Outcome outcome = evaluate(prepared, point_of(prepared), {});
    REQUIRE(outcome.phases.size() == 3);
    CHECK_THAT(outcome.latency().in(millisecond), WithinRel(8.0, 1e-12));
    CHECK_THAT(outcome.phases[2].time.total().in(millisecond), WithinRel(0.5, 1e-12));
    CHECK(outcome.phases[2].repeats == 10);
    CHECK(outcome.main().name == "action");
    CHECK(outcome.prefill() == nullptr);
    CHECK(outcome.decode() == nullptr);
}

TEST_CASE("stages are written under their names, those of a language model as none") {
    const Prepared prepared = policy();
    const StepOutcome step{.bound = evaluate(prepared, point_of(prepared), {}), .expected = {}};
    Record record;
    add_phases(prepared, step, record);
    for (const std::string_view name : {"eyes", "language", "action"}) {
        REQUIRE(record.find(name) != nullptr);
        CHECK_FALSE(record.find(name)->is_null());
    }
    CHECK(record.find("prefill")->is_null());
    CHECK(record.find("decode")->is_null());
}

TEST_CASE("a stage twice as often takes twice as long in all, and no other changes") {
    Prepared prepared = policy();
    const Outcome once = evaluate(prepared, point_of(prepared), {});
    prepared.workload.phases[1].repeats = 2;
    const Outcome twice = evaluate(prepared, point_of(prepared), {});
    CHECK_THAT((twice.latency() - once.latency()).in(millisecond), WithinRel(2.0, 1e-12));
    CHECK(twice.phases[0].time.total() == once.phases[0].time.total());
}

}  // namespace stages_test
