#include "evaluate/roof_points.hpp"

#include "catch.hpp"
#include "deployed.hpp"
#include "fault.hpp"

namespace roof_points_test {

using namespace roofline;

namespace {

RooflinePlace place(const Deployment& d, std::vector<PointKind> kinds, Basis basis = Basis::bound) {
    return roofline_place(d, basis, kinds, Knowledge());
}

RooflinePlace place(const std::string& scenario, std::vector<PointKind> kinds,
                    Basis basis = Basis::bound) {
    return place(deployed(scenario), std::move(kinds), basis);
}

const std::string batch_of_four = "llama-3.1-8b@h100 batch=4 context=1000 isl=100";

// One layer whose attention is in fp8 and whose feed-forward is in bf16, `width` wide.
Deployment with_fp8_attention(double width) {
    Deployment d = deployed("llama-3.1-8b@h100 batch=1 isl=8 context=8 engine=generic");
    auto model = std::make_shared<Model>(*d.model);
    model->layers[0].count = 1;
    std::get<DenseFeedForward>(model->layers[0].feed_forward).width = width;
    model->published.of(Component::attention).format = WeightFormat::fp8;
    d.model = model;
    return d;
}

}  // namespace

TEST_CASE("a decode step of 4: 2 x 4 x 7.50 G weights, and 131,072 B for each of 4 x 1001 tokens") {
    const RooflinePlace decode = place(batch_of_four, {PointKind::decode});
    REQUIRE(decode.points.size() == 1);
    const RoofPoint& point = decode.points[0];
    CHECK(point.name == "decode");
    // 32 layers of 218,103,808 and a head of 525,336,576: 7,504,658,432. Attention: 4 x 1000 pairs
    // of 524,288 FLOP.
    CHECK(point.flops.in(flop) == 8 * 7504658432. + 4 * 1000 * 524288.);
    CHECK(point.bytes.in(byte) == 2 * 7504658432. + 4 * 1001 * 131072.);
    CHECK_THAT(point.time.in(millisecond), WithinRel(15534129152 / 3350e9 * 1e3, 1e-12));
    CHECK_THAT(point.intensity().in(flop / byte), WithinRel(62134419456 / 15534129152., 1e-12));
    CHECK_THAT(point.attained().in(teraflop / second), WithinRel(13.39955, 1e-6));
    CHECK(point.bound == Bound::memory);
    CHECK(point.basis == Basis::bound);
    CHECK(point.fastest == Precision::bf16);
}

TEST_CASE("points come in the order that they were asked for, all on the basis that was") {
    const RooflinePlace all =
        place(batch_of_four, {PointKind::prefill, PointKind::operators, PointKind::decode},
              Basis::expected);
    std::vector<std::string> names;
    for (const RoofPoint& point : all.points) names.push_back(point.name);
    CHECK(names == std::vector<std::string>{"prefill", "gate+up projection", "down projection",
                                            "qkv projection", "output projection", "lm_head",
                                            "attention", "decode"});
    CHECK(all.points[0].basis == Basis::expected);
    CHECK(all.points[1].basis == Basis::expected);
    CHECK(all.points[7].basis == Basis::expected);
    CHECK(all.points[7].time > 4.6371 * millisecond);
    // 32 x 2 x 4096 x 14336 weights of 2 B, 2 x 4 FLOP for each.
    CHECK(all.points[1].bytes.in(byte) == 7516192768);
    CHECK(all.points[1].flops.in(flop) == 30064771072);
    // All projections read weights at the same share of the memory's rate.
    const double share = fitted_efficiency().values.weights_bandwidth;
    CHECK_THAT(all.points[1].time.in(millisecond), WithinRel(2.243640 / share, 1e-6));
    CHECK_THAT(*all.points[1].share, WithinRel(all.points[1].time / all.points[7].time, 1e-12));
    CHECK(point_kind_names[static_cast<std::size_t>(PointKind::operators)] == "op");
}

TEST_CASE("no operator is expected faster than its bound, all together no longer than the step") {
    for (const std::string scenario :
         {"llama-3.1-8b@h100 batch=4", "deepseek-v3@h200x8 tp=8 batch=64",
          "llama-3.1-8b@h100 concurrency=64", "llama-3.1-70b@h100x4 tp=4 batch=256 quant=fp8"}) {
        const std::vector<PointKind> kinds{PointKind::operators};
        const auto bound = place(scenario, kinds).points;
        const auto expected = place(scenario, kinds, Basis::expected).points;
        REQUIRE(bound.size() == expected.size());
        double shares = 0;
        for (std::size_t i = 0; i < bound.size(); ++i) {
            INFO(scenario << ", " << bound[i].name);
            CHECK(expected[i].name == bound[i].name);
            CHECK(expected[i].time >= bound[i].time);
            CHECK(expected[i].intensity() == bound[i].intensity());
            shares += *expected[i].share;
        }
        CHECK(shares > 0.2);
        CHECK(shares < 1);
    }
}

TEST_CASE("a prompt is in both stages of a pipeline at once: half of its work in half the time") {
    const RoofPoint one = place(batch_of_four, {PointKind::prefill}).points[0];
    const RoofPoint two =
        place("llama-3.1-8b@h100x2 pp=2 batch=4 context=1000 isl=100", {PointKind::prefill})
            .points[0];
    CHECK_THAT(one.flops / two.flops, WithinRel(2, 1e-12));
    CHECK_THAT(one.bytes / two.bytes, WithinRel(2, 1e-12));
    CHECK(two.time < one.time);
}

TEST_CASE("a served deployment stands where its mean decode step does, at least one sequence") {
    const RooflinePlace busy =
        place("llama-3.1-8b@h100 concurrency=64", {PointKind::decode}, Basis::expected);
    CHECK(busy.step.sequences > 32);
    CHECK(busy.step.sequences <= 64);
    CHECK(busy.points[0].basis == Basis::expected);
    CHECK(place("llama-3.1-8b@h100 rate=0.01", {PointKind::decode}).step.sequences == 1);
}

TEST_CASE("what does not stand has no points, and says why; an encoder has a bound only") {
    const RooflinePlace misfit = place("llama-3.1-70b@h100x2 replicas=2", {PointKind::decode});
    CHECK(misfit.standing == Standing::does_not_fit);
    CHECK(misfit.points.empty());
    CHECK(misfit.step.phases.empty());
    CHECK(misfit.step.layout.replicas == 2);
    CHECK(place("llama-3.1-8b@h100 rate=400", {PointKind::decode}).standing ==
          Standing::overloaded);
    const RooflinePlace encoder =
        place("siglip-so400m-patch14-384@h100",
              {PointKind::decode, PointKind::prefill, PointKind::operators}, Basis::expected);
    REQUIRE(encoder.points.size() == 1);
    CHECK(encoder.points[0].name == "prefill");
    CHECK(encoder.points[0].basis == Basis::bound);
    CHECK(fault_of([] { place("llama-3.1-8b@h100 tp=3", {}); }).code == ErrorCode::does_not_divide);
}

TEST_CASE("arithmetic of less than a hundredth of the work does not raise the roof") {
    // Attention has 41.9 M weights, the head 525 M, the feed-forward 3 x 4096 x width.
    CHECK(place(with_fp8_attention(14336), {PointKind::decode}).points[0].fastest ==
          Precision::fp8);
    CHECK(place(with_fp8_attention(1433600), {PointKind::decode}).points[0].fastest ==
          Precision::bf16);
}

}  // namespace roof_points_test
