// What every command may use.
#pragma once

#include "roofline/catalog/catalog.hpp"
#include "roofline/engine/assumptions.hpp"
#include "roofline/evaluate/evaluation.hpp"

#include "ask/field.hpp"

#include <vector>

namespace roofline::cli {

struct Session {
    Catalog catalog;
    Assumptions assumptions;
    std::vector<WarningNote> notes;  ///< how words were understood; they join the report

    Asking asking() { return {catalog, notes}; }
    Knowledge knowledge(const CalibrationScales& scales) const {
        return {.assumptions = assumptions, .scales = scales};
    }
};

}  // namespace roofline::cli
