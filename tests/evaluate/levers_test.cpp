#include "roofline/evaluate/levers.hpp"

#include "catch.hpp"

#include <algorithm>

namespace levers_test {

using namespace roofline;

namespace {

Prepared prepared(std::string_view model, std::string_view device, double batch, double context) {
    Catalog catalog;
    const DeviceRequest request = catalog.split_device(device);
    Deployment d{.model = catalog.model(model),
                 .device = catalog.device(request.name),
                 .gpus = request.count};
    d.batch = batch;
    d.context = context;
    return prepare(d);
}

std::vector<std::string> words(const std::vector<Lever>& levers) {
    std::vector<std::string> result;
    for (const Lever& lever : levers) result.push_back(lever.change);
    return result;
}

}  // namespace

TEST_CASE("levers shorten the step, the best first, and fit") {
    const Prepared now = prepared("llama-3.1-8b", "h100", 32, 4096);
    const Outcome outcome = evaluate(now, point_of(now), {});
    const auto levers = decode_levers(now, outcome, {});
    CHECK(words(levers) == std::vector<std::string>{"`quant int4`", "`kv-dtype fp8`", "`quant fp8`",
                                                    "`hw h100-sxmx2` `tp 2`"});
    Seconds last;
    for (const Lever& lever : levers) {
        const Seconds step = lever.outcome.decode()->time.total();
        if (lever.outcome.layout.gpus() == 1) CHECK(step >= last);
        CHECK(step < outcome.decode()->time.total());
        CHECK(lever.outcome.memory.fits());
        last = step;
    }
}

TEST_CASE("what makes 70B fit: a second GPU, narrower weights, or a larger device") {
    const Prepared now = prepared("llama-3.1-70b", "h100", 1, 4096);
    Catalog catalog;
    CHECK(words(fitting_levers(now, {}, catalog)) ==
          std::vector<std::string>{"`hw h100-sxmx2` `tp 2`", "`quant fp8`", "`quant int4`",
                                   "`hw b200-sxm`"});
}

TEST_CASE("what nothing makes fit has no levers") {
    const Prepared now = prepared("kimi-k3", "jetson-agx-orin", 1, 4096);
    Catalog catalog;
    CHECK(fitting_levers(now, {}, catalog).empty());
}

TEST_CASE("what no single domain holds is cut into pipeline stages, a batch is cut down") {
    const Prepared large = prepared("llama-3.1-405b", "h100x8", 1, 4096);
    Catalog catalog;
    CHECK(words(fitting_levers(large, {}, catalog)).front() == "`hw h100-sxmx16` `tp 8` `pp 2`");
    const Prepared crowded = prepared("llama-3.1-8b", "h100", 200, 4096);
    const auto levers = words(fitting_levers(crowded, {}, catalog));
    CHECK(std::ranges::find(levers, "`batch 109`") != levers.end());
}

}  // namespace levers_test
