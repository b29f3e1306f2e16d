#include "gate/changes/earlier_deployment.hpp"

#include "catch.hpp"
#include "gate/judged_change.hpp"

namespace earlier_deployment_test {

using namespace roofline;

TEST_CASE(
    "what a baseline keeps of a deployment is asked again, with its count, shares and price") {
    const Target target{
        .name = "chat",
        .deployment = deployed(chat_at("concurrency=32 prefix-hit=20% eager=true tp=4"))};
    const BaselineTarget before = baseline_target(evaluate(target.deployment, Knowledge()), target);
    CHECK(std::get<std::string>(before.asked.at("hw")) == "h100-sxmx4");
    CHECK(std::get<double>(before.asked.at("prefix_hit")) == 0.2);
    Catalog catalog;
    const auto earlier = earlier_deployment(before, target, catalog);
    REQUIRE(earlier);
    for (const Field& field : deployment_fields())
        CHECK(shown_field(field.get(*earlier)) == shown_field(field.get(target.deployment)));
    CHECK(earlier->gpus == 4);
    CHECK(earlier->rental->rate.in(dollar / hour) ==
          target.deployment.rental->rate.in(dollar / hour));
}

TEST_CASE("a model of a file is known where the target has it, and no path is read for a name") {
    auto own = std::make_shared<Model>(*deployed("llama-3.1-8b@h100").model);
    own->id = "ours";
    Target target{.name = "chat", .deployment = deployed("llama-3.1-8b@h100")};
    target.deployment.model = own;
    BaselineTarget before{.asked = {{"model", "ours"}, {"hw", "h100-sxm"}}};
    Catalog catalog;
    CHECK(earlier_deployment(before, target, catalog)->model == own);
    before.asked["model"] = "/etc/hosts";
    CHECK_FALSE(earlier_deployment(before, target, catalog));
    before.asked["model"] = "llama-3.1-70b";
    CHECK(earlier_deployment(before, target, catalog)->model->id == "llama-3.1-70b");
    before.asked["hw"] = "h100-of-old";
    CHECK_FALSE(earlier_deployment(before, target, catalog));
    CHECK_FALSE(earlier_deployment({}, target, catalog));
}

TEST_CASE("as before is what has no other figure, load or basis, and breaks nothing") {
    const std::string at32 = chat_at("concurrency=32");
    const JudgedChange same(at32, at32, {limit_on("tpot", 0.030)});
    CHECK(is_as_before(same.judged()));
    CHECK(load_changes_of(same.judged()).empty());
    CHECK_FALSE(is_as_before(JudgedChange(at32, at32, {limit_on("tpot", 0.029)}).judged()));
    const JudgedChange more(at32, chat_at("concurrency=33"), {limit_on("tpot", 0.040)});
    CHECK_FALSE(is_as_before(more.judged()));
    CHECK(load_changes_of(more.judged()) == "concurrency 32 then, 33 now");
    JudgedTarget unknown = same.judged();
    unknown.baseline = std::make_shared<Baseline>();
    CHECK_FALSE(is_as_before(unknown));
    CHECK(changes_of(unknown).empty());
    JudgedTarget alone = same.judged();
    alone.baseline = nullptr;
    CHECK_FALSE(is_as_before(alone));
    auto shifted = std::make_shared<Baseline>(*same.judged().baseline);
    const auto with_tpot = [&](double factor) {
        auto other = std::make_shared<Baseline>(*shifted);
        other->targets["chat"].figures["tpot"] *= factor;
        JudgedTarget judged = same.judged();
        judged.baseline = other;
        return is_as_before(judged);
    };
    CHECK(with_tpot(1.0004));
    CHECK_FALSE(with_tpot(1.0006));
}

TEST_CASE("changes name every figure that either side has") {
    const JudgedChange change("llama-3.1-8b@h100-sxm concurrency=8",
                              "llama-3.1-8b@h100-sxm concurrency=8 price=$2/h",
                              {limit_on("tpot", 1)});
    bool priced = false;
    for (const Delta& delta : changes_of(change.judged())) {
        if (delta.metric->dimension == dimension::money)
            priced |= !delta.from && delta.to;
        else
            CHECK(*delta.from == *delta.to);
    }
    CHECK(priced);
}

}  // namespace earlier_deployment_test
