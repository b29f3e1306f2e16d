#include "roofline/cost/bill.hpp"

namespace roofline {
namespace {

BillShare share_of(double share, const Bill& bill, double tokens, Money per_request) {
    return {.share = share,
            .rate = bill.rate * share,
            .per_token = per_request * share / (tokens * token)};
}

}  // namespace

Bill bill_of_rate(TokensPerSecond output, double gpus, MoneyPerSecond per_device,
                  Currency currency) {
    Bill bill{.rate = gpus * per_device, .currency = currency, .output = output};
    bill.per_output_token = bill.rate / output;
    return bill;
}

Bill bill_of_service(TokensPerSecond output, const RequestTime& request, double gpus,
                     MoneyPerSecond per_device, Currency currency) {
    const Seconds busy = request.prefill + request.decode;
    Bill bill = bill_of_rate(output, gpus, per_device, currency);
    const Money per_request = bill.per_output_token * (request.output_tokens * token);
    bill.per_request = per_request;
    bill.input_side = share_of(request.prefill / busy, bill, request.input_tokens, per_request);
    bill.output_side = share_of(request.decode / busy, bill, request.output_tokens, per_request);
    return bill;
}

Bill bill_of_requests(const RequestTime& request, double replicas, double gpus,
                      MoneyPerSecond per_device, Currency currency) {
    const Seconds busy = request.prefill + request.decode;
    const TokensPerSecond output = replicas * request.output_tokens * token / busy;
    return bill_of_service(output, request, gpus, per_device, currency);
}

}  // namespace roofline
