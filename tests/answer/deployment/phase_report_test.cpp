#include "answer/deployment/phase_report.hpp"

#include "catch.hpp"
#include "page.hpp"

namespace phase_report_test {

using namespace roofline;

namespace {

/// A million weights of 2 bytes, something that only moves activations, and 1 MB of every row sent.
std::vector<Operator> operators() {
    const auto bf16 = Precision::bf16;
    return {{OperatorKind::embedding, bf16, 1, LinkUse::none, Lookup{.elements_per_token = 1000}},
            {OperatorKind::all_reduce, bf16, 1, LinkUse::tensor_parallel,
             Transfer{.bytes_per_token = 1e6 * byte}},
            {OperatorKind::lm_head, bf16, 1, LinkUse::none,
             MatrixProduct{.parameters = 1e6, .weights = 2e6 * byte, .activation_elements = 2000}}};
}

/// A device of 1 MFLOP/s and 1 MB/s whose link takes 2 MB/s.
Prepared prepared() {
    Prepared p;
    Model model{.id = "small"};
    Device device{.id = "slow"};
    p.deployment = {.model = std::make_shared<const Model>(model),
                    .device = std::make_shared<const Device>(device),
                    .gpus = 2,
                    .weights = WeightFormat::fp8,
                    .batch = 2,
                    .isl = 1024,
                    .osl = 256,
                    .context = 1152};
    p.workload.phases = {{.name = "look", .pass = Pass::own},
                         {.name = "decode", .pass = Pass::next_token, .operators = operators()}};
    p.machine.peaks[static_cast<std::size_t>(Precision::bf16)] = 1e6 * flop / second;
    p.machine.memory = 1e6 * byte / second;
    p.machine.links[static_cast<std::size_t>(LinkUse::tensor_parallel)] = 2e6 * byte / second;
    return p;
}

/// Two rows: 4 MFLOP in 4 s, 2 MB in 2 s, 2 MB sent in 1 s.
PhaseOutcome decode(const Prepared& p) {
    PhaseOutcome phase{.name = "decode",
                       .pass = Pass::next_token,
                       .step = {.sequences = 2},
                       .tokens_per_second = 0.5 * token / second};
    phase.time = time_of(p.workload.phases[1], phase.step, {}, p.machine);
    phase.time.traffic.cache_read = 2e6 * byte;
    phase.time.traffic.cache_written = 4e6 * byte;
    return phase;
}

StepOutcome step_of(const PhaseOutcome& phase) {
    StepOutcome step;
    step.bound.phases = {phase};
    step.expected = ExpectedPhases{.prompt = 9 * second, .token = 7 * second};
    return step;
}

}  // namespace

TEST_CASE("a phase: 4 MFLOP over 2 + 2 + 4 MB, 4 s of multiplying and 1 s of sending; no prefill") {
    const Prepared p = prepared();
    Record result;
    add_phases(p, step_of(decode(p)), result);
    std::string keys;
    for (const auto& [key, value] : result.members())
        keys += key + (value.is_null() ? " null " : " ");
    CHECK(keys == "look null decode prefill null ");
    CHECK(json_text(*result.find("decode")).starts_with(R"({
  "sequences": 2,
  "tokens": 2,
  "flops": 4000000,
  "bytes": 8000000,
  "weights_bytes": 2000000,
  "kv_read_bytes": 2000000,
  "kv_written_bytes": 4000000,
  "activation_bytes": 12000,
  "network_bytes": 2000000,
  "intensity_flop_per_byte": 0.5,
  "bound": "compute",
  "bound_s": 5,
  "bound_tokens_per_s": 0.5,
  "expected_s": 7,
  "operators": [
)"));
    CHECK(raw_at(result, "decode.operators") ==
          R"([{"name":"lm_head","dtype":"bf16","flops":4000000,"bytes":2000000,)"
          R"("activation_bytes":8000,"network_bytes":0,"bound":"compute","bound_s":4,"share":0.8},)"
          R"({"name":"all-reduce","dtype":"bf16","flops":0,"bytes":0,"activation_bytes":0,)"
          R"("network_bytes":2000000,"bound":"network","bound_s":1,"share":0.2}])");
}

TEST_CASE("tokens are those of all sequences: 2 x 3") {
    const Prepared p = prepared();
    PhaseOutcome phase = decode(p);
    phase.step.tokens = 3;
    Record result;
    add_phases(p, step_of(phase), result);
    CHECK(raw_at(result, "decode.sequences") == "2");
    CHECK(raw_at(result, "decode.tokens") == "6");
}

TEST_CASE("expected is the prompt's or the step's; a phase of its own was not measured") {
    PhaseOutcome phase{.pass = Pass::prompt};
    CHECK(expected_of(step_of(phase), phase) == 9 * second);
    phase.pass = Pass::next_token;
    CHECK(expected_of(step_of(phase), phase) == 7 * second);
    phase.pass = Pass::own;
    CHECK_FALSE(expected_of(step_of(phase), phase));
    phase.pass = Pass::prompt;
    CHECK_FALSE(expected_of({}, phase));
    const Prepared p = prepared();
    StepOutcome step = step_of(decode(p));
    step.expected.reset();
    Record result;
    add_phases(p, step, result);
    CHECK(raw_at(result, "decode.expected_s") == "null");
}

TEST_CASE("a line for each phase, empty where there is no outcome, and nothing for people") {
    Prepared p = prepared();
    const MemoryLedger memory{.usable = 2 * gigabyte, .weights = 1 * gigabyte};
    Report report;
    report.blocks.emplace_back(phase_lines(p, memory, step_of(decode(p))));
    CHECK(text_of(report, "csv") ==
          "model,hw,gpus,quant,batch,isl,osl,context,fits,used_bytes,usable_bytes,phase,flops,"
          "bytes,activation_bytes,intensity_flop_per_byte,bound,bound_s,bound_tokens_per_s,"
          "expected_s\n"
          "small,slow,2,fp8,2,1024,256,1152,true,1000000000,2000000000,look,,,,,,,,\n"
          "small,slow,2,fp8,2,1024,256,1152,true,1000000000,2000000000,decode,4000000,8000000,"
          "12000,0.5,compute,5,0.5,7\n");
    CHECK(text_of(report).find("small") == std::string::npos);
}

TEST_CASE("an encoder writes nothing and has no context; what is too large does not fit") {
    Prepared p = prepared();
    p.deployment.osl.reset();
    p.deployment.context.reset();
    Report report;
    report.blocks.emplace_back(
        phase_lines(p, {.usable = 2 * gigabyte, .weights = 3 * gigabyte}, {}));
    const std::string lines = text_of(report, "csv");
    CHECK(lines.find("\nsmall,slow,2,fp8,2,1024,,,false,3000000000,2000000000,look,,,,,,,,\n") !=
          std::string::npos);
    CHECK(lines.ends_with(",false,3000000000,2000000000,decode,,,,,,,,\n"));
}

}  // namespace phase_report_test
