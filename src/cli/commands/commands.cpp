#include "roofline/error/user_error.hpp"
#include "roofline/workload/fields.hpp"

#include "cli/line/command_flags.hpp"
#include "units/list_parts.hpp"

#include <algorithm>
#include <array>

namespace roofline::cli {
namespace {

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
    Command{"sweep", "every combination of ranged inputs, a row each", swept_models,
            priced_deployment, sweep_flags,
            "roofline sweep llama-3.1-8b --hw h100,h200,b200 --batch 1..256 --context 4k\n"
            "roofline sweep llama-3.1-70b --hw h100x8 --quant bf16,fp8 --concurrency 1..512 "
            "--price lambda --pareto tpot,usd_per_1m_output\n"
            "roofline sweep scenarios.jsonl --format csv -o answers.csv",
            run_sweep},
    Command{"plan", "which deployment keeps what was promised, and does so best", model_name,
            planned_deployment, plan_flags,
            "roofline plan llama-3.1-70b --slo ttft=1s,tpot=25ms --concurrency 64 --isl 4k --osl "
            "512\n"
            "roofline plan llama-3.1-8b --hw h100,l40s --slo tpot=30ms --tokens-per-day 1B "
            "--objective gpus",
            run_plan},
    Command{"plot", "pictures: deployments on their roofline, or columns of a sweep", pictured,
            no_fields, plot_flags,
            "roofline plot 'llama-3.1-8b@h100 batch=32 context=4k'\n"
            "roofline plot 'llama-3.1-8b@h100 batch=32' 'llama-3.1-8b@b200 batch=32' "
            "--points decode,op --basis bound\n"
            "roofline plot 'llama-3.1-8b@h100 batch=32' -o roofline.svg\n"
            "roofline plot 'llama-3.1-8b@h100 concurrency=1..256' 'llama-3.1-8b@l40s "
            "concurrency=1..256'\n"
            "roofline plot sweep.csv --x tokens_per_s --y tpot --series hw --pareto",
            run_plot, Draws::pictures},
    Command{"check", "judge deployments by agreed limits, for CI", budget_files, first_deployment,
            check_flags,
            "roofline check\n"
            "roofline check deploy/budget.json --report junit=junit.xml,md=comment.md\n"
            "roofline check --init --model llama-3.1-8b --hw h100 > roofline.budget.json",
            run_check},
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
    each_part(text, label, [&](std::string_view part) { parts.emplace_back(part); });
    return parts;
}

}  // namespace roofline::cli
