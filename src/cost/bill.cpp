#include "roofline/cost/bill.hpp"

namespace roofline {
namespace {

BillShare share_of(double share, const Bill& bill, double tokens) {
    return {.share = share,
            .tokens = tokens,
            .rate = bill.rate * share,
            .per_token = *bill.per_request * share / (tokens * token)};
}

}  // namespace

std::optional<Money> Bill::per_1m_input() const {
    if (!input_side) return std::nullopt;
    return input_side->per_token * (1e6 * token);
}

std::optional<double> Bill::joules_per_output_token() const {
    if (!tariff.power) return std::nullopt;
    return (*tariff.power / delivered).in(joule / token);
}

Bill bill_of_rate(TokensPerSecond output, const Tariff& tariff) {
    Bill bill{.tariff = tariff,
              .rate = tariff.total(),
              .currency = tariff.currency,
              .output = output,
              .utilization = tariff.utilization,
              .delivered = tariff.utilization * output};
    bill.per_output_token = bill.rate / bill.delivered;
    return bill;
}

Bill bill_of_service(TokensPerSecond output, const RequestTime& request, const Tariff& tariff) {
    const Seconds busy = request.prefill + request.decode;
    Bill bill = bill_of_rate(output, tariff);
    bill.per_request = bill.per_output_token * (request.output_tokens * token);
    const Seconds fresh = request.prefill - request.cached;
    const double fresh_tokens = request.input_tokens - request.cached_tokens;
    bill.input_side = share_of(fresh / busy, bill, fresh_tokens);
    if (request.cached_tokens > 0)
        bill.cached_side = share_of(request.cached / busy, bill, request.cached_tokens);
    bill.output_side = share_of(request.decode / busy, bill, request.output_tokens);
    return bill;
}

Bill bill_of_requests(const RequestTime& request, double replicas, const Tariff& tariff) {
    const Seconds busy = request.prefill + request.decode;
    return bill_of_service(replicas * request.output_tokens * token / busy, request, tariff);
}

Bill with_idle_share(Bill bill, double utilization) {
    bill.output = bill.output / utilization;
    bill.utilization = utilization;
    bill.tariff.utilization = utilization;
    return bill;
}

}  // namespace roofline
