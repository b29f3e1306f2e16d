#include "answer/lever_table.hpp"

#include "catch.hpp"
#include "deployed.hpp"
#include "page.hpp"

namespace lever_table_test {

using namespace roofline;

namespace {

HelpfulLever lever(std::string change, double tpot_ms, double gpus, double saves) {
    HelpfulLever one{.lever = {.change = std::move(change), .deployment = {}, .outcome = {}},
                     .figures = {.memory = {}},
                     .saves = saves};
    one.figures.time_per_token = tpot_ms * millisecond;
    one.figures.end_to_end = 100 * tpot_ms * millisecond;
    one.figures.gpus = gpus;
    return one;
}

// Of a deployment on one GPU.
std::vector<HelpfulLever> three() {
    std::vector<HelpfulLever> levers{lever("`hw h100-sxmx2` `tp 2`", 5, 2, 0.5),
                                     lever("`quant int4`", 6, 1, 0.4), lever("`eager`", 9, 1, 0.1)};
    levers[1].narrower = true;
    return levers;
}

const Evaluation& one_gpu() {
    static const Evaluation now = evaluated("llama-3.1-8b@h100 concurrency=8");
    return now;
}

// Far more requests than the cache has room for.
const Evaluation& waiting() {
    static const Evaluation now = evaluated("llama-3.1-8b@h100 concurrency=500 isl=8192 osl=256");
    return now;
}

}  // namespace

TEST_CASE("levers as they are typed, what they come to, what they take and what they save") {
    CHECK(text_of_block(lever_table(three(), one_gpu()), 75) == R"(

 what would help         per token  takes                saves
 --hw h100-sxmx2 --tp 2    5.00 ms  2 GPUs                50 % ████████████
 --quant int4              6.00 ms  quality not counted   40 % █████████▌
 --eager                   9.00 ms                        10 % ██▍
)");
}

TEST_CASE("with prices there is one beside each, unknown where a lever has none") {
    std::vector<HelpfulLever> levers = three();
    levers[0].figures.bill = Bill();
    levers[0].figures.bill->per_output_token = 1e-6 * dollar / token;
    const std::string csv = text_of(Report{.blocks = {lever_table(levers, one_gpu())}}, "csv");
    CHECK(csv.starts_with("change,tpot_s,usd_per_1m_output_tokens,takes,saves\n"));
    CHECK(csv.find("--hw h100-sxmx2 --tp 2,0.005,1,2 GPUs,0.5\n") != std::string::npos);
    CHECK(csv.find("--quant int4,0.006,,quality not counted,0.4\n") != std::string::npos);
}

TEST_CASE("where requests wait for a place it is the whole answer that counts") {
    REQUIRE(waiting().waiting() > 0);
    const Table table = lever_table(three(), waiting());
    CHECK(table.columns[1].title == "whole answer");
    CHECK(table.columns[1].key == "e2e_s");
    const std::string json = json_text(Value(lever_list({three()[0]}, waiting())));
    CHECK(json.find("\"figure\": \"e2e_s\",\n    \"value\": 0.5,") != std::string::npos);
}

TEST_CASE("for programs: the change, its GPUs, the figure, and by how much that is less") {
    CHECK(json_text(Value(lever_list({three()[0]}, one_gpu()))) == R"([
  {
    "change": "--hw h100-sxmx2 --tp 2",
    "gpus": 2,
    "figure": "tpot_s",
    "value": 0.005,
    "saves": 0.5
  }
]
)");
}

}  // namespace lever_table_test
