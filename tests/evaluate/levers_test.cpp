#include "roofline/evaluate/levers.hpp"

#include "catch.hpp"
#include "engine/ledgers.hpp"

#include <algorithm>
#include <map>
#include <sstream>

namespace levers_test {

using namespace roofline;

namespace {

std::vector<std::string> words(const std::vector<Lever>& levers) {
    std::vector<std::string> result;
    for (const Lever& lever : levers) result.push_back(lever.change);
    return result;
}

std::vector<std::string> what_fits(const std::string& scenario, std::optional<double> gib = {}) {
    Catalog catalog;
    return words(fitting_levers(prepared_with(scenario, gib), catalog));
}

// What would help a deployment as it is asked about, and what it comes to.
struct Helped {
    LoweredDeployment lowered;
    Evaluation now;
    std::vector<HelpfulLever> levers;

    explicit Helped(const std::string& scenario)
        : lowered(deployed(scenario), Knowledge()),
          now(lowered.evaluate()),
          levers(helpful_levers(lowered.prepared(), now, Knowledge())) {}
};

bool holds(const std::vector<std::string>& levers, const std::string& lever) {
    return std::ranges::find(levers, lever) != levers.end();
}

// 'model@device a=1' with the fields of "`b 2` `eager`" in it.
std::string changed(const std::string& scenario, std::string change) {
    std::erase(change, '`');
    std::map<std::string, std::string> fields;
    std::istringstream now(scenario);
    std::string name;
    now >> name;
    std::string model = name.substr(0, name.find('@'));
    std::string device = name.substr(name.find('@') + 1);
    for (std::string field; now >> field;)
        fields[field.substr(0, field.find('='))] = field.substr(field.find('=') + 1);
    std::istringstream typed(change);
    for (std::string field; typed >> field;) {
        std::string value = "true";
        if (field != "eager") typed >> value;
        (field == "hw" ? device : fields[field]) = value;
    }
    std::string text = model + "@" + device;
    for (const auto& [field, value] : fields) text += " " + field + "=" + value;
    return text;
}

// By hand, of 24 GiB, 0.92 of which is usable: 22.08 less 14.96 of weights, 0.32 of the sampler,
// 0.2 and graphs of 0.2 + 32 x 0.025 leave 5.60 for a request that needs 4.91, and 1.2 more to be
// sure.
constexpr auto tight = "llama-3.1-8b@rtx-4090 isl=40000 osl=256 engine=vllm@0.25";
constexpr double tight_gib = 24;

}  // namespace

TEST_CASE("levers shorten the step, the best first, and fit") {
    const Prepared now = prepared_with("llama-3.1-8b@h100-sxm batch=32 context=4096");
    const Outcome outcome = evaluate(now, point_of(now));
    const auto levers = decode_levers(now, outcome);
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

// Of the expected figures, worked out anew for each changed deployment.
void each_saves_what_it_says(const Helped& helped, std::string_view metric) {
    REQUIRE_FALSE(helped.levers.empty());
    CHECK(&figure_asked(helped.now) == find_metric(metric));
    const double before = find_metric(metric)->get(helped.now.on(Basis::expected)).value();
    double last = 1;
    for (const HelpfulLever& one : helped.levers) {
        INFO(one.lever.change);
        const Evaluation changed = evaluate(one.lever.deployment, Knowledge());
        const double after = find_metric(metric)->get(changed.on(Basis::expected)).value();
        CHECK_THAT(one.saves, WithinAbs(1 - after / before, 1e-9));
        CHECK(one.saves >= 0.01);
        CHECK(one.saves <= last);
        last = one.saves;
    }
}

TEST_CASE("what would help a step, and one that serves all who come: the time per token") {
    for (const char* scenario :
         {"llama-3.1-8b@h100-sxm batch=32 context=4096", "llama-3.1-8b@h100-sxm concurrency=32"}) {
        const Helped helped(scenario);
        CHECK(helped.now.waiting() == 0);
        each_saves_what_it_says(helped, "tpot");
    }
}

// Tokens of those who are let in may well be slower where more are: nobody asks about them alone.
TEST_CASE("where requests wait for a place it is the whole answer that a lever must shorten") {
    const Helped helped("llama-3.1-8b@h100-sxm concurrency=400 isl=8192 osl=256");
    REQUIRE(helped.now.waiting() > 0);
    each_saves_what_it_says(helped, "e2e");
    const auto cache = std::ranges::find(helped.levers, "`kv-dtype fp8`",
                                         [](const HelpfulLever& one) { return one.lever.change; });
    REQUIRE(cache != helped.levers.end());
    CHECK(cache->narrower);
    CHECK(evaluate(cache->lever.deployment, Knowledge()).waiting() < helped.now.waiting());
}

TEST_CASE(
    "numbers in fewer bits are narrower, more GPUs are not; nothing helps what has no tokens") {
    const Helped helped("llama-3.1-8b@h100-sxm batch=32 context=4096");
    CHECK(helped.levers.size() >= 3);
    for (const HelpfulLever& one : helped.levers) {
        INFO(one.lever.change);
        CHECK(one.narrower == !one.lever.change.starts_with("`hw "));
        CHECK(one.figures.gpus == (one.narrower ? 1 : 2));
    }
    CHECK(Helped("siglip-so400m-patch14-384@h100-sxm").levers.empty());
}

// 671 GB of weights are more than the 633 of eight H100, which one switch joins.
TEST_CASE("deepseek-r1 on an H100 gets sixteen, eight that split each layer in two stages") {
    const auto levers = what_fits("deepseek-r1@h100-sxm");
    const auto more = std::ranges::find_if(
        levers, [](const std::string& lever) { return lever.starts_with("`hw h100-sxmx"); });
    REQUIRE(more != levers.end());
    CHECK(*more == "`hw h100-sxmx16` `tp 8` `pp 2`");
}

// 64 sequences: graphs of 0.4 and 0.23 of the forward pass leave 6.30, 1.38 more than 4.91. A share
// of 0.95 is 0.72 more, no graphs are 1.0. 5.60 - 1.2 hold 36,048 tokens, in 256s beside an answer.
TEST_CASE(
    "what may not start: sequences, share, context, graphs, then cache, formats, GPUs, devices") {
    const std::vector<std::string> settings{"`max-num-seqs 64`", "`mem-share 95%`",
                                            "`isl 35584` `context 35584`", "`eager`"};
    const Prepared now = prepared_with(tight, tight_gib);
    REQUIRE(memory_of(now).starts() == Starts::marginal);
    CHECK(words(starting_levers(now)) == settings);
    std::vector<std::string> all = what_fits(tight, tight_gib);
    REQUIRE_FALSE(all.empty());
    CHECK(all.back().starts_with("`hw rtx-"));  // a larger one
    all.pop_back();
    std::vector<std::string> expected = settings;
    for (const char* more :
         {"`kv-dtype fp8`", "`quant fp8`", "`quant int4`", "`hw rtx-4090x2` `tp 2`"})
        expected.emplace_back(more);
    CHECK(all == expected);
}

TEST_CASE("every lever typed back surely starts and fits") {
    const std::vector<std::pair<std::string, double>> misfits{
        {tight, tight_gib},
        {"gpt-oss-120b@h100-sxm isl=4096 osl=256 engine=vllm@0.11", 79.19},
        {"llama-3.1-8b@rtx-4090 isl=1000 osl=256 max-model-len=60000 engine=vllm@0.25", 24},
        {"llama-3.1-70b@h100-sxmx4 tp=1 replicas=4 isl=4096 osl=256 engine=vllm@0.11", 79.11},
        {"llama-3.1-8b@h100-sxm batch=200 isl=4096 osl=256 engine=sglang", 79.11},
        {"llama-3.1-405b@h100-sxmx8 tp=8 isl=4096 osl=256 engine=trtllm", 79.11}};
    for (const auto& [scenario, gib] : misfits) {
        const auto levers = what_fits(scenario, gib);
        CHECK(levers.size() >= 3);
        for (const std::string& lever : levers) {
            const std::string typed = changed(scenario, lever);
            INFO(typed);
            const bool same = lever.find("`hw ") == std::string::npos;
            const MemoryLedger ledger =
                memory_of(prepared_with(typed, same ? std::optional(gib) : std::nullopt));
            CHECK(ledger.fits());
            CHECK(ledger.starts() == Starts::yes);
        }
    }
}

// 64.5 GiB of padded weights, 7.41 of a sampler of 1,024 sequences and 0.12 of 71.27: -0.76. Of 512
// sequences the sampler takes 3.73, and 0.95 of 79.19 are 3.96 more.
TEST_CASE("gpt-oss-120b on one H100: half the sequences, or a share of 0.95") {
    const auto levers = what_fits("gpt-oss-120b@h100-sxm isl=4096 osl=256 engine=vllm@0.11", 79.19);
    REQUIRE(levers.size() >= 3);
    CHECK(levers[0] == "`max-num-seqs 512`");
    CHECK(levers[1] == "`mem-share 95%`");
    CHECK(levers[2] == "`hw h100-sxmx2` `tp 2`");
}

TEST_CASE("what is set aside for requests of 60,000 tokens is too much: 1,256 are asked about") {
    const auto levers = what_fits(
        "llama-3.1-8b@rtx-4090 isl=1000 osl=256 max-model-len=60000 engine=vllm@0.25", 24);
    CHECK(holds(levers, "`max-model-len 1256`"));
    CHECK_FALSE(holds(levers, "`eager`"));
}

TEST_CASE("GPUs that hold a copy each are one instance before more are asked for") {
    const auto levers =
        what_fits("llama-3.1-70b@h100-sxmx4 tp=1 replicas=4 isl=4096 osl=256 engine=vllm@0.11");
    const auto together = std::ranges::find(levers, "`tp 4` `replicas 1`");
    REQUIRE(together != levers.end());
    CHECK(std::ranges::none_of(levers.begin(), together,
                               [](const std::string& lever) { return lever.starts_with("`hw"); }));
    CHECK((together + 1)->starts_with("`hw h100-sxmx"));
}

// 71.2 GiB of one H100 hold neither 131.4 of weights nor 67.7 with 4.9 of the server's own; two
// have 65.7 each.
TEST_CASE("what makes 70B fit: narrower weights, four GPUs, or a larger device") {
    CHECK(what_fits("llama-3.1-70b@h100-sxm isl=4096 osl=256 engine=vllm@0.11") ==
          std::vector<std::string>{"`quant int4`", "`hw h100-sxmx4` `tp 4`", "`hw b200-sxm`"});
}

TEST_CASE("what nothing makes fit has no levers") {
    CHECK(what_fits("kimi-k3@jetson-agx-orin-64gb isl=4096").empty());
}

TEST_CASE("what no single domain holds is cut into pipeline stages") {
    const auto levers = what_fits("llama-3.1-405b@h100-sxmx8 isl=4096 osl=256 engine=vllm@0.11");
    CHECK(levers.front() == "`quant fp8`");
    CHECK(holds(levers, "`hw h100-sxmx16` `tp 8` `pp 2`"));
}

// A room of 71.27 - 14.96 - 4.76 - 0.12 = 51.43 GiB has 102 sequences of half a GiB.
TEST_CASE("a batch of 200 is cut down to the 102 that the room holds, or each takes half as much") {
    const auto levers = what_fits(
        "llama-3.1-8b@h100-sxm batch=200 isl=4096 osl=256 context=4096 engine=vllm@0.11", 79.19);
    CHECK(levers.at(0) == "`batch 102`");
    CHECK(levers.at(1) == "`kv-dtype fp8`");
}

TEST_CASE("a limit on sequences is not set below the batch that is asked about") {
    for (const std::string& lever :
         what_fits("gpt-oss-120b@h100-sxm batch=600 isl=64 osl=64 engine=vllm@0.11", 79.19))
        CHECK(lever.find("max-num-seqs") == std::string::npos);
}

}  // namespace levers_test
