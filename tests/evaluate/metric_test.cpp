#include "roofline/evaluate/metric.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace metric_test {

using namespace roofline;

namespace {

std::optional<double> value(std::string_view id, const Figures& figures) {
    return find_metric(id)->get(figures);
}

// 36 dollars an hour are 0.01 a second; a token costs a hundredth of a cent.
Bill bill_in(Currency currency) {
    Bill bill{.tariff = {}, .rate = 36 * dollar / hour, .currency = currency};
    bill.per_output_token = 1e-4 * dollar / token;
    bill.input_side = BillShare{.per_token = 2e-6 * dollar / token};
    return bill;
}

double parsed(std::string_view id, std::string_view text) {
    return parse_figure(metric_named(id, "--max"), text, "--max");
}

}  // namespace

TEST_CASE("a metric is known by its id and by its key in JSON, which has the unit") {
    CHECK(find_metric("ttft")->key == "ttft_s");
    CHECK(find_metric_by_key("ttft_s")->id == "ttft");
    CHECK(find_metric_by_key("usd_per_1m_output_tokens")->id == "usd_per_1m_output");
    CHECK(find_metric("ttft_s") == nullptr);
    CHECK(find_metric_by_key("ttft") == nullptr);
    CHECK(metrics().size() == 11);
    CHECK(index_of(*find_metric("e2e")) == 2);
    CHECK(find_metric("tpot")->better == Better::lower);
    CHECK(find_metric("tokens_per_s")->better == Better::higher);
}

TEST_CASE("figures in base units: seconds, tokens per second, bytes, watts") {
    const Figures figures{
        .time_to_first_token = 250 * millisecond,
        .time_per_token = 20 * millisecond,
        .end_to_end = 5 * second,
        .output = 800 * token / second,
        .memory = {.usable = 72 * gigabyte,
                   .weights = 16 * gigabyte,
                   .working = 1 * gigabyte,
                   .cache = 3 * gigabyte},
        .gpus = 4,
        .power = 2800 * watt,
    };
    CHECK(value("ttft", figures) == 0.25);
    CHECK(value("tpot", figures) == 0.02);
    CHECK(value("e2e", figures) == 5);
    CHECK(value("tokens_per_s", figures) == 800);
    CHECK(value("memory", figures) == 20e9);
    CHECK(value("gpus", figures) == 4);
    CHECK(value("power", figures) == 2800);
}

TEST_CASE("what a deployment does not answer has no figure, but it always has devices") {
    const Figures nothing;
    CHECK(value("gpus", nothing) == 1);
    for (const std::string_view id :
         {"ttft", "tpot", "e2e", "tokens_per_s", "memory", "power", "usd_per_month"})
        CHECK_FALSE(value(id, nothing));
}

TEST_CASE("36 dollars an hour and 0.0001 a token: 0.1 a thousand, 100 a million, 26,280 a month") {
    const Figures figures{.memory = {}, .bill = bill_in(Currency::usd)};
    CHECK_THAT(*value("usd_per_1k_output", figures), WithinRel(0.1, 1e-12));
    CHECK_THAT(*value("usd_per_1m_output", figures), WithinRel(100, 1e-12));
    CHECK_THAT(*value("usd_per_1m_input", figures), WithinRel(2, 1e-12));
    CHECK_THAT(*value("usd_per_month", figures), WithinRel(26280, 1e-12));
    const Figures euros{.memory = {}, .bill = bill_in(Currency::eur)};
    CHECK_FALSE(value("usd_per_1k_output", euros));
    CHECK_FALSE(value("usd_per_month", euros));
}

TEST_CASE("a figure that is none is refused with the nearest: E106") {
    CHECK(metric_named("power", "--sort").id == "power");
    const Fault fault = fault_of([] { metric_named("tpott", "--sort"); });
    CHECK(fault.code == ErrorCode::bad_choice);
    CHECK(fault.message == "--sort: 'tpott' is no figure");
    CHECK(fault.hint == "did you mean tpot?");
}

TEST_CASE("counts, money and tokens per second are bare numbers, all else has its unit") {
    CHECK_THAT(parsed("tpot", "25ms"), WithinRel(0.025, 1e-12));
    CHECK(parsed("memory", "70GB") == 70e9);
    CHECK(parsed("power", "700W") == 700);
    CHECK(parsed("gpus", "8") == 8);
    CHECK(parsed("tokens_per_s", "1500") == 1500);
    CHECK(parsed("usd_per_1m_output", "0.45") == 0.45);
    const Fault fault = fault_of([] { parsed("tpot", "25"); });
    CHECK(fault.code == ErrorCode::missing_unit);
    CHECK(fault.message.starts_with("--max"));
    CHECK(fault_of([] { parsed("gpus", "8ms"); }).code == ErrorCode::bad_number);
}

}  // namespace metric_test
