// The table of commands: a row each, in the order of the help page.
#include "cli/line/command.hpp"

namespace roofline::cli {

extern const Command analyze_command, estimate_command, cost_command, prices_list_command,
    compare_command, sweep_command, plan_command, plot_command, check_command, validate_command,
    calibrate_command, ridge_command, kernel_gemm_command, kernel_attention_command,
    kernel_moe_command, kernel_allreduce_command, kernel_work_command, hw_list_command,
    hw_show_command, hw_validate_command, models_list_command, models_show_command;

std::span<const Command* const> commands() {
    static constexpr std::array rows{
        &analyze_command,     &estimate_command,
        &cost_command,        &prices_list_command,
        &compare_command,     &sweep_command,
        &plan_command,        &plot_command,
        &check_command,       &validate_command,
        &calibrate_command,   &ridge_command,
        &kernel_gemm_command, &kernel_attention_command,
        &kernel_moe_command,  &kernel_allreduce_command,
        &kernel_work_command, &hw_list_command,
        &hw_show_command,     &hw_validate_command,
        &models_list_command, &models_show_command,
    };
    return rows;
}

}  // namespace roofline::cli
