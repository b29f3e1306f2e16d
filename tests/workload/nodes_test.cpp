// Layers that are split across hosts: what they send, over which link, and who may not.
#include "roofline/evaluate/outcome.hpp"

#include "answer/deployment/deployment_assumptions.hpp"
#include "catch.hpp"
#include "deployed.hpp"
#include "fault.hpp"

namespace nodes_test {

using namespace roofline;

namespace {

struct Sent {
    double calls = 0;
    Seconds time;
};

// All-reduces of a decode step of 64 sequences, 1.05 MB each: in nodes and over nodes.
Sent all_reduces(const std::string& layout, std::optional<LinkUse> link = {}) {
    const Prepared prepared =
        prepare(deployed("llama-3.1-70b@h100" + layout + " batch=64 isl=1024 osl=256"));
    const Phase& phase = *prepared.workload.phase(Pass::next_token);
    Sent sent;
    for (const Operator& op : phase.operators) {
        const bool other = link && op.link != *link;
        if (op.kind != OperatorKind::all_reduce || other) continue;
        const Step step{.sequences = 64, .tokens = 1, .before = 1151};
        const OperatorTime one = time_of(op, step, prepared.workload.layout, prepared.machine);
        sent.calls += one.count;
        sent.time += one.timing.network;
    }
    return sent;
}

Fault refusal(const std::string& scenario) {
    return fault_of([&] { prepare(deployed(scenario)); });
}

BytesPerSecond between(const std::string& scenario) {
    return prepare(deployed(scenario)).machine.link(LinkUse::across_nodes);
}

}  // namespace

TEST_CASE("tp 8 in a node: 160 rings of 2 x 7/8 x 64 x 8192 x 2 B over 450 GB/s are 0.652 ms") {
    const Sent sent = all_reduces("x8 tp=8");
    CHECK(sent.calls == 160);
    CHECK_THAT(sent.time.in(microsecond), WithinRel(160 * 4.077796, 1e-6));
    CHECK(all_reduces("x8 tp=8", LinkUse::across_nodes).calls == 0);
    CHECK(all_reduces("").calls == 0);
}

TEST_CASE("tp 8, a GPU a host: the same 1.835 MB over 50 GB/s, 160 x 36.7 us = 5.87 ms") {
    const std::string hosts = "x8 tp=8 node=1";
    CHECK(all_reduces(hosts).calls == 160);
    CHECK_THAT(all_reduces(hosts).time.in(microsecond), WithinRel(160 * 36.70016, 1e-6));
    CHECK(all_reduces(hosts, LinkUse::tensor_parallel).calls == 0);
}

TEST_CASE("tp 16 of 2 x 8: 4.08 us in each and 2 x 1/2 x 1.05 MB / 8 / 50 GB/s, 2.62: 1.07 ms") {
    const std::string two = "x16 tp=16";
    CHECK_THAT(all_reduces(two, LinkUse::tensor_parallel).time.in(microsecond),
               WithinRel(160 * 4.077796, 1e-6));
    CHECK_THAT(all_reduces(two, LinkUse::across_nodes).time.in(microsecond),
               WithinRel(160 * 2.62144, 1e-6));
    CHECK_THAT(all_reduces(two).time.in(microsecond), WithinRel(1071.88, 1e-5));
}

TEST_CASE("tp 8 of 4 x 2: 2 x 1/2 x V / 450 GB/s and 2 x 3/4 x V / 2 / 50 GB/s, 2.33 + 15.73 us") {
    CHECK_THAT(all_reduces("x8 tp=8 node=2").time.in(microsecond),
               WithinRel(160 * (2.330169 + 15.72864), 1e-6));
}

TEST_CASE("stages across nodes send no sums: tp 8 x pp 2 has the 0.65 ms of one node") {
    CHECK(all_reduces("x16 tp=8 pp=2").time == all_reduces("x8 tp=8").time);
}

TEST_CASE("400 Gb/s are 50 GB/s, as bytes may say too, and replace the card of the catalog") {
    CHECK_THAT(between("llama-3.1-70b@h100x16 tp=16 network=400Gb/s").in(gigabyte / second),
               WithinRel(50, 1e-12));
    CHECK_THAT(between("llama-3.1-70b@h100x16 tp=16 network=25GB/s").in(gigabyte / second),
               WithinRel(25, 1e-12));
    CHECK_THAT(between("llama-3.1-70b@h100x16 tp=16").in(gigabyte / second), WithinRel(50, 1e-12));
    const Deployment named = deployed("llama-3.1-70b@h100x16 tp=16 network=400Gb/s");
    CHECK(prepare(named).deployment.device->nic->from.source == "`network`");
}

TEST_CASE("E110: 12 is no whole number of nodes of 8, nor 8 one of 3") {
    const Fault odd = refusal("llama-3.1-70b@h100x12 tp=12");
    CHECK(odd.code == ErrorCode::does_not_divide);
    CHECK(odd.message == "`tp 12` is no whole number of nodes of 8 x h100-sxm");
    CHECK(odd.hint == "use a multiple of 8, or `pp` across nodes");
    CHECK(refusal("llama-3.1-70b@h100x8 tp=8 node=3").message ==
          "`tp 8` is no whole number of nodes of 3 x h100-sxm");
    // 24 are whole nodes, and no 24th part of 64 heads.
    const Fault heads = refusal("llama-3.1-70b@h100x24 tp=24");
    CHECK(heads.code == ErrorCode::does_not_divide);
    CHECK(heads.message.starts_with("`tp 24` does not divide the heads of llama-3.1-70b"));
}

TEST_CASE("E112 is left where no card is known, and a network that is named does away with it") {
    const Fault alone = refusal("llama-3.1-8b@rtx-4090x16 tp=16");
    CHECK(alone.code == ErrorCode::beyond_switch_domain);
    CHECK(alone.message.starts_with("`tp 16` is too many: "));
    CHECK_NOTHROW(prepare(deployed("llama-3.1-8b@rtx-4090x16 tp=16 network=100Gb/s")));
}

TEST_CASE("E105: a node of 16 is more than one switch joins; 8 and fewer are nodes") {
    const Fault more = refusal("llama-3.1-70b@h100x16 tp=16 node=16");
    CHECK(more.code == ErrorCode::conflicting_arguments);
    CHECK(more.message == "`node 16`: NVLink 4 via NVSwitch joins at most 8 x h100-sxm");
    CHECK(more.hint == "write `node 8` or less");
    CHECK_NOTHROW(prepare(deployed("llama-3.1-70b@h100x16 tp=16 node=8")));
}

TEST_CASE("a node of eight is what the catalog says of it: nothing changes") {
    CHECK(all_reduces("x8 tp=8 node=8").time == all_reduces("x8 tp=8").time);
    CHECK(all_reduces("x16 tp=16 node=8").time == all_reduces("x16 tp=16").time);
}

TEST_CASE("W204 says where layers are split, over what, and what would send less") {
    const auto warnings = [](const std::string& scenario) {
        return node_warnings(prepare(deployed("llama-3.1-70b@h100" + scenario)));
    };
    const auto split = warnings("x16 tp=16");
    REQUIRE(split.size() == 1);
    CHECK(split[0].code == "W204");
    CHECK(split[0].message ==
          "--tp 16 splits every layer across 2 nodes of 8 GPUs, over 50.0 GB/s a GPU: stages "
          "(--pp 2) send far less");
    CHECK(warnings("x8 tp=8 node=2 network=100Gb/s")
              .at(0)
              .message.starts_with(
                  "--tp 8 splits every layer across 4 nodes of 2 GPUs, over 12.5 GB/s a GPU: "));
    CHECK(warnings("x8 tp=8").empty());
    CHECK(warnings("x16 tp=8 pp=2").empty());
    CHECK(warnings("x16 tp=8 replicas=2 node=8").empty());
}

}  // namespace nodes_test
