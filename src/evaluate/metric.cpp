#include "roofline/evaluate/metric.hpp"

#include <algorithm>
#include <array>

namespace roofline {
namespace {

using Number = std::optional<double>;

Number phase_seconds(const Outcome& outcome, PhaseKind kind) {
    const auto& phase = outcome.phase(kind);
    return phase ? Number(phase->time.total().in(second)) : std::nullopt;
}

Number ttft(const Outcome& outcome) { return phase_seconds(outcome, PhaseKind::prefill); }
Number tpot(const Outcome& outcome) { return phase_seconds(outcome, PhaseKind::decode); }

// The first token comes with the prefill.
Number e2e(const Outcome& outcome) {
    const Number first = ttft(outcome);
    const Number each = tpot(outcome);
    return first && each ? Number(*first + (outcome.osl - 1) * *each) : std::nullopt;
}

Number tokens_per_s(const Outcome& outcome) {
    const auto& decode = outcome.phase(PhaseKind::decode);
    return decode ? Number(decode->tokens_per_second.in(token / second)) : std::nullopt;
}

Number memory(const Outcome& outcome) { return outcome.memory.used().in(byte); }
Number gpus(const Outcome& outcome) { return outcome.layout.gpus(); }

Number power(const Outcome& outcome) {
    return outcome.power ? Number(outcome.power->in(watt)) : std::nullopt;
}

Number usd(const Outcome& outcome, Money (Bill::*amount)() const) {
    if (!outcome.bill || outcome.bill->currency != Currency::usd) return std::nullopt;
    return ((*outcome.bill).*amount)().in(dollar);
}

Number usd_per_1k_output(const Outcome& outcome) { return usd(outcome, &Bill::per_1k_output); }
Number usd_per_1m_output(const Outcome& outcome) { return usd(outcome, &Bill::per_1m_output); }

constexpr std::array rows{
    Metric{"ttft", "ttft_s", "time to the first token: one prefill", dimension::second,
           Better::lower, ttft},
    Metric{"tpot", "tpot_s", "time per output token: one decode step", dimension::second,
           Better::lower, tpot},
    Metric{"e2e", "e2e_s", "one request from prompt to last token", dimension::second,
           Better::lower, e2e},
    Metric{"tokens_per_s", "tokens_per_s", "output tokens of all GPUs while decoding",
           dimension::token_per_second, Better::higher, tokens_per_s},
    Metric{"memory", "memory_bytes", "used on the fullest GPU", dimension::byte, Better::lower,
           memory},
    Metric{"gpus", "gpus", "devices in all", dimension::none, Better::lower, gpus},
    Metric{"power", "power_w", "nominal power of all devices", dimension::watt, Better::lower,
           power},
    Metric{"usd_per_1k_output", "usd_per_1k_output_tokens", "the bill over 1,000 output tokens",
           dimension::money, Better::lower, usd_per_1k_output},
    Metric{"usd_per_1m_output", "usd_per_1m_output_tokens", "the bill over 1M output tokens",
           dimension::money, Better::lower, usd_per_1m_output},
};

}  // namespace

std::span<const Metric> metrics() { return rows; }

const Metric* find_metric(std::string_view id) {
    const auto found = std::ranges::find(rows, id, &Metric::id);
    return found == rows.end() ? nullptr : &*found;
}

}  // namespace roofline
