#include "answer/estimate/estimate_figures.hpp"

#include "catch.hpp"
#include "deployed.hpp"
#include "page.hpp"

namespace estimate_figures_test {

using namespace roofline;

namespace {

PreparedService service(const std::string& scenario) {
    return prepare_service(deployed(scenario), Efficiency());
}

PreparedService closed() {
    return service("llama-3.1-8b@h100x2 replicas=2 concurrency=8 isl=1024 osl=256 engine=sglang");
}

// Bands of 0.5 to 2 for the first token, 0.8 to 1.25 for each, and 0.5 to 1.6 for the output.
ServedOutcome outcome() {
    return {.state = {.requests = 8},
            .expected = {.time_to_first_token = 100 * millisecond,
                         .time_per_token = 10 * millisecond,
                         .end_to_end = 4 * second,
                         .output = 1000 * token / second,
                         .output_per_gpu = 500 * token / second,
                         .output_per_user = 64 * token / second},
            .bound = {.time_to_first_token = 20 * millisecond,
                      .time_per_token = 5 * millisecond,
                      .end_to_end = 2 * second,
                      .output = 2000 * token / second,
                      .output_per_gpu = 1000 * token / second,
                      .output_per_user = 128 * token / second},
            .bill = {},
            .band = {.engine = ServingEngine::sglang,
                     .least_concurrency = 17,
                     .time_per_token = {0.8, 1.25},
                     .time_to_first_token = {0.5, 2},
                     .output = {0.5, 1.6},
                     .rows = 1331},
            .measured = true};
}

std::string csv(Table table) {
    Report report;
    report.blocks.emplace_back(std::move(table));
    return text_of(report, "csv");
}

std::string line(const PreparedService& service) { return csv(figure_line(service, outcome())); }

Record record(const PreparedService& service) {
    Record result;
    add_figures(service, outcome(), result);
    return result;
}

}  // namespace

TEST_CASE("figures in a band; a whole answer of 4 s is 1 / 1.6 to 1 / 0.5 of that: 2.5 s to 8 s") {
    CHECK(text_of_block(figure_table(closed(), outcome())) == R"(

 figure                 expected            low            high         at best
 first token              100 ms        50.0 ms          200 ms         20.0 ms
 per token               10.0 ms        8.00 ms         12.5 ms         5.00 ms
 whole answer             4.00 s         2.50 s          8.00 s          2.00 s
 output           1,000 tokens/s   500 tokens/s  1,600 tokens/s  2,000 tokens/s
 output per GPU     500 tokens/s   250 tokens/s    800 tokens/s  1,000 tokens/s
 output per user   64.0 tokens/s  32.0 tokens/s    102 tokens/s    128 tokens/s
 low to high: holds eight in ten of 1,331 measured runs of sglang at 17 and more requests, of models
 that were left out
)");
    CHECK(csv(figure_table(closed(), outcome()))
              .starts_with("figure,expected,low,high,bound\nfirst token,0.1,0.05,0.2,0.02\n"));
}

TEST_CASE("the note under the figures says whose band it is") {
    ServedOutcome few = outcome();
    few.band.least_concurrency = 1;
    few.band.most_concurrency = 16;
    CHECK(figure_table(closed(), few).notes ==
          std::vector<std::string>{"low to high: holds eight in ten of 1,331 measured runs of "
                                   "sglang at up to 16 requests, of models that were left out"});
    few.measured = false;
    CHECK(figure_table(closed(), few).notes ==
          std::vector<std::string>{
              "low to high: the widest band there is; nothing like it was measured"});
}

TEST_CASE("one line for those who read CSV") {
    CHECK(line(closed()) ==
          "model,hw,gpus,engine,concurrency,isl,osl,ttft_s,ttft_low_s,ttft_high_s,ttft_bound_s,"
          "tpot_s,tpot_low_s,tpot_high_s,tpot_bound_s,e2e_s,e2e_low_s,e2e_high_s,e2e_bound_s,"
          "tokens_per_s,tokens_per_s_low,tokens_per_s_high,tokens_per_s_bound,"
          "tokens_per_s_per_gpu,tokens_per_s_per_gpu_low,tokens_per_s_per_gpu_high,"
          "tokens_per_s_per_gpu_bound,tokens_per_s_per_user,tokens_per_s_per_user_low,"
          "tokens_per_s_per_user_high,tokens_per_s_per_user_bound\n"
          "llama-3.1-8b,h100-sxm,2,sglang,8,1024,256,0.1,0.05,0.2,0.02,0.01,0.008,0.0125,0.005,"
          "4,2.5,8,2,1000,500,1600,2000,500,250,800,1000,64,32,102.4,128\n");
    CHECK(figure_line(closed(), outcome()).audience == Audience::machines);
}

TEST_CASE("times have their unit at the end of their key, rates within it") {
    CHECK(json_text(record(closed())) == R"({
  "ttft_s": 0.1,
  "ttft_low_s": 0.05,
  "ttft_high_s": 0.2,
  "ttft_bound_s": 0.02,
  "tpot_s": 0.01,
  "tpot_low_s": 0.008,
  "tpot_high_s": 0.0125,
  "tpot_bound_s": 0.005,
  "e2e_s": 4,
  "e2e_low_s": 2.5,
  "e2e_high_s": 8,
  "e2e_bound_s": 2,
  "tokens_per_s": 1000,
  "tokens_per_s_low": 500,
  "tokens_per_s_high": 1600,
  "tokens_per_s_bound": 2000,
  "tokens_per_s_per_gpu": 500,
  "tokens_per_s_per_gpu_low": 250,
  "tokens_per_s_per_gpu_high": 800,
  "tokens_per_s_per_gpu_bound": 1000,
  "tokens_per_s_per_user": 64,
  "tokens_per_s_per_user_low": 32,
  "tokens_per_s_per_user_high": 102.4,
  "tokens_per_s_per_user_bound": 128
}
)");
}

TEST_CASE("what arrives is what leaves: under a rate the output has no band and no bound") {
    const PreparedService arriving = service("llama-3.1-8b@h100 rate=2 isl=1024 osl=256");
    CHECK(line(arriving).ends_with(",2.5,8,2,1000,,,,500,,,,64,,,\n"));
    const Record result = record(arriving);
    CHECK(raw_at(result, "tokens_per_s") == "1000");
    CHECK(raw_at(result, "tokens_per_s_low") == "null");
    CHECK(raw_at(result, "tokens_per_s_per_gpu_high") == "null");
    CHECK(raw_at(result, "tokens_per_s_per_user_bound") == "null");
    CHECK(raw_at(result, "e2e_high_s") == "8");
}

}  // namespace estimate_figures_test
