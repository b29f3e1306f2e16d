// Habits of clients and of the server: how each enters the load, and which of them were measured.
#pragma once

#include "roofline/serving/closed_loop.hpp"
#include "roofline/workload/deployment.hpp"

#include <span>
#include <string_view>

namespace roofline {

/// Whose it is. Figures under other habits of clients are figures of another load; those of a
/// server are choices, whose effect a comparison is asked for.
enum class HabitOf { clients, server };

struct Habit {
    std::string_view field;  ///< name in the table of fields
    HabitOf whose;
    void (*apply)(const Deployment&, Load&);
    /// Words for it, where no row of the fit has it; else empty.
    std::string_view unmeasured = {};
    /// Whether a load has it; of those that were never measured.
    bool (*in_use)(const Load&) = nullptr;
};

std::span<const Habit> habits();

const Habit* find_habit(std::string_view field);

}  // namespace roofline
