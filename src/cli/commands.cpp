#include "roofline/error/user_error.hpp"
#include "roofline/workload/fields.hpp"

#include "command.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <array>

namespace roofline::cli {
namespace {

constexpr std::array global{
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

constexpr std::array<Positional, 0> nothing{};
constexpr std::array measured_file{
    Positional{"FILE", "measured rows as CSV: hardware, model, concurrency, input_tokens …"}};
constexpr std::array device_name{Positional{"NAME", "a device, by id or alias"}};
constexpr std::array catalog_files{
    Positional{"FILE", "catalog files; none checks the built-in catalog", 0, 1000}};
constexpr std::array model_name{
    Positional{"MODEL", "a model's name, a config.json or the folder that holds one"}};
constexpr std::array optional_model{
    Positional{"MODEL", "a model's name, a config.json or the folder that holds one", 0, 1}};
constexpr std::array gemm_sizes{Positional{"M N K", "rows, columns and depth", 3, 3}};
constexpr std::array buffer{
    Positional{"BYTES", "the buffer: 16MB; for gathering, all parts together"}};

template <typename... Names>
constexpr std::array<std::string_view, sizeof...(Names)> fields(Names... names) {
    return {std::string_view(names)...};
}
constexpr std::array<std::string_view, 0> no_fields{};
constexpr auto only_hardware = fields("hw");
constexpr auto expert_layer = fields("hw", "quant", "tp", "ep");
constexpr auto deployment = fields("hw", "tp", "pp", "dp", "ep", "replicas", "quant", "dtype",
                                   "kv-dtype", "batch", "isl", "osl", "context", "engine", "price");
constexpr auto served_deployment =
    fields("hw", "engine", "concurrency", "rate", "isl", "osl", "tp", "pp", "dp", "ep", "replicas",
           "quant", "dtype", "kv-dtype", "prefix-hit", "prefill-chunk", "draft-tokens",
           "acceptance", "lengths", "poll-steps", "stream-interval", "waves", "price");
constexpr auto priced_deployment =
    fields("hw", "tp", "pp", "dp", "ep", "replicas", "quant", "dtype", "kv-dtype", "batch", "isl",
           "osl", "context", "concurrency", "rate", "engine", "prefix-hit", "prefill-chunk",
           "draft-tokens", "acceptance", "lengths", "poll-steps", "stream-interval", "waves",
           "price", "utilization", "purchase", "life", "power-price", "power", "pue");
constexpr auto model_formats = fields("quant", "kv-dtype");

constexpr Flag calibration_flag{"calibration", "FILE", "scales that roofline calibrate wrote"};
constexpr std::array calibrated_flags{calibration_flag};
constexpr std::array<Flag, 0> no_flags{};
constexpr std::array layer_flags{Flag{"layers", "", "one row per shape of layer"}};
constexpr std::array validate_flags{
    calibration_flag,
    Flag{"by", "GROUP,...", "model, device, engine, concurrency, group [all of them]"}};
constexpr std::array ridge_flags{
    Flag{"dtype", "PRECISION,...", "arithmetic [every one the device has]"},
    Flag{"level", "LEVEL,...", "dram, l2, l1, registers [dram]"},
};
constexpr std::array work_flags{
    Flag{"flops", "FLOP", "work of the kernel: 137.4GFLOP"},
    Flag{"bytes", "BYTES", "bytes it moves: 100.7MB"},
    Flag{"dtype", "PRECISION", "arithmetic [the device's 16-bit]"},
    Flag{"level", "LEVEL", "dram, l2, l1, registers [dram]"},
};
constexpr Flag library_flag{"engine", "NAME",
                            "whose library expected times are of [any that was measured]"};
constexpr std::array gemm_flags{
    Flag{"dtype", "PRECISION", "arithmetic and operands [the device's 16-bit]"},
    Flag{"batch", "N", "products of this size [1]"},
    library_flag,
};
constexpr std::array attention_flags{
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
constexpr std::array moe_flags{
    Flag{"tokens", "N", "of all ranks together"},
    Flag{"hidden", "N", "width of a token"},
    Flag{"intermediate", "N", "width of an expert"},
    Flag{"experts", "N", "routed experts of the layer"},
    Flag{"active", "N", "experts of one token"},
    Flag{"routing", "HOW", "random or balanced [random]"},
    library_flag,
};
constexpr std::array allreduce_flags{
    Flag{"op", "NAME", "all-reduce, all-gather, reduce-scatter, all-to-all [all-reduce]"},
    library_flag,
};
constexpr std::array cost_flags{
    calibration_flag,
    Flag{"tokens-per-s", "N", "output tokens per second of all GPUs, instead of MODEL"},
    Flag{"compare-api", "PRICE",
         "break-even against '$0.60/M out, $0.15/M in', or a name of: roofline prices list"},
    Flag{"compare-hw", "H[xN]", "break-even price of other devices for the same work"},
    Flag{"max-price-age", "DAYS", "warn of a price that is older: 90d"},
};

constexpr std::array scenarios{
    Positional{"SCENARIO",
               "'MODEL@HW name=value ...' or a saved JSON answer; the first is the "
               "baseline",
               2, 100}};
constexpr std::array compare_flags{
    calibration_flag,
    Flag{"basis", "BASIS", "bound, expected or pessimistic [expected]"},
    Flag{"metric", "ID,...", "which figures [all that are answered]"},
    Flag{"fail-over", "SHARE", "exit 1 when a figure is worse than the baseline's by more: 5%"},
    Flag{"max-price-age", "DAYS", "warn of a price that is older: 90d"},
};

constexpr std::array rows{
    Command{"analyze", "where a model spends its time on a device, and whether it fits", model_name,
            deployment, calibrated_flags,
            "roofline analyze llama-3.1-8b --hw h100 --batch 32 --context 4k\n"
            "roofline analyze llama-3.1-70b --hw b200x2 --quant fp8 --price lambda\n"
            "roofline analyze ./config.json --hw h100 --get result.decode.bound_s",
            run_analyze},
    Command{"estimate",
            "what a served deployment delivers: latency, throughput, and what limits it",
            model_name, served_deployment, calibrated_flags,
            "roofline estimate llama-3.1-8b --hw h100 --concurrency 32\n"
            "roofline estimate deepseek-r1 --hw b200x8 --engine trtllm --quant nvfp4 "
            "--concurrency 64 --isl 1k --osl 1k\n"
            "roofline estimate llama-3.1-8b --hw h100 --rate 5",
            run_estimate},
    Command{"cost", "what tokens cost, from a model on a device or from a known rate",
            optional_model, priced_deployment, cost_flags,
            "roofline cost llama-3.1-8b --hw h100 --batch 64 --price lambda\n"
            "roofline cost llama-3.1-8b --hw h100 --concurrency 64 --price lambda\n"
            "roofline cost llama-3.1-8b --hw h100 --rate 2 --purchase catalog --power-price "
            "'$0.12/kWh'\n"
            "roofline cost --tokens-per-s 3000 --price '$2/h'",
            run_cost},
    Command{"prices list", "what devices cost to rent or buy, and tokens of an API", nothing,
            only_hardware, no_flags, "roofline prices list\nroofline prices list --hw h100",
            run_prices_list},
    Command{"compare", "deployments side by side: what changed, why, and where they break even",
            scenarios, no_fields, compare_flags,
            "roofline compare 'llama-3.1-70b@h100x2 concurrency=4' "
            "'llama-3.1-70b@b200x2 concurrency=4'\n"
            "roofline compare base.json head.json --fail-over 5% --format md",
            run_compare},
    Command{"validate", "how far predictions are off measured serving runs", measured_file,
            no_fields, validate_flags,
            "roofline validate runs.csv\nroofline validate runs.csv --by engine --json",
            run_validate},
    Command{"calibrate", "scales for one deployment, from a few measured runs of it", measured_file,
            no_fields, no_flags,
            "roofline calibrate runs.csv -o profile.json\n"
            "roofline estimate llama-3.1-8b --hw h100 --concurrency 32 --calibration profile.json",
            run_calibrate},
    Command{"ridge", "the intensity at which a device turns from memory- to compute-bound", nothing,
            only_hardware, ridge_flags,
            "roofline ridge --hw h100 --dtype bf16,fp8\nroofline ridge --hw h100 --level dram,l2",
            run_ridge},
    Command{"kernel gemm", "a matrix product on the roofline", gemm_sizes, only_hardware,
            gemm_flags,
            "roofline kernel gemm 4096 4096 4096 --hw h100 --dtype bf16\n"
            "roofline kernel gemm 1 4096 4096 --hw h100 --get result.bound_s",
            run_kernel_gemm},
    Command{"kernel attention", "attention on the roofline, FlashAttention and naive", nothing,
            only_hardware, attention_flags,
            "roofline kernel attention --kv-len 4k --heads 32 --kv-heads 8 --hw h100\n"
            "roofline kernel attention --q-len 1 --kv-len 32k --heads 32 --kv-heads 8 --hw h100",
            run_kernel_attention},
    Command{"kernel moe", "the routed experts of one layer", nothing, expert_layer, moe_flags,
            "roofline kernel moe --tokens 64 --hidden 7168 --intermediate 2048 --experts 256 "
            "--active 8 "
            "--ep 8 --quant fp8_block --hw h200",
            run_kernel_moe},
    Command{"kernel allreduce", "devices that add up or exchange a buffer", buffer, only_hardware,
            allreduce_flags,
            "roofline kernel allreduce 16MB --hw h100x8\n"
            "roofline kernel allreduce 64MB --op all-to-all --hw b200x8",
            run_kernel_allreduce},
    Command{"kernel work", "any kernel on the roofline, from its FLOPs and bytes", nothing,
            only_hardware, work_flags,
            "roofline kernel work --flops 137.4GFLOP --bytes 100.7MB --hw h100", run_kernel_work},
    Command{"hw list", "the devices of the catalog", nothing, no_fields, no_flags,
            "roofline hw list\nroofline hw list --format csv", run_hw_list},
    Command{"hw show", "one device, every figure with its source", device_name, no_fields, no_flags,
            "roofline hw show h100", run_hw_show},
    Command{"hw validate", "check catalog files, or the whole built-in catalog", catalog_files,
            no_fields, no_flags, "roofline hw validate\nroofline hw validate my-device.json",
            run_hw_validate},
    Command{"models list", "the models of the catalog", nothing, no_fields, no_flags,
            "roofline models list", run_models_list},
    Command{"models show", "one model: parameters, bytes and cache", model_name, model_formats,
            layer_flags,
            "roofline models show deepseek-v3 --layers\nroofline models show ./config.json",
            run_models_show},
};

}  // namespace

std::optional<std::string> Arguments::text(std::string_view flag) const {
    const auto given = std::ranges::find(flags_, flag, &Given::name);
    return given == flags_.end() ? std::nullopt : std::optional(given->value);
}

std::vector<std::string> Arguments::all(std::string_view flag) const {
    std::vector<std::string> values;
    for (const Given& given : flags_)
        if (given.name == flag) values.push_back(given.value);
    return values;
}

std::span<const Command> commands() { return rows; }
std::span<const Flag> global_flags() { return global; }

std::vector<Flag> flags_of(const Command& command) {
    std::vector<Flag> flags;
    for (const std::string_view name : command.fields) {
        const Field& field = *find_field(name);
        flags.push_back({field.name, field.value, field.help});
    }
    flags.insert(flags.end(), command.flags.begin(), command.flags.end());
    flags.insert(flags.end(), global.begin(), global.end());
    return flags;
}

std::vector<std::string> split_list(std::string_view text, std::string_view label) {
    std::vector<std::string> parts;
    std::size_t start = 0;
    while (start <= text.size()) {
        const std::size_t stop = std::min(text.find(',', start), text.size());
        std::string part(text.substr(start, stop - start));
        part.erase(0, part.find_first_not_of(' '));
        part.erase(part.find_last_not_of(' ') + 1);
        if (part.empty())
            throw UserError(
                {.code = ErrorCode::bad_count,
                 .message = formatted("{}: '{}' has an empty place in its list", label, text)});
        parts.push_back(std::move(part));
        start = stop + 1;
    }
    return parts;
}

}  // namespace roofline::cli
