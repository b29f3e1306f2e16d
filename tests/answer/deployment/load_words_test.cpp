#include "answer/deployment/load_words.hpp"

#include "catch.hpp"
#include "deployed.hpp"
#include "page.hpp"

namespace load_words_test {

using namespace roofline;

namespace {

// 12 a second, answered after 10 s and thought over for 30: 480 users.
ThinkingUsers thinking() {
    return {.users = 480,
            .think = 30 * second,
            .in_flight = 60,
            .requests_per_s = 12,
            .answer = 10 * second};
}

std::string words(const std::string& load) {
    return load_words(deployed("llama-3.1-8b@h100 " + load));
}

}  // namespace

TEST_CASE("a load in words: in flight, arriving, or users thinking") {
    CHECK(words("concurrency=64") == "concurrency 64");
    CHECK(words("rate=0.5") == "0.500 requests/s");
    CHECK(words("rate=1500") == "1,500 requests/s");
    CHECK(words("users=500 think=30s") == "500 users thinking 30.0 s");
    CHECK(words("users=12000 think=1500ms") == "12,000 users thinking 1.50 s");
}

TEST_CASE("480 users = 12/s x (10 s + 30 s), worked out in their words") {
    CHECK(users_words(thinking(), 1) ==
          ". 480 users thinking 30.0 s have 60 requests in flight: 480 = 12/s x (10.0 s + 30.0 s)");
    ThinkingUsers halves = thinking();
    halves.in_flight = 30;
    CHECK(users_words(halves, 4) ==
          ". 480 users thinking 30.0 s have 30 requests in flight at each replica: 480 = 12/s x "
          "(10.0 s + 30.0 s)");
}

TEST_CASE("500 users of one h100: 14.1 a second x (5.41 s + 30.0 s)") {
    const Evaluation evaluation = evaluated("llama-3.1-8b@h100 users=500 think=30s isl=1k osl=256");
    REQUIRE(evaluation.users);
    const ThinkingUsers& users = *evaluation.users;
    // 76.4 in flight are answered 14.1 times a second: 5.41 s. 14.1 x 35.4 = 500.
    CHECK_THAT(users.in_flight, WithinRel(76.4, 0.05));
    CHECK_THAT(users.requests_per_s * users.answer.in(second), WithinRel(users.in_flight, 1e-9));
    CHECK_THAT(users.requests_per_s * (users.answer.in(second) + 30), WithinRel(500, 1e-9));
    const std::string said = users_words(users, 1);
    CHECK(said.starts_with(". 500 users thinking 30.0 s have "));
    CHECK(said.find(" requests in flight: 500 = ") != std::string::npos);
    CHECK(said.ends_with(" + 30.0 s)"));
}

TEST_CASE("the record of 480 users: 360 think just now") {
    const Record record = users_record(thinking());
    CHECK(raw_at(record, "users") == "480");
    CHECK(raw_at(record, "think_s") == "30");
    CHECK(raw_at(record, "in_flight") == "60");
    CHECK(raw_at(record, "thinking") == "360");
    CHECK(raw_at(record, "requests_per_s") == "12");
    CHECK(raw_at(record, "answer_s") == "10");
    CHECK(record.members().size() == 6);
}

}  // namespace load_words_test
