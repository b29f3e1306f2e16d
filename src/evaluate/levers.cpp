#include "roofline/evaluate/levers.hpp"

#include "roofline/error/user_error.hpp"

#include "larger_devices.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace roofline {
namespace {

using Change = std::function<void(Deployment&)>;

// nullopt when the changed numbers do not fit together.
std::optional<Outcome> outcome_of(const Prepared& prepared, const Change& change) {
    Deployment changed = prepared.deployment;
    try {
        change(changed);
        return evaluate(changed);
    } catch (const UserError&) {
        return std::nullopt;
    }
}

class LeverList {
  public:
    explicit LeverList(const Prepared& prepared) : prepared_(prepared) {}

    /// Keeps the change when it fits and surely starts, and says whether it does.
    bool try_change(std::string words, const Change& change) {
        auto outcome = outcome_of(prepared_, change);
        const bool fits =
            outcome && outcome->memory.fits() && outcome->memory.starts() == Starts::yes;
        if (fits) levers_.push_back({std::move(words), *outcome});
        return fits;
    }

    /// The same pipeline, data-parallel ranks and replicas unless `pipeline` says otherwise.
    bool try_gpus(double tensor, double pipeline) {
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

    /// Hardware and how it is shared, as far as it does not follow from the engine.
    std::string words_of(const Device& device, const Layout& layout) const {
        if (layout.gpus() == 1) return formatted("`hw {}`", device.id);
        std::string words = formatted("`hw {}x{}`", device.id, layout.gpus());
        if (by_layers()) return words;
        words += formatted(" `tp {}`", layout.tensor);
        return layout.pipeline > 1 ? words + formatted(" `pp {}`", layout.pipeline) : words;
    }

    /// All GPUs that are there for one instance, over which every layer is split, else stages.
    void try_gpus_at_hand() {
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

    void try_formats() {
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

    void try_cache() {
        const auto& now = prepared_.deployment.kv_cache;
        if (now && row_of(*now).bytes > 1)
            try_change("`kv-dtype fp8`", [](Deployment& d) { d.kv_cache = Precision::fp8; });
    }

    // Fewer sequences at once: logits of each are held together.
    void try_sequences(const MemoryLedger& now) {
        for (int fewer = 512; fewer >= 32; fewer /= 2)
            if (fewer < now.sequences.value_or(0) && fewer >= *prepared_.deployment.batch &&
                try_change(formatted("`max-num-seqs {}`", fewer),
                           [&](Deployment& d) { d.max_num_seqs = fewer; }))
                return;
    }

    void try_share(const MemoryLedger& now) {
        for (const double share : {0.95, 0.97})
            if (prepared_.server.rule != MemoryRule::whole && share > now.share &&
                try_change(formatted("`mem-share {}%`", 100 * share),
                           [&](Deployment& d) { d.mem_share = share; }))
                return;
    }

    // What is set aside for longer requests than the one asked about, else a shorter prompt.
    void try_context() {
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

    void try_eager(const MemoryLedger& now) {
        if (now.graphs > Bytes()) try_change("`eager`", [](Deployment& d) { d.eager = true; });
    }

    void try_batch(double most) {
        if (most >= 1 && most < *prepared_.deployment.batch)
            try_change(formatted("`batch {}`", most), [&](Deployment& d) { d.batch = most; });
    }

    /// Whether the engine splits a model by layers: stages follow from the GPUs.
    bool by_layers() const { return row_of(prepared_.deployment.engine->program).splits_by_layers; }

    std::vector<Lever> take() { return std::move(levers_); }

  private:
    const Prepared& prepared_;
    std::vector<Lever> levers_;
};

// The fewest GPUs, by doubling: first those that split the layers, then those in further stages.
void try_more_gpus(LeverList& list, const Layout& now) {
    constexpr std::array ways{2.0, 4.0, 8.0, 16.0, 32.0, 64.0};
    for (const double more : ways)
        if (list.try_gpus(more * now.tensor, now.pipeline)) return;
    for (const double tensor : {64.0, 32.0, 16.0, 8.0, 4.0, 2.0, 1.0})
        for (const double stages : ways)
            if (tensor <= now.tensor * stages && list.try_gpus(tensor, stages * now.pipeline))
                return;
}

// What a launch script can change, cheapest first.
void try_settings(LeverList& list, const MemoryLedger& now) {
    list.try_sequences(now);
    list.try_share(now);
    list.try_context();
    list.try_eager(now);
}

// The smallest device of the same maker and market that is large enough.
void try_larger_device(LeverList& list, const Deployment& now, Catalog& catalog) {
    for (const auto& device : larger_devices(*now.device, catalog)) {
        const bool fits =
            list.try_change(list.words_of(*device, layout_of(now)), [&](Deployment& d) {
                d.device = device;
                if (d.price && !d.price->provider.empty())
                    d.rental = find_rental(catalog.rentals(), device->id, d.price->provider);
            });
        if (fits) return;
    }
}

Seconds step_time(const Outcome& outcome) { return outcome.main().time.total(); }

}  // namespace

std::vector<Lever> decode_levers(const Prepared& prepared, const Outcome& now) {
    LeverList list(prepared);
    list.try_cache();
    list.try_formats();
    const Layout layout = now.layout;
    list.try_gpus(2 * layout.tensor, layout.pipeline);
    std::vector<Lever> levers = list.take();
    constexpr double worth_saying = 0.99;
    std::erase_if(levers, [&](const Lever& lever) {
        return step_time(lever.outcome) > worth_saying * step_time(now);
    });
    std::ranges::stable_sort(levers, {}, [](const Lever& lever) {
        return std::pair(lever.outcome.layout.gpus(), step_time(lever.outcome));
    });
    return levers;
}

std::vector<Lever> starting_levers(const Prepared& prepared) {
    LeverList list(prepared);
    try_settings(list, memory_of(prepared));
    return list.take();
}

std::vector<Lever> fitting_levers(const Prepared& prepared, Catalog& catalog) {
    const Deployment& now = prepared.deployment;
    const MemoryLedger ledger = memory_of(prepared);
    LeverList list(prepared);
    try_settings(list, ledger);
    list.try_batch(
        largest_batch(prepared.server, prepared.workload, held_of(prepared)).value_or(0));
    list.try_cache();
    list.try_formats();
    list.try_gpus_at_hand();
    try_more_gpus(list, layout_of(now));
    try_larger_device(list, now, catalog);
    return list.take();
}

}  // namespace roofline
