// `kernel attention`: FlashAttention and naive attention of one layer.

#include "answer/kernel/kernel_report.hpp"
#include "cli/line/command.hpp"
#include "cli/line/deployment_flags.hpp"
#include "cli/line/shared_flags.hpp"
#include "cli/run/answer.hpp"
#include "cli/run/session.hpp"
#include "flags.hpp"
#include "units/parse.hpp"
#include "workload/arithmetic.hpp"

namespace roofline::cli {
namespace {

constexpr Flag batch{"batch", "N", "sequences [1]"};
constexpr Flag q_len{"q-len", "TOKENS", "new tokens per sequence [kv-len]"};
constexpr Flag kv_len{"kv-len", "TOKENS", "tokens to look at"};
constexpr Flag heads{"heads", "N", "query heads"};
constexpr Flag kv_heads{"kv-heads", "N", "key and value heads [heads]"};
constexpr Flag head_dim{"head-dim", "N", "size of a head [128]"};
constexpr Flag window{"window", "TOKENS", "sliding window"};
constexpr Flag no_causal{"no-causal", "", "every token sees all others"};
constexpr Flag kv_dtype{"kv-dtype", "PRECISION", "format of keys and values [dtype]"};
constexpr Flag latent{"latent", "", "multi-head latent attention, with the widths of DeepSeek-V3"};
constexpr std::array flags{batch,  q_len,     kv_len,        heads,    kv_heads, head_dim,
                           window, no_causal, operands_flag, kv_dtype, latent,   library_flag};

AttentionRequest request_from(const Arguments& arguments, Precision compute) {
    AttentionRequest request{.keys = parse_length(required(arguments, kv_len, "4k"), "--kv-len"),
                             .heads = parse_count(required(arguments, heads, "32"), "--heads"),
                             .arithmetic = compute};
    request.batch = flag_or(arguments, batch, parse_count, 1.0);
    request.queries = flag_or(arguments, q_len, parse_length, request.keys);
    request.kv_heads = flag_or(arguments, kv_heads, parse_count, request.heads);
    request.head_dim = flag_or(arguments, head_dim, parse_count, 128.0);
    request.causal = !arguments.has(no_causal);
    if (const auto text = arguments.text(window))
        request.window = {.reach = Reach::sliding, .tokens = parse_length(*text, "--window")};
    request.stored = flag_or(arguments, kv_dtype, parse_precision, compute);
    refuse_unstored(request.stored, label_of(kv_dtype));
    request.latent = arguments.has(latent);
    if (request.latent)
        refuse(arguments, {&kv_heads, &head_dim},
               "says nothing of --latent attention: its widths are those of DeepSeek-V3", "");
    check(request);
    return request;
}

Answer run(const Arguments& arguments, Session& session) {
    const auto device = device_from(arguments, session.asking());
    const Ridge ridge = roof_from(arguments, operands_flag, *device);
    PlacedAttention attention{
        .request = request_from(arguments, ridge.peak->precision), .best = {}, .naive = {}};
    attention.best = {flash_kernel(attention.request), ridge};
    if (!attention.request.latent) attention.naive = {naive_kernel(attention.request), ridge};
    const Expectation expected =
        expected_attention(attention.request, attention.best, *device, engine_from(arguments));
    return {.report = attention_report(attention, *device, expected)};
}

}  // namespace

extern const Command kernel_attention_command;
constinit const Command kernel_attention_command{
    .path = "kernel attention",
    .summary = "attention on the roofline, FlashAttention and naive",
    .examples =
        "roofline kernel attention --kv-len 4k --heads 32 --kv-heads 8 --hw h100-sxm\n"
        "roofline kernel attention --q-len 1 --kv-len 32k --heads 32 --kv-heads 8 --hw h100-sxm",
    .fields = hardware_field,
    .flags = flags,
    .run = run};

}  // namespace roofline::cli
