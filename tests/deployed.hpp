// Deployments as they are typed, for tests of what is said about them.
#pragma once

#include "roofline/evaluate/evaluation.hpp"

#include "ask/field.hpp"
#include "ask/scenario.hpp"

#include <string>
#include <vector>

/// 'llama-3.1-8b@h100 concurrency=32', with its price looked up.
inline roofline::Deployment deployed(const std::string& scenario) {
    roofline::Catalog catalog;
    std::vector<roofline::WarningNote> notes;
    return roofline::read_scenario(scenario, {catalog, notes}).deployment;
}

inline roofline::Evaluation evaluated(const std::string& scenario) {
    return roofline::evaluate(deployed(scenario), roofline::Knowledge());
}
