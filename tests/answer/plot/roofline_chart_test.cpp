#include "answer/plot/roofline_chart.hpp"

#include "catch.hpp"

namespace roofline_chart_test {

using namespace roofline;

namespace {

// 100 TFLOP/s in bf16 and 200 in fp8 over 1 TB/s: ridges at 100 and 200 FLOP/byte.
std::shared_ptr<const Device> device(std::string id, double factor = 1) {
    auto made = std::make_shared<Device>();
    made->id = std::move(id);
    const auto peak = [&](Precision precision, double rate) {
        made->peaks.push_back(
            {ComputeUnit::matrix, precision, {factor * rate * teraflop / second, {}}});
    };
    peak(Precision::bf16, 100);
    peak(Precision::fp8, 200);
    Memory memory{.level = MemoryLevel::dram, .technology = {}};
    memory.bandwidth = {factor * terabyte / second, {}};
    made->memory.push_back(std::move(memory));
    return made;
}

RoofPoint point(std::string name, double teraflops, double gigabytes, double seconds) {
    return {.name = std::move(name),
            .flops = teraflops * teraflop,
            .bytes = gigabytes * gigabyte,
            .time = seconds * second,
            .bound = Bound::memory,
            .basis = Basis::expected,
            .fastest = Precision::bf16};
}

PlottedDeployment plotted(std::string name, std::shared_ptr<const Device> device,
                          std::vector<RoofPoint> points) {
    PlottedDeployment one{.name = std::move(name), .place = {}};
    one.place.prepared.deployment.device = std::move(device);
    one.place.points = std::move(points);
    return one;
}

std::vector<Precision> no_more(const Device&) { return {}; }

Chart chart_of(const std::vector<PlottedDeployment>& all, Basis asked = Basis::expected) {
    Roofs roofs = roofs_of(all, no_more);
    return roofline_chart(all, asked, roofs);
}

// "box bf16, crate fp8".
std::string words_of(const Roofs& roofs) {
    std::string text;
    for (const DeviceRoof& roof : roofs.all())
        text += roof.device->id + " " + std::string(name_of(roof.ridge.peak->precision)) + ", ";
    return text;
}

}  // namespace

TEST_CASE("a roof for each device and arithmetic of a point, once; those asked for come after") {
    RoofPoint narrow = point("prefill", 1, 1, 1);
    narrow.fastest = Precision::fp8;
    const std::vector<PlottedDeployment> all{
        plotted("a", device("box"), {narrow, point("decode", 1, 1, 1)}),
        plotted("b", device("crate"), {narrow}), plotted("c", device("box"), {narrow})};
    CHECK(words_of(roofs_of(all, no_more)) == "box fp8, box bf16, crate fp8, ");
    CHECK(words_of(roofs_of(all, [](const Device&) { return std::vector{Precision::bf16}; })) ==
          "box fp8, box bf16, crate fp8, crate bf16, ");
}

TEST_CASE("a device without points has its widest roof, or those that are asked for") {
    const std::vector<PlottedDeployment> all{plotted("a", device("box"), {})};
    CHECK(words_of(roofs_of(all, no_more)) == "box bf16, ");
    CHECK(words_of(roofs_of(all, [](const Device&) { return std::vector{Precision::fp8}; })) ==
          "box fp8, ");
}

TEST_CASE("4 TFLOP and 100 GB in 0.2 s: 40 FLOP/byte and 20 TFLOP/s, half of a roof of 40") {
    const Chart chart = chart_of({plotted("a", device("box"), {point("decode", 4, 100, 0.2)})});
    CHECK(chart.title == "Roofline of a");
    CHECK(chart.series[0].label == "decode");
    CHECK(chart.series[0].points[0].size == 1);
    CHECK(chart.footnote == "roofs: data sheet; points: expected (fitted efficiencies)");
    REQUIRE(chart.series.size() == 1);
    CHECK(chart.series[0].name == "a");
    CHECK(chart.series[0].stroke == Stroke::points);
    CHECK(chart.series[0].role == Role::memory);
    const ChartPoint& only = chart.series[0].points.at(0);
    CHECK(only.x == 40);
    CHECK_THAT(only.y, WithinRel(20e12, 1e-12));
    CHECK(only.name == "decode");
    CHECK(only.note == "memory-bound, 50 % of its roof");
    CHECK(only.roof == 0);
}

TEST_CASE("operators on one spot are one point, as large as their share: 36 % are 0.6 x 2") {
    RoofPoint one = point("up", 4, 100, 0.2);
    RoofPoint other = point("down", 2, 50, 0.1);
    RoofPoint small = point("head", 0.1, 100, 0.2);
    one.share = 0.24;
    other.share = 0.12;
    small.share = 0.01;
    const Chart chart = chart_of({plotted("a", device("box"), {one, small, other})});
    REQUIRE(chart.series.size() == 2);
    CHECK(chart.series[0].label == "2 operators");
    const ChartPoint& joint = chart.series[0].points.at(0);
    CHECK_THAT(joint.x, WithinRel(40.));
    CHECK_THAT(joint.y, WithinRel(20e12));
    CHECK_THAT(joint.size, WithinRel(1.2));
    CHECK(joint.note == "memory-bound, 50 % of its roof, 36 % of the step");
    CHECK(chart.footnote ==
          "roofs: data sheet; points: expected (fitted efficiencies); 2 operators: up, down");
    CHECK(chart.series[1].points.at(0).size == 0.75);
}

TEST_CASE("roofs have a name, a slope, a ceiling and a ridge; a device's first one stands out") {
    RoofPoint narrow = point("prefill", 1, 1, 1);
    narrow.fastest = Precision::fp8;
    const Chart chart = chart_of({plotted("a", device("box"), {point("decode", 1, 1, 1), narrow})});
    REQUIRE(chart.roofs.size() == 2);
    CHECK(chart.roofs[0].name == "bf16 roof of box");
    CHECK(chart.roofs[0].slope == 1e12);
    CHECK(chart.roofs[0].ceiling == 100e12);
    CHECK(chart.roofs[0].role == Role::strong);
    CHECK(chart.roofs[0].note == "1.00 TB/s");
    CHECK(chart.roofs[1].name == "fp8 roof of box");
    CHECK(chart.roofs[1].role == Role::dim);
    CHECK(chart.series[1].points[0].roof == 1);
    REQUIRE(chart.marks.size() == 2);
    CHECK(chart.marks[0].name == "ridge");
    CHECK(chart.marks[0].x == 100);
    CHECK(chart.marks[1].x == 200);
}

TEST_CASE(
    "axes are logarithmic and have room: to the decade beyond the ridge, 1.5 above the roof") {
    const Chart chart = chart_of({plotted("a", device("box"), {point("decode", 4, 100, 0.2)})});
    CHECK(chart.x.name == "intensity");
    CHECK(chart.x.key == "intensity_flop_per_byte");
    CHECK(chart.x.label == "intensity");
    CHECK(chart.x.dimension == dimension::flop_per_byte);
    CHECK(chart.x.scaling == Scaling::logarithmic);
    CHECK(chart.x.range->from == 1);
    CHECK(chart.x.range->to == 1000);
    CHECK(chart.y.name == "attained");
    CHECK(chart.y.key == "attained_flop_per_s");
    CHECK(chart.y.label == "attained");
    CHECK(chart.y.dimension == dimension::flop_per_second);
    CHECK(chart.y.scaling == Scaling::logarithmic);
    CHECK(chart.y.range->from == 1e12);
    CHECK(chart.y.range->to == 150e12);
}

TEST_CASE("points beyond the roofs' ranges widen them: 0.02 and 20,000 FLOP/byte, 15 GFLOP/s") {
    const Chart chart = chart_of({plotted(
        "a", device("box"),
        {point("left", 0.002, 100, 1), point("right", 20, 1, 1), point("low", 0.015, 1, 1)})});
    CHECK_THAT(chart.x.range->from, WithinRel(0.01, 1e-12));
    CHECK_THAT(chart.x.range->to, WithinRel(1e5, 1e-12));
    CHECK_THAT(chart.y.range->from, WithinRel(2e9 / 1.5, 1e-12));
}

TEST_CASE("several deployments and bases: the title counts, and a name says its own basis") {
    RoofPoint bound = point("attention", 1, 1, 1);
    bound.basis = Basis::bound;
    auto split = plotted("b", device("crate", 2), {bound});
    split.place.step.layout.tensor = 2;
    const Chart chart = chart_of({plotted("a", device("box"), {point("decode", 1, 1, 1)}), split,
                                  plotted("c", device("box"), {})});
    CHECK(chart.title == "3 deployments on the roofline of box and crate");
    CHECK(chart.series[0].name == "a");
    CHECK(chart.series[1].name == "b (bound)");
    CHECK(chart.series[1].points[0].note == "memory-bound");
    CHECK(chart.series[0].label.empty());
    CHECK(chart.footnote ==
          "roofs: data sheet; points: expected (fitted efficiencies) and bound (every efficiency "
          "1), of one GPU of the deployment");
    CHECK(chart_of({split}, Basis::bound).series[0].name == "b");
    CHECK(chart_of({plotted("c", device("box"), {})}).footnote == "roofs: data sheet");
}

}  // namespace roofline_chart_test
