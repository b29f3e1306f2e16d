#include "workload/layout_rules.hpp"

#include "catch.hpp"
#include "fault.hpp"

#include <array>

namespace layout_rules_test {

using namespace roofline;

namespace {

// 12 layers, each of 8 query heads that share 2 heads of keys and values.
Model small() {
    Model model;
    model.id = "m";
    model.layers = {{.count = 12, .mixers = {GroupedQuery{.heads = 8, .kv_heads = 2}}}};
    return model;
}

Link link(std::string name, double domain) {
    return {.name = std::move(name),
            .topology = Topology::all_to_all,
            .per_direction = Figure<BytesPerSecond>{.value = 100 * gigabyte / second, .from = {}},
            .domain = domain};
}

// Eight of them are joined; nothing joins more.
Device joined() {
    Device device;
    device.id = "chip";
    device.scale_up = link("wires", 8);
    return device;
}

Deployment deployment(Model model = small(), Device device = joined()) {
    return {.model = std::make_shared<const Model>(std::move(model)),
            .device = std::make_shared<const Device>(std::move(device))};
}

// tp, pp, dp, ep and replicas, in that order.
std::array<double, 5> layout(Deployment d) {
    complete_layout(d);
    const Layout l = layout_of(d);
    CHECK(d.gpus == l.gpus());
    return {l.tensor, l.pipeline, l.data, l.expert, l.replicas};
}
using Degrees = std::array<double, 5>;

// "E110 message (hint)".
std::string refusal(Deployment d) {
    const Fault fault = fault_of([&] { complete_layout(d); });
    return code_name(fault.code) + " " + fault.message + " (" + fault.hint + ")";
}

Deployment mixture() {
    Model model = small();
    model.layers[0].feed_forward = MixtureOfExperts{.experts = 4, .active = 1};
    return deployment(std::move(model));
}

}  // namespace

TEST_CASE("nothing said is one GPU; xN is the widest split of the heads, replicas the rest") {
    CHECK(layout(deployment()) == Degrees{1, 1, 1, 1, 1});
    Deployment d = deployment();
    d.gpus = 8;
    CHECK(layout(d) == Degrees{8, 1, 1, 1, 1});
    d.gpus = 6;  // 8 heads go into 2 parts and not into 3 or 6
    CHECK(layout(d) == Degrees{2, 1, 1, 1, 3});
    d.gpus = 16;
    CHECK(layout(d) == Degrees{8, 1, 1, 1, 2});
    d.gpus = 8;
    d.replicas = 2;
    CHECK(layout(d) == Degrees{4, 1, 1, 1, 2});
}

TEST_CASE("a degree that is given stays, and replicas are what is left") {
    Deployment d = deployment();
    d.gpus = 8;
    d.pipeline_parallel = 2;
    CHECK(layout(d) == Degrees{1, 2, 1, 1, 4});
    d.tensor_parallel = 2;
    d.data_parallel = 2;
    CHECK(layout(d) == Degrees{2, 2, 2, 1, 1});
}

TEST_CASE("numbers that do not multiply out are refused with those that would") {
    Deployment d = deployment();
    d.gpus = 8;
    d.tensor_parallel = 2;
    d.replicas = 3;
    CHECK(refusal(d) ==
          "E111 tp 2 x pp 1 x dp 1 x replicas 3 = 6 GPUs, but `hw` names 8 (write `hw chipx6`, or "
          "leave one of them out: it follows from the others)");
    d.tensor_parallel = 3;
    CHECK(refusal(d).ends_with(
        " = 9 GPUs, but `hw` names 8 (leave one of them out: it follows from the others)"));
    d = deployment();
    d.replicas = 1e6;
    CHECK(layout(d) == Degrees{1, 1, 1, 1, 1e6});
    d.replicas = 2e6;
    CHECK(refusal(d) ==
          "E102 2000000 GPUs are more than roofline counts (1000000) (name fewer: `hw`, or the "
          "product of `tp`, `pp`, `dp` and `replicas`)");
}

TEST_CASE("heads are shared out evenly, and those of keys and values copied evenly") {
    Deployment d = deployment();
    d.tensor_parallel = 3;
    CHECK(refusal(d) ==
          "E110 `tp 3` does not divide the heads of m: 8 heads with 2 of keys and values (use 1, "
          "2, 4 or 8)");
    const auto words = [](const Mixer& mixer) {
        Model model = small();
        model.layers.push_back({.count = 1, .mixers = {mixer}});
        Deployment odd = deployment(std::move(model));
        odd.tensor_parallel = 4;
        return refusal(odd);
    };
    CHECK(words(GroupedQuery{.heads = 6, .kv_heads = 6}) ==
          "E110 `tp 4` does not divide the heads of m: 6 heads (use 1 or 2)");
    CHECK(words(LatentAttention{.heads = 10}) ==
          "E110 `tp 4` does not divide the heads of m: 10 heads (use 1 or 2)");
    CHECK(words(LinearAttention{.key_heads = 3, .value_heads = 12}) ==
          "E110 `tp 4` does not divide the heads of m: 12 value heads with 3 key heads (use 1)");
    CHECK(words(StateSpace{.heads = 14}) ==
          "E110 `tp 4` does not divide the heads of m: 14 heads (use 1 or 2)");
}

TEST_CASE("tensor parallelism stays where GPUs are joined: by wires, in a host, or alone") {
    const std::string hint =
        " (use `pp` for more GPUs per instance, or `replicas` for more instances)";
    Deployment d = deployment();
    d.tensor_parallel = 16;
    CHECK(refusal(d) == "E112 `tp 16` is too many: wires joins at most 8 x chip" + hint);
    Device card;
    card.id = "card";
    card.pcie = link("PCIe", 8);
    d = deployment(small(), card);
    d.tensor_parallel = 16;
    CHECK(refusal(d) == "E112 `tp 16` is too many: one host joins at most 8 x card" + hint);
    Device lonely;
    lonely.id = "desk";
    d = deployment(small(), lonely);
    d.tensor_parallel = 2;
    CHECK(refusal(d) == "E112 `tp 2` is too many: desk has no link to another device" + hint);
}

TEST_CASE("stages and ranks beyond what is joined need a link that is known") {
    Deployment d = deployment();
    d.tensor_parallel = 8;
    d.pipeline_parallel = 2;
    CHECK(refusal(d) ==
          "E112 an instance of 16 x chip needs a link that is not in the catalog (name what "
          "joins them, for example `network 400Gb/s`, or use `replicas` for independent copies)");
    Device networked = joined();
    networked.nic = Figure<BytesPerSecond>{.value = 50 * gigabyte / second, .from = {}};
    Deployment far = deployment(small(), networked);
    far.tensor_parallel = 8;
    far.pipeline_parallel = 2;
    CHECK(layout(far) == Degrees{8, 2, 1, 1, 1});
    far.pipeline_parallel = 12;
    CHECK(layout(far) == Degrees{8, 12, 1, 1, 1});
    far.pipeline_parallel = 13;
    CHECK(refusal(far) == "E110 `pp 13` is more than the 12 layers of m (write `pp 12` or less)");
}

TEST_CASE("experts spread over the GPUs that tp and dp name, at most one to each") {
    Deployment d = deployment();
    d.expert_parallel = 2;
    CHECK(refusal(d) == "E110 `ep 2`: m has no experts to spread (leave `ep` out)");
    d.expert_parallel = 1;
    CHECK(layout(d) == Degrees{1, 1, 1, 1, 1});
    d = mixture();
    d.tensor_parallel = 4;
    d.data_parallel = 2;
    d.expert_parallel = 4;
    CHECK(layout(d) == Degrees{4, 1, 2, 4, 1});
    d.expert_parallel = 3;
    CHECK(refusal(d) ==
          "E110 `ep 3` does not divide the 8 GPUs of an instance (tp x dp) (experts spread over "
          "the GPUs that `tp` and `dp` name; `ep` adds none)");
    d.expert_parallel = 8;
    CHECK(refusal(d) == "E110 `ep 8` is more than the 4 experts of m (write `ep 4` or less)");
}

}  // namespace layout_rules_test
