#include "memory_report.hpp"

#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <algorithm>

namespace roofline {
namespace {

double longest_context(const Deployment& d) {
    constexpr double no_limit = 1e9;
    return std::min(d.model->context.value_or(no_limit), d.max_model_len.value_or(no_limit));
}

}  // namespace

Record model_record(const Deployment& d) {
    return Record()
        .add("id", d.model->id)
        .add("layers", d.model->layer_count())
        .add("source", d.model->from.source);
}

Record memory_record(const Prepared& prepared, const MemoryLedger& memory) {
    const Deployment& d = prepared.deployment;
    const Held held = held_of(prepared);
    const auto batch = largest_batch(prepared.server, prepared.workload, held);
    const auto context =
        largest_context(prepared.server, prepared.workload, held, longest_context(d));
    return Record()
        .add("reported", memory.reported)
        .add("weights", memory.weights)
        .add("working", memory.working)
        .add("other", memory.other)
        .add("graphs", memory.graphs)
        .add("room", memory.room())
        .add("need", memory.need)
        .add("spread", memory.spread)
        .add("starts", name_of(memory.starts()))
        .add("cache_tokens", Value(cache_tokens(prepared.workload, memory)))
        .add("kv", memory.cache)
        .add("reserve", memory.reserve())
        .add("used", memory.used())
        .add("usable", memory.usable)
        .add("fits", memory.fits())
        .add("short", memory.missing())
        .add("max_batch", Value(batch))
        .add("max_context_tokens", Value(context));
}

Bar memory_bar(const MemoryLedger& memory, const Layout& layout, std::string note) {
    return {.name = layout.gpus() > 1 ? "Memory per GPU" : "Memory",
            .segments = {{"weights", memory.weights},
                         {"KV cache", memory.cache},
                         {"reserve", memory.reserve()}},
            .capacity = memory.usable,
            .note = std::move(note)};
}

Bar memory_bar(const Prepared& prepared, const MemoryLedger& memory) {
    const auto batch = largest_batch(prepared.server, prepared.workload, held_of(prepared));
    return memory_bar(memory, prepared.workload.layout,
                      !batch       ? std::string()
                      : *batch < 1 ? std::string("not one sequence fits")
                                   : formatted("batch ≤ {}", humanize_number(*batch)));
}

}  // namespace roofline
