#include "evaluate/arrange.hpp"

#include "roofline/evaluate/evaluation.hpp"

#include "catch.hpp"
#include "deployed.hpp"

#include <array>

namespace arrange_test {

using namespace roofline;

namespace {

// tp, pp, dp and replicas, in that order.
using Degrees = std::array<double, 4>;

Degrees degrees(const Deployment& complete) {
    const Layout layout = layout_of(complete);
    return {layout.tensor, layout.pipeline, layout.data, layout.replicas};
}

Degrees layout(const std::string& scenario) {
    return degrees(complete(arranged(deployed(scenario))));
}

// Whether it is what was asked, and nothing was chosen.
bool is_left(const std::string& scenario) {
    const Deployment asked = deployed(scenario);
    const Deployment now = arranged(asked);
    return now.tensor_parallel == asked.tensor_parallel &&
           now.pipeline_parallel == asked.pipeline_parallel &&
           now.data_parallel == asked.data_parallel && now.replicas == asked.replicas &&
           now.gpus == asked.gpus;
}

}  // namespace

TEST_CASE("no layout is named by several GPUs and none of their degrees; replicas are no layout") {
    CHECK(names_no_layout(deployed("llama-3.1-8b@h100x2")));
    CHECK(names_no_layout(deployed("llama-3.1-8b@h100x4 replicas=2")));
    CHECK_FALSE(names_no_layout(deployed("llama-3.1-8b@h100")));
    for (const char* degree : {"tp", "pp", "dp", "ep"})
        CHECK_FALSE(names_no_layout(deployed(std::string("llama-3.1-8b@h100x4 ") + degree + "=1")));
}

TEST_CASE("671 GB on 8 x 80 GB have no room: of 16 each half has half of the layers, tp 8 x pp 2") {
    CHECK(layout("deepseek-r1@h100x16") == Degrees{8, 2, 1, 1});
    CHECK(layout("llama-3.1-405b@h100x16") == Degrees{8, 2, 1, 1});
}

TEST_CASE("the fewest stages that have room: 810 GB on 32 are two instances of 16") {
    CHECK(layout("llama-3.1-405b@h100x32") == Degrees{8, 2, 1, 2});
    CHECK(layout("llama-3.1-405b@h100x48") == Degrees{8, 2, 1, 3});
}

TEST_CASE("16 GB have room on 8: tp 8 x replicas 2, as it was asked") {
    CHECK(layout("llama-3.1-8b@h100x16") == Degrees{8, 1, 1, 2});
    CHECK(is_left("llama-3.1-8b@h100x16"));
    CHECK(is_left("llama-3.1-8b@h100"));
}

TEST_CASE("where no number of stages has room it is what was asked: 810 GB on 8 x 80") {
    CHECK(is_left("llama-3.1-405b@h100x8"));
    CHECK(layout("llama-3.1-405b@h100x8") == Degrees{8, 1, 1, 1});
}

TEST_CASE("a layout that is named is never changed, whether it has room or not") {
    CHECK(is_left("deepseek-r1@h100x16 tp=8"));
    CHECK(is_left("deepseek-r1@h100x16 tp=4 pp=4"));
    CHECK(is_left("deepseek-r1@h100x16 pp=1"));
    CHECK(is_left("deepseek-r1@h100x16 dp=2 tp=8 ep=16"));
    CHECK(layout("deepseek-r1@h100x16 tp=8") == Degrees{8, 1, 1, 2});
}

TEST_CASE("replicas that are given stay: each of 2 has 16 of 32, of 4 has no room for 810 GB") {
    CHECK(layout("llama-3.1-405b@h100x32 replicas=2") == Degrees{8, 2, 1, 2});
    CHECK(layout("llama-3.1-405b@h100x32 replicas=4") == Degrees{8, 1, 1, 4});
    CHECK(layout("llama-3.1-8b@h100x16 replicas=2") == Degrees{8, 1, 1, 2});
}

TEST_CASE("llama.cpp splits several GPUs by layers, and never more ways than there are layers") {
    CHECK(layout("llama-3.1-8b@h100x4 engine=llama.cpp") == Degrees{1, 4, 1, 1});
    CHECK(layout("llama-3.1-8b@h100x4 engine=llama.cpp replicas=2") == Degrees{1, 2, 1, 2});
    CHECK(layout("llama-3.1-8b@h100x64 engine=llama.cpp") == Degrees{1, 32, 1, 2});
    CHECK(layout("llama-3.1-8b@h100x4 engine=llama.cpp tp=4") == Degrees{4, 1, 1, 1});
    CHECK(layout("llama-3.1-8b@h100x4") == Degrees{4, 1, 1, 1});
}

TEST_CASE("a deployment of the same GPUs takes the degrees of a complete one, unless it has some") {
    const Deployment staged = complete(arranged(deployed("deepseek-r1@h100x16")));
    const Deployment again = laid_out_like(staged, deployed("deepseek-r1@h100x16 isl=64"));
    CHECK(degrees(complete(again)) == Degrees{8, 2, 1, 1});
    CHECK(again.isl == 64.0);
    CHECK_FALSE(again.replicas);  // it follows
    const Deployment named = laid_out_like(staged, deployed("deepseek-r1@h100x16 tp=4 pp=4"));
    CHECK(degrees(complete(named)) == Degrees{4, 4, 1, 1});
}

TEST_CASE(
    "every question about a deployment has one layout: a step, a load, and a load once more") {
    CHECK(degrees(evaluated("deepseek-r1@h100x16").deployment) == Degrees{8, 2, 1, 1});
    CHECK(degrees(evaluated("deepseek-r1@h100x16 concurrency=8").deployment) ==
          Degrees{8, 2, 1, 1});
    LoweredDeployment lowered(deployed("deepseek-r1@h100x16 concurrency=8"), Knowledge());
    const Evaluation other = lowered.evaluate(deployed("deepseek-r1@h100x16 concurrency=16"));
    CHECK(degrees(other.deployment) == Degrees{8, 2, 1, 1});
    CHECK(other.standing == Standing::stands);
    // What was measured ran as it was laid out.
    const Evaluation given =
        evaluate(deployed("deepseek-r1@h100x16 concurrency=8"), {.fit = Fit::given});
    CHECK(degrees(given.deployment) == Degrees{8, 1, 1, 2});
}

// 2,000 sequences of 1,152 tokens need two stages, one does not, whichever is asked first.
TEST_CASE("each load of a deployment has the layout that it would have alone") {
    const auto with = [](const char* batch) {
        return deployed(std::string("llama-3.1-70b@h100x16 batch=") + batch);
    };
    for (const auto& [first, second] : {std::pair{"1", "2000"}, std::pair{"2000", "1"}}) {
        LoweredDeployment lowered(with(first), Knowledge());
        for (const char* batch : {first, second, first}) {
            const Evaluation alone = evaluate(with(batch), Knowledge());
            const Evaluation swept = lowered.evaluate(with(batch));
            INFO(first << ", " << second << ": " << batch);
            CHECK(degrees(swept.deployment) == degrees(alone.deployment));
            CHECK(swept.on(Basis::bound).time_per_token == alone.on(Basis::bound).time_per_token);
        }
        CHECK(evaluate(with("2000"), Knowledge()).deployment.pipeline_parallel == 2.0);
        CHECK(evaluate(with("1"), Knowledge()).deployment.pipeline_parallel == 1.0);
    }
}

TEST_CASE("stages that surely start come before a wider instance that may not") {
    const Deployment doubtful =
        complete(arranged(deployed("kimi-k2.5@h100x16 context=8k mem-share=0.95 max-num-seqs=64")));
    CHECK(degrees(doubtful) == Degrees{8, 2, 1, 1});
}

}  // namespace arrange_test
