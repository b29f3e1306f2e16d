// A served load in words and as a record.
#pragma once

#include "roofline/evaluate/evaluation.hpp"

#include "report/value.hpp"

#include <string>

namespace roofline {

/// "5 requests/s", "concurrency 64", "500 users thinking 30.0 s".
std::string load_words(const Deployment& deployment);

/// How many requests users have in flight, worked out: ". 500 users thinking 30.0 s have …".
std::string users_words(const ThinkingUsers& users, double replicas);
Record users_record(const ThinkingUsers& users);

}  // namespace roofline
