#include "workload/load_rules.hpp"

#include "catch.hpp"
#include "fault.hpp"

#include <algorithm>
#include <vector>

namespace load_rules_test {

using namespace roofline;

namespace {

std::optional<LoadConflict> conflict_of(const std::vector<std::string_view>& said) {
    return load_conflict(
        [&](std::string_view field) { return std::ranges::find(said, field) != said.end(); });
}

Deployment with_model(bool causal) {
    Model model;
    model.id = "m";
    model.causal = causal;
    return {.model = std::make_shared<const Model>(std::move(model)), .device = {}};
}

}  // namespace

TEST_CASE("a step alone, a load alone, and a load with its habits go together") {
    CHECK_FALSE(conflict_of({}));
    CHECK_FALSE(conflict_of({"batch", "context", "isl", "osl", "tp"}));
    CHECK_FALSE(conflict_of({"concurrency", "isl", "lengths", "waves"}));
    CHECK_FALSE(conflict_of({"rate", "draft-tokens", "acceptance"}));
}

TEST_CASE("a step's batch or context beside a load is refused, the first of each named") {
    const auto both = conflict_of({"context", "batch", "rate", "concurrency"});
    REQUIRE(both);
    CHECK(both->field == "batch");
    CHECK(both->message == "`batch` asks for a step and `concurrency` for a served deployment");
    CHECK(both->hint == "leave one of them out");
    const auto context = conflict_of({"context", "rate"});
    REQUIRE(context);
    CHECK(context->field == "context");
    CHECK(context->message == "`context` asks for a step and `rate` for a served deployment");
}

TEST_CASE("a habit without a load says nothing") {
    const auto conflict = conflict_of({"prefix-hit", "batch"});
    REQUIRE(conflict);
    CHECK(conflict->field == "prefix-hit");
    CHECK(conflict->message == "`prefix-hit` says something of a served deployment only");
    CHECK(conflict->hint == "add `concurrency`, for example `concurrency 64`");
    CHECK_FALSE(conflict_of({"prefill-chunk", "batch"}));  // memory has room for a step's tokens
}

TEST_CASE("requests are in flight, or they arrive") {
    const auto conflict = conflict_of({"rate", "concurrency"});
    REQUIRE(conflict);
    CHECK(conflict->field == "rate");
    CHECK(conflict->message == "`concurrency` and `rate` are two loads: in flight, or arriving");
    CHECK(conflict->hint == "give one of them");
}

TEST_CASE("a deployment's conflict is E105, in the same words") {
    Deployment asked;
    asked.concurrency = 8;
    CHECK_NOTHROW(refuse_load_conflict(asked));
    asked.batch = 4;
    REQUIRE(load_conflict(asked));
    CHECK(load_conflict(asked)->field == "batch");
    const Fault fault = fault_of([&] { refuse_load_conflict(asked); });
    CHECK(fault.code == ErrorCode::conflicting_arguments);
    CHECK(fault.message == "`batch` asks for a step and `concurrency` for a served deployment");
    CHECK(fault.hint == "leave one of them out");
}

TEST_CASE("who serves nobody says how many requests there are") {
    Deployment asked;
    const Fault fault = fault_of([&] { require_load(asked); });
    CHECK(fault.code == ErrorCode::missing_argument);
    CHECK(fault.message == "`concurrency` is missing: how many requests are in flight?");
    CHECK(fault.hint ==
          "for example `concurrency 64`, `rate 5` for five requests a second, or `users 500` "
          "`think 30s`");
    asked.rate = 1;
    CHECK_NOTHROW(require_load(asked));
}

TEST_CASE("an encoder answers nobody, and is sent to analyze on its own device") {
    CHECK_NOTHROW(require_answers(with_model(true)));
    Deployment asked = with_model(false);
    const Fault fault = fault_of([&] { require_answers(asked); });
    CHECK(fault.code == ErrorCode::unknown_path);
    CHECK(fault.message == "m is an encoder: it serves no answers");
    CHECK(fault.hint == "for the time of one input:");
    CHECK(fault.next == "analyze m `hw h100-sxm`");
    Device device;
    device.id = "chip";
    asked.device = std::make_shared<const Device>(std::move(device));
    const Fault other = fault_of([&] { require_answers(asked, "writes no tokens"); });
    CHECK(other.message == "m is an encoder: it writes no tokens");
    CHECK(other.next == "analyze m `hw chip`");
}

}  // namespace load_rules_test
