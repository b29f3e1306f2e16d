#include "answer/cost/cost_blocks.hpp"

#include "catch.hpp"
#include "deployed.hpp"
#include "page.hpp"

namespace cost_blocks_test {

using namespace roofline;

namespace {

// 3.60 an hour over 500 tokens/s are 2 per million tokens and 0.001 a request. Of its 4 s of device
// time 0.6 s are the prompt's, 0.4 s the cached part's and 3 s the answer's.
Bill bill(const Tariff& tariff = {.rent = 3.6 * dollar / hour}) {
    const RequestTime request{.prefill = 1 * second,
                              .decode = 3 * second,
                              .input_tokens = 1500,
                              .output_tokens = 500,
                              .cached_tokens = 500,
                              .cached = 0.4 * second};
    return bill_of_service(500 * token / second, request, tariff);
}

// Half of the time idle, at 1 kW.
Tariff owned() {
    return {.purchase = 2.7 * dollar / hour,
            .energy = 0.9 * dollar / hour,
            .currency = Currency::eur,
            .power = 1000 * watt,
            .utilization = 0.5};
}

Deployment two_devices() { return deployed("llama-3.1-8b@h100x2 price=$1.8/h"); }

std::string csv(Table table) {
    Report report;
    report.blocks.emplace_back(std::move(table));
    return text_of(report, "csv");
}

std::string note_source(const Deployment& d) {
    return utilization_note(bill(owned()), d, "has this load").source;
}

}  // namespace

TEST_CASE("a bill in words: $3.60 over 500 x 3600 tokens are $2 a million") {
    CHECK(verdict_of(bill(), " and more") ==
          "$0.00200 per 1K output tokens, $2.00 per 1M and more");
    CHECK(verdict_of(bill(owned()), "") == "€0.00400 per 1K output tokens, €4.00 per 1M");
}

TEST_CASE("a bill as one line, of 730 hours a month") {
    CHECK(text_of_block(bill_table(bill(), two_devices(), Audience::everyone)) == R"(

 model         hw        devices  tokens/s     bill  per 1K output  per 1M output  per month
 llama-3.1-8b  h100-sxm        2       500  $3.60/h       $0.00200          $2.00  $2,628.00
)");
    Deployment unnamed;
    unnamed.gpus = 2;
    CHECK(csv(bill_table(bill(), unnamed, Audience::everyone)) ==
          "model,hw,gpus,tokens_per_s,usd_per_hour,usd_per_1k_output_tokens,"
          "usd_per_1m_output_tokens,usd_per_month\n"
          ",,2,500,3.6,0.002,2,2628\n");
    CHECK(csv(bill_table(bill(owned()), two_devices(), Audience::machines)) ==
          "model,hw,gpus,tokens_per_s,eur_per_hour,eur_per_1k_output_tokens,"
          "eur_per_1m_output_tokens,eur_per_month\n"
          "llama-3.1-8b,h100-sxm,2,500,3.6,0.004,4,2628\n");
}

TEST_CASE("a bill is split by device time: 0.6, 0.4 and 3 of 4 s, each over its own tokens") {
    CHECK(text_of_block(split_table(bill())) == R"(

 Where the money goes, by device time
 tokens        per request  of the bill     1M of its own  share
 input               1,000     $0.540/h  $0.150/1M tokens   15 % ██████▉
 cached input          500     $0.360/h  $0.200/1M tokens   10 % ████▋
 output                500      $2.70/h   $1.50/1M tokens   75 % ███████████████████████████████████
)");
    Bill uncached = bill(owned());
    uncached.cached_side.reset();
    const std::string text = csv(split_table(uncached));
    CHECK(text.starts_with("kind,tokens_per_request,eur_per_hour,eur_per_1m_tokens,share\ninput,"));
    CHECK(text.find("cached") == std::string::npos);
}

TEST_CASE("the rest of a bill: month, request, parts of owned devices, idle time and energy") {
    CHECK(bill_lines(bill()) ==
          std::vector<std::string>{"$3.60/h for all devices, $2,628.00 a month of 730 h, $0.00100 "
                                   "a request"});
    CHECK(bill_lines(bill(owned())) ==
          std::vector<std::string>{
              "€3.60/h for all devices, €2,628.00 a month of 730 h, €0.00200 a request",
              "owned: €2.70/h for the devices over their life, €0.900/h for energy",
              "used 50 % of the time: 250 tokens/s of 500 tokens/s; idle time takes €1.80/h of the "
              "bill",
              "4 J per output token: 1.00 kW with what cools them"});
    CHECK(bill_lines(bill_of_rate(500 * token / second, {.rent = 3.6 * dollar / hour})).empty());
}

TEST_CASE("how much of an hour is used, and on whose word") {
    Deployment d;
    const AssumptionNote note = utilization_note(bill(owned()), d, "has this load");
    CHECK(note.id == "utilization");
    CHECK(note.text == "share of every paid hour that has this load");
    CHECK(raw_text(note.value) == "0.5");
    CHECK(note_source(d) == "no idle time");
    d.utilization = 0.5;
    CHECK(note_source(d) == "--utilization");
    d.rate = 2;
    CHECK(note_source(d) == "what arrives, of what it could keep up with");
}

}  // namespace cost_blocks_test
