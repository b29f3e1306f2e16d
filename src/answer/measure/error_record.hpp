// How far off predictions are, as `validate` and `calibrate` write it.
#pragma once

#include "roofline/measure/errors.hpp"

#include "report/value.hpp"

namespace roofline {

/// n, median_ape, mean_ape, p90_ape and bias; fractions, null where there are no errors.
inline Record error_record(const ErrorSummary& summary) {
    return Record()
        .add("n", static_cast<double>(summary.n))
        .add("median_ape", summary.median)
        .add("mean_ape", summary.mean)
        .add("p90_ape", summary.p90)
        .add("bias", summary.bias);
}

}  // namespace roofline
