// A fault as a document, for programs that read the error of a run.
#pragma once

#include "roofline/error/user_error.hpp"

#include "report/value.hpp"

namespace roofline {

/// Schema roofline/error/1.
Record fault_record(const Fault& fault);

}  // namespace roofline
