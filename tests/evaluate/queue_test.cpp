// Requests that wait for a place in the cache: who of a served deployment does, and who says so.
#include "roofline/evaluate/evaluation.hpp"
#include "roofline/gate/checks.hpp"
#include "roofline/search/point.hpp"

#include "catch.hpp"
#include "deployed.hpp"
#include "evaluate/standing_words.hpp"

namespace queue_test {

using namespace roofline;

namespace {

const std::string two_at_once = "llama-3.1-8b@h100 isl=1024 osl=256 max-num-seqs=2 ";

// Of 10 requests 4 have a place at each of `replicas`.
Evaluation queued(double replicas = 1, bool converged = true) {
    Evaluation evaluation = evaluated(two_at_once + "concurrency=1");
    evaluation.deployment.replicas = replicas;
    auto& state = std::get<ServedOutcome>(evaluation.outcome).state;
    state.requests = 10;
    state.admitted = 4;
    state.converged = converged;
    return evaluation;
}

}  // namespace

TEST_CASE("a server that takes two at once lets two of five wait for three places: 3 of 5") {
    const Evaluation five = evaluated(two_at_once + "concurrency=5");
    CHECK(five.requests() == 5);
    CHECK(five.waiting() == 3);
    CHECK(queue_words(five) ==
          "3 of 5 requests wait for a place: the server takes 2 at once "
          "(max-num-seqs)");
    const Evaluation two = evaluated(two_at_once + "concurrency=2");
    CHECK(two.requests() == 2);
    CHECK(two.waiting() == 0);
    CHECK(queue_words(two).empty());
}

TEST_CASE("all replicas together: of 3 x 10 requests 3 x 6 wait") {
    CHECK(queued(3).requests() == 30);
    CHECK(queued(3).waiting() == 18);
    CHECK(queue_words(queued(3)) ==
          "18 of 30 requests wait for a place: the server takes 2 at once "
          "(max-num-seqs)");
}

TEST_CASE("more places than requests are no negative queue") {
    Evaluation roomy = queued();
    std::get<ServedOutcome>(roomy.outcome).state.admitted = 11;
    CHECK(roomy.waiting() == 0);
}

TEST_CASE("a step, what does not fit and what cannot keep up have no requests, and are settled") {
    Evaluation overloaded = queued(1, false);
    overloaded.standing = Standing::overloaded;
    for (const Evaluation& none :
         {evaluated("llama-3.1-8b@h100 batch=4"),
          evaluated("llama-3.1-70b@h100 quant=bf16 concurrency=4"), overloaded}) {
        CHECK(none.requests() == 0);
        CHECK(none.waiting() == 0);
        CHECK(none.settled());
        CHECK(queue_words(none).empty());
    }
}

TEST_CASE("arrivals and users wait as those in flight do") {
    const Evaluation users = evaluated(two_at_once + "users=40 think=1s");
    CHECK_THAT(users.requests(), WithinRel(users.users->in_flight, 1e-12));
    CHECK_THAT(users.waiting(), WithinRel(users.users->in_flight - 2, 1e-9));
    const Evaluation arriving = evaluated("llama-3.1-8b@h100 rate=2");
    CHECK_THAT(arriving.requests(), WithinRel(arriving.open->concurrency, 1e-9));
    CHECK(arriving.waiting() == 0);
}

TEST_CASE("queues in words: digits as everywhere, nothing of nothing") {
    CHECK(queue_words(2.888, 4) == "2.89 of 4 requests wait for a place");
    CHECK(queue_words(1000, 1200) == "1,000 of 1,200 requests wait for a place");
    CHECK(queue_words(0, 4).empty());
    CHECK(queue_words(-1, 4).empty());
}

TEST_CASE("E356, an error of the question: what did not settle is no figure to judge by") {
    CHECK(queued().settled());
    CHECK_FALSE(standing_fault(queued(), Basis::expected));
    const Evaluation restless = queued(1, false);
    CHECK_FALSE(restless.settled());
    for (const Basis basis : {Basis::bound, Basis::expected, Basis::pessimistic}) {
        const auto fault = standing_fault(restless, basis);
        REQUIRE(fault);
        CHECK(fault->code == ErrorCode::unsettled);
        CHECK(code_name(fault->code) == "E356");
        CHECK(exit_status(fault->code) == Exit::input);
        CHECK(fault->message ==
              "llama-3.1-8b on 1 x h100-sxm: the steady state did not settle; figures are of its "
              "last round");
    }
}

TEST_CASE("a row of a sweep has its requests, those that wait, and why it has no figures") {
    const PointAnswer answer = answer_of(queued(3), Basis::expected);
    CHECK(answer.requests == 30.0);
    CHECK(answer.waiting == 18.0);
    CHECK(answer.reason.empty());
    const PointAnswer restless = answer_of(queued(1, false), Basis::expected);
    CHECK(restless.reason == std::string(unsettled_words));
    CHECK(restless.code == ErrorCode::unsettled);
    const PointAnswer step = answer_of(evaluated("llama-3.1-8b@h100"), Basis::bound);
    CHECK_FALSE(step.requests);
    CHECK_FALSE(step.waiting);
}

}  // namespace queue_test
