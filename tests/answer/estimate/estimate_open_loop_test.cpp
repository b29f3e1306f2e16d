#include "answer/estimate/estimate_open_loop.hpp"

#include "catch.hpp"
#include "page.hpp"

namespace estimate_open_loop_test {

using namespace roofline;

namespace {

OpenLoop at_rate(double rate) {
    return {.rate = rate,
            .capacity = 16,
            .utilization = rate / 16,
            .concurrency = 5.5,
            .mean_wait = {},
            .percentiles = {Percentile{0.5, 50 * millisecond, 2 * second},
                            Percentile{0.9, 100 * millisecond, 3 * second},
                            Percentile{0.99, 200 * millisecond, 4.5 * second}}};
}

}  // namespace

TEST_CASE("4 requests/s of 16 keep it 25 % busy") {
    CHECK(open_words(at_rate(4)) == ". 4 requests/s are 25 % of what it can keep up with");
}

TEST_CASE("shares of requests, and the times that they do not exceed") {
    CHECK(text_of_block(percentile_table(at_rate(4))) == R"(

 within            first token  whole answer
 50 % of requests      50.0 ms        2.00 s
 90 % of requests       100 ms        3.00 s
 99 % of requests       200 ms        4.50 s
 arrivals at random: the waits of two queues on top of the steady state, not measured; lengths at
 their means, so that only the waits spread
)");
    Report report;
    report.blocks.emplace_back(percentile_table(at_rate(4)));
    CHECK(text_of(report, "csv") ==
          "share,ttft_s,e2e_s\n"
          "50 % of requests,0.05,2\n"
          "90 % of requests,0.1,3\n"
          "99 % of requests,0.2,4.5\n");
}

TEST_CASE("the record of a rate that it keeps up with") {
    CHECK(json_text(open_loop_record(at_rate(4))) == R"({
  "rate_per_s": 4,
  "capacity_per_s": 16,
  "utilization": 0.25,
  "concurrency": 5.5,
  "ttft_p50_s": 0.05,
  "e2e_p50_s": 2,
  "ttft_p90_s": 0.1,
  "e2e_p90_s": 3,
  "ttft_p99_s": 0.2,
  "e2e_p99_s": 4.5
}
)");
}

TEST_CASE("a queue that grows without end has neither requests in flight nor percentiles") {
    CHECK(json_text(open_loop_record(at_rate(24))) == R"({
  "rate_per_s": 24,
  "capacity_per_s": 16,
  "utilization": 1.5,
  "concurrency": null
}
)");
    CHECK(raw_at(open_loop_record(at_rate(16)), "concurrency") == "null");
}

}  // namespace estimate_open_loop_test
