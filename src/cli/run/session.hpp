// What every command may use.
#pragma once

#include "roofline/catalog/catalog.hpp"
#include "roofline/evaluate/evaluation.hpp"

#include "ask/field.hpp"

#include <vector>

namespace roofline::cli {

struct Session {
    Catalog catalog;
    std::vector<WarningNote> notes;  ///< how words were understood; they join the report

    Asking asking() { return {catalog, notes}; }
    Knowledge knowledge(const CalibrationScales& scales) const { return {.scales = scales}; }
};

}  // namespace roofline::cli
