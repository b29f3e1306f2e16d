// Changes of one deployment that were tried, and those of them that fit.
#pragma once

#include "roofline/evaluate/levers.hpp"

#include <functional>

namespace roofline {

using Change = std::function<void(Deployment&)>;

class LeverList {
  public:
    explicit LeverList(const Prepared& prepared) : prepared_(prepared) {}

    /// Keeps the change when it fits and surely starts, and says whether it does.
    bool try_change(std::string words, const Change& change);

    /// The same pipeline, data-parallel ranks and replicas unless `pipeline` says otherwise.
    bool try_gpus(double tensor, double pipeline);

    /// Hardware and how it is shared, as far as it does not follow from the engine.
    std::string words_of(const Device& device, const Layout& layout) const;

    /// All GPUs that are there for one instance, over which every layer is split, else stages.
    void try_gpus_at_hand();

    void try_formats();

    void try_cache();

    // Fewer sequences at once: logits of each are held together.
    void try_sequences(const MemoryLedger& now);

    void try_share(const MemoryLedger& now);

    // What is set aside for longer requests than the one asked about, else a shorter prompt.
    void try_context();

    void try_eager(const MemoryLedger& now);

    void try_batch(double most);

    /// Whether the engine splits a model by layers: stages follow from the GPUs.
    bool by_layers() const { return row_of(prepared_.deployment.engine->program).splits_by_layers; }

    std::vector<Lever> take() { return std::move(levers_); }

  private:
    const Prepared& prepared_;
    std::vector<Lever> levers_;
};

}  // namespace roofline
