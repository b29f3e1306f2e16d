// What a run took beside its question, said in the report before any format renders it.
#pragma once

#include "roofline/catalog/catalog.hpp"
#include "roofline/units/date.hpp"

#include "report/report.hpp"

namespace roofline::cli {

/// What stood instead of the built-in catalog, and the model files and baselines that were read.
void name_used(const Catalog& catalog, Report& report);

/// The day that SOURCE_DATE_EPOCH made today, where what is judged depends on it.
void name_given_day(Day today, Report& report);

}  // namespace roofline::cli
