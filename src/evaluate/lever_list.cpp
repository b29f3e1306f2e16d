#include "lever_list.hpp"

#include "roofline/error/user_error.hpp"

#include "text/formatted.hpp"

#include <algorithm>
#include <cmath>

namespace roofline {
namespace {

// nullopt when the changed numbers do not fit together.
std::optional<Lever> lever_of(const Prepared& prepared, std::string words, const Change& change) {
    Lever lever{.change = std::move(words), .deployment = prepared.deployment, .outcome = {}};
    try {
        change(lever.deployment);
        lever.outcome = evaluate(lever.deployment);
        return lever;
    } catch (const UserError&) {
        return std::nullopt;
    }
}

}  // namespace

bool LeverList::try_change(std::string words, const Change& change) {
    auto lever = lever_of(prepared_, std::move(words), change);
    const bool fits =
        lever && lever->outcome.memory.fits() && lever->outcome.memory.starts() == Starts::yes;
    if (fits) levers_.push_back(std::move(*lever));
    return fits;
}

bool LeverList::try_gpus(double tensor, double pipeline) {
    Layout layout = layout_of(prepared_.deployment);
    if (tensor > prepared_.deployment.device->switch_domain()) return false;
    layout.tensor = by_layers() ? 1 : tensor;
    layout.pipeline = by_layers() ? tensor * pipeline : pipeline;
    const Device& device = *prepared_.deployment.device;
    const bool unjoined = !device.link_among(layout.instance());
    if (unjoined && device.switch_domain() == 1) return false;  // no host has two of them
    std::string words = words_of(device, layout);
    if (unjoined) words += " `network 100Gb/s`";
    return try_change(std::move(words), [&](Deployment& d) {
        d.gpus = layout.gpus();
        d.tensor_parallel = layout.tensor;
        d.pipeline_parallel = layout.pipeline;
        if (unjoined) d.network = 12.5 * gigabyte / second;
    });
}

std::string LeverList::words_of(const Device& device, const Layout& layout) const {
    if (layout.gpus() == 1) return formatted("`hw {}`", device.id);
    std::string words = formatted("`hw {}x{}`", device.id, layout.gpus());
    if (by_layers()) return words;
    words += formatted(" `tp {}`", layout.tensor);
    return layout.pipeline > 1 ? words + formatted(" `pp {}`", layout.pipeline) : words;
}

void LeverList::try_gpus_at_hand() {
    const Layout layout = layout_of(prepared_.deployment);
    if (layout.replicas == 1 || by_layers()) return;
    for (const double stages : {1.0, 2.0, 4.0, 8.0, 16.0, 32.0}) {
        const double tensor = layout.gpus() / layout.data / stages;
        const double domain = prepared_.deployment.device->switch_domain();
        const bool tried = tensor == std::floor(tensor) && tensor >= 1 && tensor <= domain;
        std::string words = formatted("`tp {}`", tensor);
        if (stages > 1 || layout.pipeline > 1) words += formatted(" `pp {}`", stages);
        words += " `replicas 1`";
        if (tried && try_change(std::move(words), [&](Deployment& d) {
                d.tensor_parallel = tensor;
                d.pipeline_parallel = stages;
                d.replicas = 1;
            }))
            return;
    }
}

void LeverList::try_formats() {
    const double bits = row_of(*prepared_.deployment.weights).bits;
    const Device& device = *prepared_.deployment.device;
    const WeightFormat four =
        device.peak(Precision::fp4) != nullptr ? WeightFormat::nvfp4 : WeightFormat::int4;
    const WeightFormat eight = by_layers() ? WeightFormat::q8_0 : WeightFormat::fp8;
    for (const WeightFormat format : {eight, by_layers() ? WeightFormat::q4_k_m : four}) {
        if (row_of(format).bits >= bits) continue;
        try_change(formatted("`quant {}`", name_of(format)),
                   [&](Deployment& d) { d.weights = format; });
    }
}

void LeverList::try_cache() {
    const auto& now = prepared_.deployment.kv_cache;
    if (now && row_of(*now).bytes > 1)
        try_change("`kv-dtype fp8`", [](Deployment& d) { d.kv_cache = Precision::fp8; });
}

void LeverList::try_sequences(const MemoryLedger& now) {
    for (int fewer = 512; fewer >= 32; fewer /= 2)
        if (fewer < now.sequences.value_or(0) && fewer >= *prepared_.deployment.batch &&
            try_change(formatted("`max-num-seqs {}`", fewer),
                       [&](Deployment& d) { d.max_num_seqs = fewer; }))
            return;
}

void LeverList::try_share(const MemoryLedger& now) {
    for (const double share : {0.95, 0.97})
        if (prepared_.server.rule != MemoryRule::whole && share > now.share &&
            try_change(formatted("`mem-share {}%`", 100 * share),
                       [&](Deployment& d) { d.mem_share = share; }))
            return;
}

void LeverList::try_context() {
    const Deployment& d = prepared_.deployment;
    if (d.max_model_len) {
        const double request = *d.isl + d.osl.value_or(0);
        if (request < *d.max_model_len)
            try_change(formatted("`max-model-len {}`", request),
                       [&](Deployment& changed) { changed.max_model_len = request; });
        return;
    }
    if (!d.osl) return;
    constexpr double round = 256;
    const double answer = std::max(*d.osl, round);
    const Held one{.sequences = 1, .tokens = 1, .longest = 1};
    const auto most = largest_context(prepared_.server, prepared_.workload, one, *d.isl);
    const double shorter = std::floor((most.value_or(0) - answer) / round) * round;
    if (shorter < 2 * round) return;
    const bool step = !is_served(d);
    try_change(
        step ? formatted("`isl {0}` `context {0}`", shorter) : formatted("`isl {}`", shorter),
        [&](Deployment& changed) {
            changed.isl = shorter;
            changed.osl = answer;
            changed.context = step ? std::optional(shorter) : std::nullopt;
        });
}

void LeverList::try_eager(const MemoryLedger& now) {
    if (now.graphs > Bytes()) try_change("`eager`", [](Deployment& d) { d.eager = true; });
}

void LeverList::try_batch(double most) {
    if (most >= 1 && most < *prepared_.deployment.batch)
        try_change(formatted("`batch {}`", most), [&](Deployment& d) { d.batch = most; });
}

}  // namespace roofline
