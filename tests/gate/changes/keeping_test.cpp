#include "gate/changes/keeping.hpp"

#include "catch.hpp"
#include "gate/judged_change.hpp"
#include "text/formatted.hpp"

namespace keeping_test {

using namespace roofline;

namespace {

std::vector<Keeping> kept_by(const std::string& scenario, std::vector<Limit> limits) {
    Catalog catalog;
    const JudgedChange change(scenario, scenario, std::move(limits));
    return what_keeps(change.judged(), {.today = Day()}, Knowledge(), catalog);
}

const Keeping* find(const std::vector<Keeping>& all, std::string_view change) {
    for (const Keeping& one : all)
        if (one.change == change) return &one;
    return nullptr;
}

double expected(const std::string& scenario, std::string_view metric) {
    return *find_metric(metric)->get(evaluated(scenario).on(Basis::expected));
}

}  // namespace

TEST_CASE("the most load that keeps a limit: one more breaks it") {
    const auto kept = kept_by(chat_at("concurrency=48"), {limit_on("tpot", 0.030)});
    const Keeping* alone = find(kept, "");
    REQUIRE(alone != nullptr);
    CHECK(alone->load->name == "concurrency");
    CHECK_FALSE(alone->least);
    CHECK(expected(chat_at(formatted("concurrency={}", alone->value)), "tpot") <= 0.030);
    CHECK(expected(chat_at(formatted("concurrency={}", alone->value + 1)), "tpot") > 0.030);
}

TEST_CASE("limits on both sides: the load in between is found, however narrow") {
    const double dearest = expected(chat_at("concurrency=31"), "usd_per_1m_output");
    const double slowest = expected(chat_at("concurrency=33"), "tpot");
    const auto kept = kept_by(chat_at("concurrency=48"),
                              {limit_on("tpot", slowest), limit_on("usd_per_1m_output", dearest)});
    const Keeping* alone = find(kept, "");
    REQUIRE(alone != nullptr);
    CHECK(alone->value == 33);
}

TEST_CASE("tokens that are too dear at a low load: the least load that keeps the limit") {
    const double dearest = expected(chat_at("concurrency=20"), "usd_per_1m_output");
    const auto kept = kept_by(chat_at("concurrency=8"), {limit_on("usd_per_1m_output", dearest)});
    const Keeping* alone = find(kept, "");
    REQUIRE(alone != nullptr);
    CHECK(alone->least);
    CHECK(alone->value == 20);
}

TEST_CASE("a rate beyond the capacity: the most that is worked off, in three digits") {
    const auto kept = kept_by(chat_at("rate=30"), {limit_on("tpot", 10)});
    const Keeping* alone = find(kept, "");
    REQUIRE(alone != nullptr);
    CHECK(alone->load->name == "rate");
    CHECK(evaluated(chat_at(formatted("rate={}", alone->value))).standing == Standing::stands);
    CHECK(evaluated(chat_at(formatted("rate={}", alone->value * 1.01))).standing ==
          Standing::overloaded);
}

TEST_CASE("changes that keep the load are tried with it, others go as far as they do") {
    const auto kept = kept_by(chat_at("concurrency=48"), {limit_on("tpot", 0.030)});
    const Keeping* cache = find(kept, "`kv-dtype fp8`");
    REQUIRE(cache != nullptr);
    CHECK_FALSE(cache->evaluation);
    CHECK(cache->value > find(kept, "")->value);
    CHECK(expected(chat_at(formatted("concurrency={} kv-dtype=fp8", cache->value)), "tpot") <=
          0.030);
    const Keeping* device = find(kept, "`hw b200-sxmx4`");
    REQUIRE(device != nullptr);
    REQUIRE(device->evaluation);
    CHECK(device->evaluation->deployment.device->id == "b200-sxm");
    CHECK(*the_metric("tpot").get(device->evaluation->on(Basis::expected)) ==
          expected("llama-3.1-70b@b200-sxmx4 quant=fp8 isl=4k osl=512 price=lambda concurrency=48",
                   "tpot"));
}

TEST_CASE("nothing is tried where nothing is broken, and nothing said where nothing helps") {
    CHECK(kept_by(chat_at("concurrency=8"), {limit_on("tpot", 1)}).empty());
    CHECK(kept_by(chat_at("concurrency=8"), {limit_on("usd_per_month", 1)}).empty());
}

TEST_CASE("a regression that is broken is not mended by a load that it cannot be judged at") {
    Catalog catalog;
    const Limit limit{.metric = find_metric("tpot"),
                      .regression = Threshold{.value = 0.05, .is_share = true}};
    const std::string load = "concurrency=32";
    const JudgedChange change(
        chat_at(load), "llama-3.1-70b@h100-sxmx4 isl=4k osl=512 price=lambda " + load, {limit});
    REQUIRE(change.judged().checks.at(0).status == CheckStatus::fail);
    const auto kept = what_keeps(change.judged(), {.today = Day()}, Knowledge(), catalog);
    CHECK(find(kept, "") == nullptr);
    REQUIRE(find(kept, "`quant fp8`") != nullptr);
    CHECK(find(kept, "`quant fp8`")->evaluation);
}

}  // namespace keeping_test
