#include "roofline/evaluate/thinking_users.hpp"

#include "roofline/evaluate/evaluation.hpp"

#include "catch.hpp"
#include "deployed.hpp"
#include "evaluate/one_product.hpp"

namespace thinking_users_test {

using namespace roofline;

namespace {

// As the evaluator asks: what is served of a model as fitted.
PreparedService service_of(const std::string& scenario) {
    const FittedEfficiency& fitted = fitted_efficiency();
    return prepare_service(deployed(scenario), fitted.values, &fitted);
}

ThinkingUsers solved(const std::string& scenario) {
    const PreparedService service = service_of(scenario);
    const Deployment& d = service.prepared.deployment;
    return thinking_users(service, *d.users, *d.think);
}

// X x (R + Z).
double by_littles_law(const ThinkingUsers& users) {
    return users.requests_per_s * (users.answer + users.think).in(second);
}

const std::string chat = "llama-3.1-8b@h100 isl=1024 osl=256 ";

// Of a model whose request alone takes 40 ms: 1.5 to the first of 38.5 tokens, 37.5 for the
// others, and 1 until the next is let in.
ThinkingUsers of_product(const std::string& replicas, double users, Seconds think) {
    return thinking_users(one_product("h100" + replicas + " concurrency=1 isl=10", 20), users,
                          think);
}

}  // namespace

TEST_CASE("one user: 40 ms to an answer and 60 of thought are 10 requests/s, and 0.4 in flight") {
    const ThinkingUsers one = of_product("", 1, 60 * millisecond);
    CHECK_THAT(one.requests_per_s, WithinRel(10, 1e-9));
    CHECK_THAT(one.in_flight, WithinRel(0.4, 1e-9));
    CHECK_THAT(one.answer.in(millisecond), WithinRel(40, 1e-9));
    CHECK_THAT(one.thinking(), WithinRel(0.6, 1e-9));
    CHECK(one.users == 1);
    CHECK(one.think == 60 * millisecond);
}

TEST_CASE("who does not think is in flight all the time: 1 / 40 ms = 25 requests/s") {
    const ThinkingUsers one = of_product("", 1, Seconds());
    CHECK_THAT(one.in_flight, WithinRel(1, 1e-12));
    CHECK_THAT(one.requests_per_s, WithinRel(25, 1e-9));
    CHECK(one.thinking() == 0);
    const ThinkingUsers many = solved(chat + "users=64 think=0s");
    CHECK_THAT(many.in_flight, WithinRel(64, 1e-12));
}

TEST_CASE("two replicas share two users: 0.4 in flight at each, 20 requests/s, 1.2 who think") {
    const ThinkingUsers two = of_product("x2 replicas=2 tp=1", 2, 60 * millisecond);
    CHECK_THAT(two.in_flight, WithinRel(0.4, 1e-9));
    CHECK_THAT(two.requests_per_s, WithinRel(20, 1e-9));
    CHECK_THAT(two.thinking(), WithinRel(1.2, 1e-9));
}

TEST_CASE("a place for one: 5 users of 40 ms who think 60 are more than it serves, 25 requests/s") {
    const PreparedService narrow = one_product("h100 concurrency=1 isl=10", 1);
    const ThinkingUsers five = thinking_users(narrow, 5, 60 * millisecond);
    CHECK_THAT(five.requests_per_s, WithinRel(25, 1e-3));
    CHECK_THAT(five.in_flight, WithinRel(5 - 25 * 0.06, 1e-3));
}

TEST_CASE("Little's law holds to 1e-9, whatever the users and however long they think") {
    for (const char* hardware : {"h100", "l40s", "h100x4 replicas=2"})
        for (const double users : {1.0, 7.0, 120.0, 500.0, 6000.0})
            for (const double think : {0.0, 0.2, 5.0, 30.0, 600.0}) {
                const PreparedService service = service_of(std::string("llama-3.1-8b@") + hardware +
                                                           " isl=1024 osl=256 concurrency=1");
                const ThinkingUsers solution = thinking_users(service, users, think * second);
                INFO(hardware << ": " << users << " users, " << think << " s");
                CHECK_THAT(by_littles_law(solution), WithinRel(users, 1e-9));
                CHECK(solution.in_flight > 0);
            }
}

TEST_CASE("more users never have fewer requests in flight, who thinks longer never more") {
    const PreparedService service = service_of(chat + "concurrency=1");
    double before = 0;
    for (double users = 1; users < 5000; users *= 1.5) {
        const ThinkingUsers now = thinking_users(service, users, 10 * second);
        CHECK(now.in_flight >= before);
        CHECK(now.in_flight >= thinking_users(service, users, 11 * second).in_flight);
        CHECK(now.in_flight <= users);
        before = now.in_flight;
    }
}

TEST_CASE("as evaluated: figures of users are those of their requests in flight") {
    const Evaluation of_users = evaluated(chat + "users=500 think=30s");
    REQUIRE(of_users.users);
    CHECK_THAT(of_users.load(), WithinRel(of_users.users->in_flight, 1e-12));
    CHECK_THAT(of_users.requests(), WithinRel(of_users.users->in_flight, 1e-12));
    const ServedOutcome at = serve(service_of(chat + "users=500 think=30s"), of_users.load());
    CHECK(of_users.service().expected.output == at.expected.output);
    // What is answered is what is asked: tokens of answers of 256.
    const double requests = at.expected.output.in(token / second) / 256;
    CHECK_THAT(of_users.users->requests_per_s, WithinRel(requests, 1e-3));
}

}  // namespace thinking_users_test
