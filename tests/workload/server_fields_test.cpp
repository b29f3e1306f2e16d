// What a server is told of memory: how it is read, and what does not go together.
#include "roofline/workload/fields.hpp"

#include "ask/field.hpp"
#include "catch.hpp"
#include "deployed.hpp"
#include "fault.hpp"

namespace server_fields_test {

using namespace roofline;

namespace {

Deployment completed(const std::string& fields) {
    return complete(deployed("llama-3.1-8b@h100-sxm " + fields));
}

Fault fault_in(const std::string& fields) {
    return fault_of([&] { completed(fields); });
}

}  // namespace

TEST_CASE("share, longest request, sequences, tokens of a step and graphs are the server's") {
    std::string names;
    for (const Field& field : deployment_fields())
        if (field.part == FieldPart::server) names += std::string(field.name) + " ";
    CHECK(names == "mem-share max-model-len max-num-seqs prefill-chunk eager ");
    const Deployment d =
        completed("mem-share=95% max-model-len=16k max-num-seqs=64 prefill-chunk=2k eager=true");
    CHECK(d.mem_share == 0.95);
    CHECK(d.max_model_len == 16384);
    CHECK(d.max_num_seqs == 64);
    CHECK(d.prefill_chunk == 2048);
    CHECK(d.eager == true);
}

TEST_CASE("eager is true or false, and shown as it is written") {
    CHECK(completed("eager=false").eager == false);
    CHECK_FALSE(completed("").eager);
    CHECK(fault_in("eager=yes").message.ends_with("'yes' is no choice"));
    CHECK(std::get<std::string>(shown_field(the_field("eager").get(completed("eager=true")))) ==
          "true");
    CHECK_FALSE(takes_numbers(the_field("eager").kind));
}

TEST_CASE("a deployment that names no engine is vllm's, of no release in particular") {
    CHECK(completed("").engine == EngineChoice{.program = ServingEngine::vllm});
    CHECK(completed("engine=sglang@0.5").engine->version == "0.5");
    CHECK(completed("engine=llama.cpp/vulkan").engine->backend == "vulkan");
    CHECK(fault_in("engine=vllm@0.0.1").code == ErrorCode::bad_choice);
    CHECK(fault_in("engine=vlm@0.11").hint == "did you mean vllm?");
}

TEST_CASE("prompt and answer are the longest request, unless it is said: 1,000 + 200, or 16,384") {
    CHECK(longest_request(completed("isl=1000 osl=200")) == 1200);
    CHECK(longest_request(completed("isl=1000 osl=200 max-model-len=16k")) == 16384);
    CHECK(longest_request(completed("isl=1000 osl=200 max-model-len=1200")) == 1200);
    CHECK(longest_request(complete(deployed("siglip-so400m-patch14-384@h100-sxm"))) == 729);
}

TEST_CASE("a request longer than the longest, or a longest beyond the model, is refused") {
    const Fault shorter = fault_in("isl=1000 osl=200 max-model-len=1199");
    CHECK(shorter.code == ErrorCode::conflicting_arguments);
    CHECK(shorter.message == "a request of 1200 tokens is longer than `max-model-len 1199`");
    CHECK(shorter.hint == "write `max-model-len 1200` or more, or a shorter `isl` or `osl`");
    const Fault longer = fault_in("max-model-len=131073");
    CHECK(longer.code == ErrorCode::beyond_context);
    CHECK(longer.hint == "write `max-model-len 131072` or less");
}

TEST_CASE("a share is above 0 and at most 1") {
    CHECK(fault_in("mem-share=0").message ==
          "`mem-share 0`: a server without memory starts nothing");
    CHECK(fault_in("mem-share=1.01").message.find("must be between 0 and 100%") !=
          std::string::npos);
    CHECK(fault_in("mem-share=-0.5").message.find("must be between 0 and 100%") !=
          std::string::npos);
    CHECK(completed("mem-share=1").mem_share == 1);
    CHECK(fault_in("max-num-seqs=0").code == ErrorCode::bad_count);
}

}  // namespace server_fields_test
