// A served model of one matrix product: 1 ms to read its weights, 0.01 ms of work a token, so a
// step of up to 100 tokens takes 1 ms and a prompt of 1000 takes 10 ms. Answers of 38.5 tokens.
#pragma once

#include "roofline/evaluate/served.hpp"

#include "deployed.hpp"

/// `capacity` sequences have room at once.
inline roofline::PreparedService one_product(const std::string& scenario, double capacity,
                                             const roofline::FittedEfficiency* fitted = nullptr,
                                             const roofline::CalibrationScales& scales = {}) {
    using namespace roofline;
    PreparedService service =
        prepare_service(deployed("llama-3.1-8b@" + scenario), Efficiency(), fitted, scales);
    Workload& workload = service.prepared.workload;
    for (Phase& phase : workload.phases)
        phase.operators = {{.kind = OperatorKind::gate_up_projection,
                            .precision = Precision::bf16,
                            .form = MatrixProduct{.parameters = 0.5e9, .weights = 1 * gigabyte}}};
    Machine& machine = service.prepared.machine;
    machine.memory = 1e12 * byte / second;
    machine.peaks[static_cast<std::size_t>(Precision::bf16)] = 1e14 * flop / second;
    service.load.answer = 38.5;
    service.capacity = capacity;
    service.model = {service.prepared.deployment, workload, machine, Efficiency(),
                     lengths_of(service.load)};
    service.perfect = service.model;
    set_least_times(service);
    return service;
}
