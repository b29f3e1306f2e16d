// Ledgers of deployments as they are typed, of cards that report what a test says.
#pragma once

#include "roofline/evaluate/outcome.hpp"

#include "deployed.hpp"

#include <optional>
#include <string>

/// Prepared with a card that reports `gib`, whatever the catalog has.
inline roofline::Prepared prepared_with(const std::string& scenario,
                                        std::optional<double> gib = {}) {
    using namespace roofline;
    Deployment d = deployed(scenario);
    if (gib) {
        Device card = *d.device;
        for (Memory& memory : card.memory)
            if (memory.level == MemoryLevel::dram)
                memory.reported = Figure<Bytes>{.value = *gib * gibibyte, .from = {}};
        d.device = std::make_shared<const Device>(card);
    }
    return prepare(d);
}

/// With logged weights, in GiB, in the place of those that were worked out.
inline roofline::MemoryLedger ledger_with(const std::string& scenario,
                                          std::optional<double> gib = {},
                                          std::optional<double> weights = {}) {
    roofline::Prepared prepared = prepared_with(scenario, gib);
    if (weights) prepared.server.weights = *weights * roofline::gibibyte;
    return memory_of(prepared);
}
