// The words that commands take: the positionals, deployment fields and flags of commands.cpp's
// rows.
#pragma once

#include "basis_flag.hpp"
#include "command.hpp"
#include "threads_flag.hpp"

#include <array>

namespace roofline::cli {

inline constexpr std::array global{
    Flag{"output", "FILE", "write the answer to FILE; its extension picks the format", 'o'},
    Flag{"format", "FORMAT", "how to write the answer"},
    Flag{"json", "", "same as --format json"},
    Flag{"get", "PATH", "print one value of the JSON answer: result.decode.bound_s"},
    Flag{"explain", "", "add how the figures were worked out"},
    Flag{"catalog", "FILE", "lay a device, model or price file over the built-in ones; repeatable",
         '\0', true},
    Flag{"prices", "FILE", "add a file of prices, which come before the catalog's; repeatable",
         '\0', true},
    Flag{"color", "WHEN", "auto, always or never [auto]"},
    Flag{"width", "N", "columns of the page"},
    Flag{"ascii", "", "no characters beyond ASCII"},
    Flag{"help", "", "this page", 'h'},
    Flag{"version", "", "version and catalog", 'V'},
};

inline constexpr std::array<Positional, 0> nothing{};
inline constexpr std::array measured_file{
    Positional{"FILE", "measured rows as CSV: hardware, model, concurrency, input_tokens …"}};
inline constexpr std::array device_name{Positional{"NAME", "a device, by id or alias"}};
inline constexpr std::array catalog_files{
    Positional{"FILE", "catalog files; none checks the built-in catalog", 0, 1000}};
inline constexpr std::array model_name{
    Positional{"MODEL", "a model's name, a config.json or the folder that holds one"}};
inline constexpr std::array optional_model{
    Positional{"MODEL", "a model's name, a config.json or the folder that holds one", 0, 1}};
inline constexpr std::array gemm_sizes{Positional{"M N K", "rows, columns and depth", 3, 3}};
inline constexpr std::array buffer{
    Positional{"BYTES", "the buffer: 16MB; for gathering, all parts together"}};

template <typename... Names>
constexpr std::array<std::string_view, sizeof...(Names)> fields(Names... names) {
    return {std::string_view(names)...};
}
inline constexpr std::array<std::string_view, 0> no_fields{};
inline constexpr auto only_hardware = fields("hw");
inline constexpr auto expert_layer = fields("hw", "quant", "tp", "ep");
inline constexpr auto deployment =
    fields("hw", "tp", "pp", "dp", "ep", "replicas", "quant", "dtype", "kv-dtype", "batch", "isl",
           "osl", "context", "engine", "price");
inline constexpr auto served_deployment =
    fields("hw", "engine", "concurrency", "rate", "isl", "osl", "tp", "pp", "dp", "ep", "replicas",
           "quant", "dtype", "kv-dtype", "prefix-hit", "prefill-chunk", "draft-tokens",
           "acceptance", "lengths", "poll-steps", "stream-interval", "waves", "price");
inline constexpr auto priced_deployment =
    fields("hw", "tp", "pp", "dp", "ep", "replicas", "quant", "dtype", "kv-dtype", "batch", "isl",
           "osl", "context", "concurrency", "rate", "engine", "prefix-hit", "prefill-chunk",
           "draft-tokens", "acceptance", "lengths", "poll-steps", "stream-interval", "waves",
           "price", "utilization", "purchase", "life", "power-price", "power", "pue");
inline constexpr auto model_formats = fields("quant", "kv-dtype");

inline constexpr Flag calibration_flag{"calibration", "FILE",
                                       "scales that roofline calibrate wrote"};
inline constexpr std::array calibrated_flags{calibration_flag};
inline constexpr std::array<Flag, 0> no_flags{};
inline constexpr std::array layer_flags{Flag{"layers", "", "one row per shape of layer"}};
inline constexpr std::array validate_flags{
    calibration_flag,
    Flag{"by", "GROUP,...", "model, device, engine, concurrency, group [all of them]"}};
inline constexpr std::array ridge_flags{
    Flag{"dtype", "PRECISION,...", "arithmetic [every one the device has]"},
    Flag{"level", "LEVEL,...", "dram, l2, l1, registers [dram]"},
};
inline constexpr std::array work_flags{
    Flag{"flops", "FLOP", "work of the kernel: 137.4GFLOP"},
    Flag{"bytes", "BYTES", "bytes it moves: 100.7MB"},
    Flag{"dtype", "PRECISION", "arithmetic [the device's 16-bit]"},
    Flag{"level", "LEVEL", "dram, l2, l1, registers [dram]"},
};
inline constexpr Flag library_flag{"engine", "NAME",
                                   "whose library expected times are of [any that was measured]"};
inline constexpr std::array gemm_flags{
    Flag{"dtype", "PRECISION", "arithmetic and operands [the device's 16-bit]"},
    Flag{"batch", "N", "products of this size [1]"},
    library_flag,
};
inline constexpr std::array attention_flags{
    Flag{"batch", "N", "sequences [1]"},
    Flag{"q-len", "TOKENS", "new tokens per sequence [kv-len]"},
    Flag{"kv-len", "TOKENS", "tokens to look at"},
    Flag{"heads", "N", "query heads"},
    Flag{"kv-heads", "N", "key and value heads [heads]"},
    Flag{"head-dim", "N", "size of a head [128]"},
    Flag{"window", "TOKENS", "sliding window"},
    Flag{"no-causal", "", "every token sees all others"},
    Flag{"dtype", "PRECISION", "arithmetic and operands [the device's 16-bit]"},
    Flag{"kv-dtype", "PRECISION", "format of keys and values [dtype]"},
    Flag{"latent", "", "multi-head latent attention, with the widths of DeepSeek-V3"},
    library_flag,
};
inline constexpr std::array moe_flags{
    Flag{"tokens", "N", "of all ranks together"},
    Flag{"hidden", "N", "width of a token"},
    Flag{"intermediate", "N", "width of an expert"},
    Flag{"experts", "N", "routed experts of the layer"},
    Flag{"active", "N", "experts of one token"},
    Flag{"routing", "HOW", "random or balanced [random]"},
    library_flag,
};
inline constexpr std::array allreduce_flags{
    Flag{"op", "NAME", "all-reduce, all-gather, reduce-scatter, all-to-all [all-reduce]"},
    library_flag,
};
inline constexpr std::array cost_flags{
    calibration_flag,
    Flag{"tokens-per-s", "N", "output tokens per second of all GPUs, instead of MODEL"},
    Flag{"compare-api", "PRICE",
         "break-even against '$0.60/M out, $0.15/M in', or a name of: roofline prices list"},
    Flag{"compare-hw", "H[xN]", "break-even price of other devices for the same work"},
    Flag{"max-price-age", "DAYS", "warn of a price that is older: 90d"},
};

inline constexpr std::array scenarios{
    Positional{"SCENARIO",
               "'MODEL@HW name=value ...' or a saved JSON answer; the first is the "
               "baseline",
               2, 100}};
inline constexpr std::array compare_flags{
    calibration_flag,
    basis_flag,
    Flag{"metric", "ID,...", "which figures [all that are answered]"},
    Flag{"fail-over", "SHARE", "exit 1 when a figure is worse than the baseline's by more: 5%"},
    Flag{"max-price-age", "DAYS", "warn of a price that is older: 90d"},
};

inline constexpr std::array swept_models{Positional{
    "MODEL", "a model or several with commas; or scenarios: FILE.jsonl, FILE.csv, or -"}};
inline constexpr std::array sweep_flags{
    basis_flag,
    calibration_flag,
    Flag{"where", "CONDITION,...", "only such points: 'ttft<500ms,usd_per_1m_output<=0.5'"},
    Flag{"pareto", "ID,...", "only points that no other beats in these figures: tpot,tokens_per_s"},
    Flag{"sort", "ID", "the best by a figure first"},
    Flag{"top", "N", "with --sort: only so many"},
    Flag{"limit", "N", "refuse more points than this, with their count"},
    Flag{"shard", "I/N", "part I of N contiguous ones; the header in the first alone"},
    threads_flag,
};
inline constexpr auto planned_deployment = fields(
    "hw", "quant", "rate", "isl", "osl", "engine", "dtype", "kv-dtype", "prefix-hit",
    "prefill-chunk", "draft-tokens", "acceptance", "lengths", "poll-steps", "stream-interval",
    "price", "utilization", "purchase", "life", "power-price", "power", "pue");
inline constexpr std::array plan_flags{
    Flag{"slo", "ID=LIMIT,...", "what must be kept: ttft=500ms,tpot=25ms"},
    Flag{"concurrency", "N", "requests in flight, shared out among replicas"},
    Flag{"tokens-per-day", "N", "output tokens, evenly over the day, instead of --rate: 1B"},
    Flag{"objective", "WHAT", "cost, gpus, energy or latency: the least of it is best [cost]"},
    Flag{"max-gpus", "N", "in all [16]"},
    Flag{"top", "N", "plans to show [5]"},
    basis_flag,
    calibration_flag,
    threads_flag,
};
inline constexpr std::array pictured{Positional{
    "SCENARIO", "'MODEL@HW name=value ...' or a saved JSON answer; or the CSV file of a sweep", 1,
    100}};
inline constexpr std::array plot_flags{
    calibration_flag,
    Flag{"basis", "BASIS", "bound or expected [expected]"},
    Flag{"points", "KIND,...", "decode, prefill, op: every operator of a step [decode,prefill]"},
    Flag{"dtype", "PRECISION,...", "more roofs than the points have"},
    Flag{"x", "COLUMN", "of a CSV file: a column or a figure, tokens_per_s"},
    Flag{"y", "COLUMN", "the same: tpot, usd_per_1m_output"},
    Flag{"series", "COLUMN,...", "a line for each of their values [inputs that vary]"},
    Flag{"pareto", "", "draw the points that no other beats in both figures"},
    Flag{"title", "TEXT", "over the picture"},
};

inline constexpr auto first_deployment = fields("model", "hw");
inline constexpr std::array budget_files{
    Positional{"BUDGET", "what was agreed, by deployment [roofline.budget.json]", 0, 1000}};
inline constexpr std::array check_flags{
    Flag{"only", "NAME,...", "judge these targets alone"},
    Flag{"report", "KIND=FILE,...", "write junit, sarif, codequality, md besides"},
    Flag{"baseline", "FILE", "what limits on regression compare with [the budget's]"},
    Flag{"write-baseline", "", "write today's figures there, and judge nothing"},
    Flag{"max-price-age", "DAYS", "fail where a catalog price is older: 90d"},
    Flag{"exit-zero", "", "exit status 0 in place of 1"},
    Flag{"init", "", "print a commented budget for --model on --hw"},
    Flag{"schema", "", "print the JSON Schema of budgets"},
};

}  // namespace roofline::cli
