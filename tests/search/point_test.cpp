#include "roofline/search/point.hpp"

#include "catch.hpp"

namespace point_test {

using namespace roofline;

namespace {

Figures& on(Basis basis, Evaluation& evaluation) {
    return evaluation.figures[static_cast<std::size_t>(basis)];
}

// Of 64 GB usable, and so much of it taken by weights.
Figures holding(double gigabytes) {
    Figures figures;
    figures.gpus = 2;
    figures.memory.reported = 80 * gigabyte;
    figures.memory.usable = 64 * gigabyte;
    figures.memory.weights = gigabytes * gigabyte;
    return figures;
}

Evaluation standing(Standing how, double gigabytes = 16) {
    Evaluation evaluation{.deployment = {.gpus = 2, .engine = EngineChoice()},
                          .standing = how,
                          .memory = holding(gigabytes).memory,
                          .outcome = ServedOutcome{},
                          .open = OpenLoop{}};
    evaluation.open->capacity = 12.5;
    evaluation.figures.fill(holding(gigabytes));
    return evaluation;
}

void add_axis(Sweep& sweep, std::string_view field, std::string_view text, Catalog& catalog) {
    sweep.space.axes.emplace_back(*find_field(field), text, field, catalog);
}

}  // namespace

TEST_CASE("a point has the figures of the basis that was asked for") {
    Evaluation evaluation = standing(Standing::stands);
    evaluation.measured = true;
    on(Basis::expected, evaluation).time_per_token = 20 * millisecond;
    on(Basis::bound, evaluation).time_per_token = 10 * millisecond;
    const PointAnswer answer = answer_of(evaluation, Basis::expected);
    CHECK(answer.fits == true);
    CHECK(answer.measured);
    CHECK(answer.reason.empty());
    CHECK(answer.usable == 64 * gigabyte);
    CHECK(answer.figure(the_metric("tpot")) == (20 * millisecond).in(second));
    CHECK(answer.figure(the_metric("memory")) == 16e9);
    CHECK(answer.figure(the_metric("gpus")) == 2.0);
    CHECK_FALSE(answer.figure(the_metric("ttft")));
    CHECK(answer_of(evaluation, Basis::bound).figure(the_metric("tpot")) ==
          (10 * millisecond).in(second));
}

// 70 GB are 65.2 GiB, 6 GB 5.59.
TEST_CASE("70 GB on 64 GB usable leave a room of -6 GB and do not start: E402") {
    const PointAnswer answer = answer_of(standing(Standing::does_not_fit, 70), Basis::bound);
    CHECK(answer.fits == false);
    CHECK(answer.reason ==
          "does not start with vllm: of the 59.6 GiB that it may use 65.2 GiB are weights and 0.00 "
          "GiB its own, so the room is -5.59 GiB, and a request of 0 tokens needs 0.00 GiB");
    CHECK(answer.code == ErrorCode::does_not_fit);
    CHECK(answer.figure(the_metric("memory")) == 70e9);
}

TEST_CASE("what arrives faster than it is worked off cannot keep up: E403") {
    const PointAnswer answer = answer_of(standing(Standing::overloaded), Basis::bound);
    CHECK(answer.fits == true);
    CHECK(answer.reason == "cannot keep up: 12.5 requests/s is its capacity");
    CHECK(answer.code == ErrorCode::cannot_keep_up);
}

TEST_CASE(
    "8 requests a second stand as expected and not at the bad end, where 5 are the capacity") {
    Evaluation evaluation = standing(Standing::stands);
    evaluation.open->rate = 8;
    evaluation.least_capacity = 5;
    const PointAnswer answer = answer_of(evaluation, Basis::pessimistic);
    CHECK(answer.reason == "cannot keep up at the bad end of its band: 5 requests/s");
    CHECK(answer.code == ErrorCode::cannot_keep_up);
    CHECK(answer_of(evaluation, Basis::expected).reason.empty());
}

// 48 GB of room beside 46.9 of a request, known to 2 GB.
TEST_CASE("what may not start stands as expected and not at the bad end: E402") {
    Evaluation evaluation = standing(Standing::stands);
    evaluation.least_capacity = 5;
    evaluation.memory.need = 46.9 * gigabyte;
    evaluation.memory.spread = 2 * gigabyte;
    const PointAnswer answer = answer_of(evaluation, Basis::pessimistic);
    CHECK(
        answer.reason ==
        "may not start with vllm: a request of 0 tokens needs 43.7 GiB of a room of 44.7 GiB, give "
        "or take 1.86 GiB");
    CHECK(answer.code == ErrorCode::does_not_fit);
    CHECK(answer.fits == true);
    CHECK(answer_of(evaluation, Basis::expected).reason.empty());
}

TEST_CASE("a point that cannot be asked has its place and reason, and no figure") {
    const PointAnswer answer = answer_of(Fault{.code = ErrorCode::does_not_divide,
                                               .message = "`tp 3` does not divide",
                                               .where = {.file = "a.csv", .line = 4}});
    CHECK_FALSE(answer.fits);
    CHECK(answer.reason == "a.csv:4: `tp 3` does not divide");
    CHECK(answer.code == ErrorCode::does_not_divide);
    CHECK_FALSE(answer.figure(the_metric("gpus")));
}

TEST_CASE("points are answered in any order, and what is wrong with one stays its own") {
    Catalog catalog;
    Sweep sweep;
    sweep.space.base.model = catalog.model("llama-3.1-8b");
    add_axis(sweep, "hw", "h100-sxm", catalog);
    add_axis(sweep, "batch", "1,4", catalog);
    add_axis(sweep, "tp", "1,3,2", catalog);
    sweep.prices = PriceTable(sweep.space, catalog);
    PointAnswerer answerer(sweep);
    const PointAnswer four_on_two = answerer(5);
    const PointAnswer one_on_three = answerer(1);
    const PointAnswer one_on_two = answerer(2);
    CHECK(four_on_two.figure(the_metric("gpus")) == 2.0);
    CHECK(one_on_three.code == ErrorCode::does_not_divide);
    CHECK(one_on_two.figure(the_metric("gpus")) == 2.0);
    CHECK(answerer(0).figure(the_metric("gpus")) == 1.0);
    CHECK(*four_on_two.figure(the_metric("memory")) > *one_on_two.figure(the_metric("memory")));
    CHECK(answerer(5).figures == four_on_two.figures);
}

}  // namespace point_test
