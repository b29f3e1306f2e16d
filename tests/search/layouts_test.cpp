#include "search/layouts.hpp"

#include "roofline/catalog/catalog.hpp"

#include "catch.hpp"

#include <string>

namespace layouts_test {

using namespace roofline;

namespace {

Device joined(double devices) {
    Device device;
    device.scale_up = Link{.name = "link",
                           .topology = Topology::all_to_all,
                           .per_direction = Figure<BytesPerSecond>{1e9 * byte / second, {}},
                           .domain = devices};
    return device;
}

Model dense() { return {.layers = {{.mixers = {}, .feed_forward = DenseFeedForward{}}}}; }
Model sparse() {
    return {.layers = {{.mixers = {}, .feed_forward = MixtureOfExperts{.experts = 8}}}};
}

// "2.1.4e2": tensor, pipeline and data parallel, and experts where they are spread.
std::string words(const std::vector<Layout>& layouts) {
    const auto digit = [](double number) { return std::to_string(static_cast<int>(number)); };
    std::string text;
    for (const Layout& one : layouts) {
        text += (text.empty() ? "" : " ") + digit(one.tensor) + "." + digit(one.pipeline) + "." +
                digit(one.data);
        if (one.expert > 1) text += "e" + digit(one.expert);
    }
    return text;
}

Device multiplying(std::initializer_list<Precision> precisions) {
    Device device;
    for (const Precision one : precisions)
        device.peaks.push_back(
            {.unit = ComputeUnit::matrix, .precision = one, .rate = {1e12 * flop / second, {}}});
    return device;
}

Deployment deployment_of(Model model, Device device) {
    Deployment d;
    d.model = std::make_shared<const Model>(std::move(model));
    d.device = std::make_shared<const Device>(std::move(device));
    return d;
}

std::vector<Layout> layouts_of(Model model, Device device, double most_gpus) {
    return instance_layouts(deployment_of(std::move(model), std::move(device)), most_gpus);
}

using Formats = std::vector<WeightFormat>;

}  // namespace

TEST_CASE("a dense model on up to 4 devices: powers of two of tensor and pipeline parallel") {
    CHECK(words(layouts_of(dense(), joined(8), 4)) == "1.1.1 2.1.1 4.1.1 1.2.1 2.2.1 1.4.1");
    CHECK(words(layouts_of(dense(), joined(8), 3)) == "1.1.1 2.1.1 1.2.1");
    CHECK(words(layouts_of(dense(), joined(8), 1)) == "1.1.1");
}

TEST_CASE("tensor parallelism stays within the devices that a switch joins") {
    CHECK(words(layouts_of(dense(), joined(2), 8)) == "1.1.1 2.1.1 1.2.1 2.2.1 1.4.1 2.4.1 1.8.1");
}

TEST_CASE("experts: ranks beside tensor parallelism, and spread over all GPUs of a stage or not") {
    CHECK(words(layouts_of(sparse(), joined(8), 2)) == "1.1.1 2.1.1 2.1.1e2 1.1.2 1.1.2e2 1.2.1");
    const std::string four = words(layouts_of(sparse(), joined(8), 4));
    CHECK(four.find("2.1.2 2.1.2e4") != std::string::npos);
    CHECK(four.find("1.2.2 1.2.2e2") != std::string::npos);
}

TEST_CASE("an engine that splits by layers has stages alone, of a mixture of experts too") {
    Deployment d = deployment_of(sparse(), joined(8));
    d.engine = EngineChoice{.program = ServingEngine::llama_cpp};
    CHECK(words(instance_layouts(d, 8)) == "1.1.1 1.2.1 1.4.1 1.8.1");
}

TEST_CASE("formats: as published, and narrower ones that the device multiplies") {
    Model model = dense();
    model.published.name = WeightFormat::bf16;
    const auto formats = [&](std::initializer_list<Precision> precisions) {
        return formats_for(model, multiplying(precisions));
    };
    CHECK(formats({Precision::bf16}) == Formats{WeightFormat::bf16});
    CHECK(formats({Precision::bf16, Precision::fp8, Precision::int8}) ==
          Formats{WeightFormat::bf16, WeightFormat::fp8});
    CHECK(formats({Precision::fp8, Precision::fp4}) ==
          Formats{WeightFormat::bf16, WeightFormat::fp8, WeightFormat::nvfp4});
    CHECK(formats({Precision::int8}) == Formats{WeightFormat::bf16, WeightFormat::int8});
    model.published.name = WeightFormat::fp8;
    CHECK(formats({Precision::fp8, Precision::fp4}) ==
          Formats{WeightFormat::fp8, WeightFormat::nvfp4});
    CHECK(formats({Precision::int8}) == Formats{WeightFormat::fp8});
}

}  // namespace layouts_test
