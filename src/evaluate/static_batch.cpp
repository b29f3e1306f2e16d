#include "static_batch.hpp"

#include "roofline/evaluate/outcome.hpp"
#include "roofline/serving/step_time.hpp"

namespace roofline {

Deployment complete_batch(Deployment asked) {
    asked.concurrency = asked.batch;
    return complete_service(std::move(asked));
}

StaticBatch static_batch(Deployment asked, const Efficiency& efficiency,
                         const CalibrationScales& scales) {
    const Prepared prepared = prepare(complete_batch(std::move(asked)));
    const Deployment& d = prepared.deployment;
    const double sequences = *d.batch;
    const ServedModel model(d, prepared.workload, prepared.machine, efficiency,
                            {.fresh = *d.isl, .context = *d.isl + *d.osl / 2});
    StaticBatch batch;
    batch.prompts =
        scales.first_token * model.time_of({.prompt_tokens = sequences * *d.isl}).total();
    batch.step = scales.decode_step * model.time_of({.sequences = sequences}).total();
    batch.whole = batch.prompts + (*d.osl - 1) * batch.step;
    batch.output_per_gpu =
        sequences * *d.osl * token / (batch.whole * prepared.workload.layout.instance());
    return batch;
}

}  // namespace roofline
