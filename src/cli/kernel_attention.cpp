#include "roofline/error/user_error.hpp"
#include "roofline/report/humanize.hpp"
#include "roofline/units/parse.hpp"

#include "deployment_flags.hpp"
#include "kernel_roof.hpp"
#include "roof_flags.hpp"
#include "text/formatted.hpp"

#include <cmath>

namespace roofline::cli {
namespace {

struct AttentionShape {
    double batch, queries, keys, heads, kv_heads, head_dim;
    Window window;
    bool causal;
    Precision stored;
    double bytes, kv_bytes;

    Record inputs() const {
        return Record()
            .add("batch", batch)
            .add("q_len", queries)
            .add("kv_len", keys)
            .add("heads", heads)
            .add("kv_heads", kv_heads)
            .add("head_dim", head_dim)
            .add("window", window.reach == Reach::full ? Value() : Value(window.tokens))
            .add("causal", causal)
            .add("kv_dtype", name_of(stored));
    }
};

AttentionShape attention_shape(const Arguments& arguments, Precision compute) {
    AttentionShape shape{};
    shape.keys = parse_length(required_flag(arguments, "kv-len", "4k"), "--kv-len");
    shape.heads = parse_count(required_flag(arguments, "heads", "32"), "--heads");
    shape.batch = flag_or(arguments, "batch", parse_count, 1.0);
    shape.queries = flag_or(arguments, "q-len", parse_length, shape.keys);
    shape.kv_heads = flag_or(arguments, "kv-heads", parse_count, shape.heads);
    shape.head_dim = flag_or(arguments, "head-dim", parse_count, 128.0);
    shape.causal = !arguments.has("no-causal");
    if (const auto window = arguments.text("window"))
        shape.window = {.reach = Reach::sliding, .tokens = parse_length(*window, "--window")};
    shape.stored = flag_or(arguments, "kv-dtype", parse_precision, compute);
    refuse_unstored(shape.stored, "--kv-dtype");
    shape.bytes = row_of(compute).bytes;
    shape.kv_bytes = row_of(shape.stored).bytes;
    const auto refuse = [](ErrorCode code, std::string message) {
        throw UserError({.code = code, .message = std::move(message)});
    };
    if (std::fmod(shape.heads, shape.kv_heads) != 0)
        refuse(ErrorCode::does_not_divide,
               formatted("--kv-heads {} does not divide --heads {}", shape.kv_heads, shape.heads));
    if (shape.queries > shape.keys)
        refuse(ErrorCode::conflicting_arguments,
               formatted("--q-len {} is more than --kv-len {}, which counts the queries' own keys",
                         shape.queries, shape.keys));
    return shape;
}

// Queries in, results out, and every key and value that anyone looks at, each once.
Bytes compulsory_bytes(const AttentionShape& s) {
    const double rows = s.batch * s.queries * s.heads * s.head_dim;
    const double seen = std::min(
        s.keys, s.queries - 1 + (s.window.reach == Reach::full ? s.keys : s.window.tokens));
    const double keys = s.batch * seen * s.kv_heads * s.head_dim;
    return (2 * rows * s.bytes + 2 * keys * s.kv_bytes) * byte;
}

Kernel flash_kernel(const AttentionShape& s) {
    const double pairs = keys_seen(s.window, s.causal, s.keys - s.queries, s.queries);
    return {.name = "FlashAttention",
            .flops = 4 * s.batch * s.heads * s.head_dim * pairs * flop,
            .bytes = compulsory_bytes(s)};
}

// Scores go out to memory, come back for the softmax, go out and come back again: four passes over
// all pairs, masked ones too.
Kernel naive_kernel(const AttentionShape& s) {
    const double pairs = s.batch * s.heads * s.queries * s.keys;
    AttentionShape all = s;
    all.window = {};
    return {.name = "naive",
            .flops = 4 * pairs * s.head_dim * flop,
            .bytes = compulsory_bytes(all) + 4 * pairs * s.bytes * byte};
}

}  // namespace

Answer run_kernel_attention(const Arguments& arguments, Session& session) {
    const auto device = device_from(arguments, session);
    const Ridge ridge = roof_from(arguments, *device);
    const AttentionShape shape = attention_shape(arguments, ridge.peak->precision);
    const Kernel flash = flash_kernel(shape);
    const Kernel naive = naive_kernel(shape);
    const Placed best{flash, ridge};
    const Placed worst{naive, ridge};
    Report report = report_of("kernel attention", best, *device, shape.inputs());
    report.verdict = formatted("FlashAttention is {}; naive attention takes {}x as long",
                               verdict_of(best, device->id),
                               humanize_number(worst.bound_time() / best.bound_time()));
    report.result.add("flash", placed_record(best)).add("naive", placed_record(worst));
    report.blocks.emplace_back(placed_table(
        {best, worst},
        {"FlashAttention: every tensor moved once; keys and values that tiles read again come from "
         "the L2 cache",
         "naive: the matrix of scores is written and read twice, masked pairs too"}));
    return {.report = std::move(report)};
}

}  // namespace roofline::cli
