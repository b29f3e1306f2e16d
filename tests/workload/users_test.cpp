// Users who think: what goes with them, and what they need.
#include "roofline/workload/fields.hpp"

#include "catch.hpp"
#include "deployed.hpp"
#include "fault.hpp"
#include "workload/load_rules.hpp"

#include <algorithm>

namespace users_test {

using namespace roofline;

namespace {

std::optional<LoadConflict> conflict_of(const std::vector<std::string_view>& said) {
    return load_conflict(
        [&](std::string_view field) { return std::ranges::find(said, field) != said.end(); });
}

// "message (hint)" of a conflict.
std::string words_of(const std::vector<std::string_view>& said) {
    const auto conflict = conflict_of(said);
    return conflict ? conflict->message + " (" + conflict->hint + ")" : std::string();
}

Fault refusal(const std::string& load) {
    return fault_of([&] { complete_service(deployed("llama-3.1-8b@h100 " + load)); });
}

}  // namespace

TEST_CASE("users who think are a load, with habits and without") {
    CHECK_FALSE(conflict_of({"users", "think"}));
    CHECK_FALSE(conflict_of({"users", "think", "isl", "osl", "prefix-hit"}));
    CHECK(is_served(deployed("llama-3.1-8b@h100 users=5 think=1s")));
}

TEST_CASE("users beside another load: the load that they are given with is named") {
    CHECK(words_of({"users", "think", "rate"}) ==
          "`users` and `rate` are two loads: how many are in flight follows from users and how "
          "long they think (give one of them)");
    CHECK(words_of({"users", "think", "concurrency"}) ==
          "`users` and `concurrency` are two loads: how many are in flight follows from users and "
          "how long they think (give one of them)");
    CHECK(conflict_of({"users", "concurrency"})->field == "users");
    // The two others are named first.
    CHECK(conflict_of({"users", "think", "rate", "concurrency"})->field == "rate");
}

TEST_CASE("a step's batch or context goes with users as little as with another load") {
    CHECK(words_of({"batch", "users", "think"}) ==
          "`batch` asks for a step and `users` for a served deployment (leave one of them out)");
    CHECK(conflict_of({"context", "users", "think"})->field == "context");
}

TEST_CASE("users need to know how long they think, and thinking who thinks") {
    CHECK(words_of({"users"}) ==
          "`users` needs to know how long they think between questions (add `think`, for example "
          "`think 30s`; `think 0s` if not at all)");
    CHECK(words_of({"think"}) ==
          "`think` says something of `users` only (add `users`, for example `users 500`)");
    CHECK(conflict_of({"think", "rate"})->field == "think");
}

TEST_CASE("E105 of the deployment itself, in the same words") {
    CHECK(refusal("users=5").code == ErrorCode::conflicting_arguments);
    CHECK(refusal("users=5").message ==
          "`users` needs to know how long they think between questions");
    CHECK(refusal("users=5 think=1s rate=2").code == ErrorCode::conflicting_arguments);
    CHECK(refusal("users=5 think=1s rate=2").message.starts_with("`users` and `rate` are two"));
    CHECK(refusal("concurrency=5 think=1s").message == "`think` says something of `users` only");
}

TEST_CASE("waves are rounds of a concurrency: neither arrivals nor users have any") {
    const Fault users = refusal("users=5 think=1s waves=3");
    CHECK(users.code == ErrorCode::conflicting_arguments);
    CHECK(users.message == "`waves` counts rounds of `concurrency` requests, and `users` has none");
    CHECK(users.hint == "leave `waves` out, or give `concurrency` instead");
    CHECK(refusal("rate=5 waves=3").message ==
          "`waves` counts rounds of `concurrency` requests, and `rate` has none");
    CHECK_NOTHROW(complete_service(deployed("llama-3.1-8b@h100 concurrency=5 waves=3")));
}

TEST_CASE("E103 where nobody asks: the three loads are the hint") {
    const Fault fault = refusal("");
    CHECK(fault.code == ErrorCode::missing_argument);
    CHECK(fault.message == "`concurrency` is missing: how many requests are in flight?");
    CHECK(fault.hint ==
          "for example `concurrency 64`, `rate 5` for five requests a second, or `users 500` "
          "`think 30s`");
}

TEST_CASE("thinking is a time, and none is one: the hint can be typed") {
    const auto think = [](const std::string& text) {
        return *deployed("llama-3.1-8b@h100 users=5 think=" + text).think;
    };
    CHECK(think("30s") == 30 * second);
    CHECK(think("1500ms") == 1.5 * second);
    CHECK(think("2min") == 120 * second);
    CHECK(think("0s") == Seconds());
    CHECK(fault_of([&] { think("-1s"); }).code == ErrorCode::bad_number);
    CHECK(fault_of([&] { think("30"); }).code == ErrorCode::missing_unit);
    CHECK(fault_of([] { deployed("llama-3.1-8b@h100 users=1.5 think=1s"); }).code ==
          ErrorCode::bad_count);
}

TEST_CASE("what a deployment says of its users can be written and read again") {
    Catalog catalog;
    Deployment d = deployed("llama-3.1-8b@h100 users=500 think=1500ms");
    for (const std::string_view name : {"users", "think"}) {
        const Field& field = *find_field(name);
        const ShownField shown = shown_field(field.get(d));
        const auto* text = std::get_if<std::string>(&shown);
        const std::string typed = text != nullptr ? *text : "500";
        Deployment again;
        field.set(again, parse_field(field, typed, "it", catalog));
        CHECK(shown_field(field.get(again)) == shown);
    }
}

TEST_CASE("the tokens of an answer are asked for without any load: 256 where none are named") {
    CHECK(answer_tokens(deployed("llama-3.1-8b@h100")) == 256);
    CHECK(answer_tokens(deployed("llama-3.1-8b@h100 osl=64 users=5 think=1s")) == 64);
}

}  // namespace users_test
