// What holds of every bill, over deployments drawn at random.
#include "roofline/evaluate/outcome.hpp"

#include "catch.hpp"
#include "draw.hpp"

#include <cmath>

namespace bill_properties_test {

using namespace roofline;

namespace {

Tariff drawn_tariff(Draw& draw) {
    Tariff tariff{.utilization = draw.number(1, 101) / 100};
    if (draw.flip()) {
        tariff.rent = draw.number(1, 1000) / 10 * dollar / hour;
    } else {
        tariff.purchase = draw.number(1, 1000) / 50 * dollar / hour;
        tariff.energy = draw.number(1, 100) / 50 * dollar / hour;
    }
    return tariff;
}

// Device times of a random model, device and load, some of the prompt in the prefix cache.
RequestTime drawn_request(Draw& draw) {
    RequestTime request{.prefill = draw.number(1, 10000) * millisecond,
                        .decode = draw.number(1, 100000) * millisecond,
                        .input_tokens = draw.number(2, 100000),
                        .output_tokens = draw.number(1, 10000)};
    if (draw.flip()) {
        request.cached_tokens = std::floor(request.input_tokens * draw.number(1, 99) / 100);
        request.cached = request.prefill * (draw.number(0, 50) / 100);
    }
    return request;
}

double relative(double a, double b) { return std::abs(a / b - 1); }

// The worst of the ways in which parts can miss their whole.
double worst_gap(const Bill& bill) {
    MoneyPerSecond hourly = bill.input_side->rate + bill.output_side->rate;
    Money request = bill.input_side->per_token * (bill.input_side->tokens * token) +
                    bill.output_side->per_token * (bill.output_side->tokens * token);
    if (bill.cached_side) {
        hourly += bill.cached_side->rate;
        request += bill.cached_side->per_token * (bill.cached_side->tokens * token);
    }
    const MoneyPerSecond delivered = bill.per_output_token * bill.delivered;
    const Money output = bill.per_output_token * (bill.output_side->tokens * token);
    return std::max({relative(hourly / bill.rate, 1), relative(request / *bill.per_request, 1),
                     relative(delivered / bill.rate, 1), relative(output / request, 1),
                     relative(bill.tariff.total() / bill.rate, 1)});
}

}  // namespace

TEST_CASE("over 10,000 random bills the parts sum to the bill within 1e-9 of it") {
    Draw draw;
    double worst = 0;
    for (int i = 0; i < 10000; ++i)
        worst = std::max(worst, worst_gap(bill_of_requests(drawn_request(draw), draw.number(1, 9),
                                                           drawn_tariff(draw))));
    CHECK(worst < 1e-9);
}

TEST_CASE(
    "over 10,000 random deployments the parts sum to the bill, and $/token never falls when "
    "a price rises or utilisation falls") {
    Draw draw;
    double worst = 0;
    int billed = 0;
    for (int tries = 0; billed < 10000 && tries < 100000; ++tries) {
        Deployment d = draw.deployment();
        d.batch = draw.number(1, 64);
        d.isl = draw.number(1, 1024);
        d.osl = draw.number(2, 256);
        d.utilization = draw.number(1, 101) / 100;
        const double price = draw.number(1, 1000) / 10;
        d.rental = RentalPrice{.rate = price * dollar / hour};
        Prepared prepared;
        try {
            prepared = prepare(d);
        } catch (const UserError&) {
            continue;
        }
        const Outcome outcome = evaluate(prepared, point_of(prepared));
        if (!outcome.bill) continue;
        ++billed;
        worst = std::max(worst, worst_gap(*outcome.bill));
        const auto dearer_with = [&](const auto& change) {
            change(prepared.deployment);
            const auto changed = evaluate(prepared, point_of(prepared));
            return changed.bill->per_output_token >= outcome.bill->per_output_token;
        };
        REQUIRE(dearer_with([](Deployment& now) { now.rental->rate *= 1.01; }));
        REQUIRE(dearer_with([](Deployment& now) { *now.utilization *= 0.9; }));
    }
    CHECK(billed == 10000);
    CHECK(worst < 1e-9);
}

}  // namespace bill_properties_test
