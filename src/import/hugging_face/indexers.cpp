#include "indexers.hpp"

#include "input/json.hpp"

#include <algorithm>
#include <cmath>

namespace roofline::hugging_face {

std::optional<SparseIndexer> read_indexer(Config& config) {
    if (!config.number({"index_topk"})) return std::nullopt;
    return SparseIndexer{.heads = config.required({"index_n_heads"}),
                         .head_dim = config.required({"index_head_dim"}),
                         .top_k = config.required({"index_topk"})};
}

std::optional<SparseIndexer> read_block_indexer(Config& config, std::size_t layer) {
    config.find({"sparse_attention_config"});  // its further members say how blocks are scored
    const auto flags = config.numbers({"sparse_attention_config.sparse_attention_freq"});
    if (layer >= flags.size() || flags[layer] == 0) return std::nullopt;
    const auto member = [&](const Names& names, double otherwise) {
        return config.number(names).value_or(otherwise);
    };
    constexpr double heads = 4;
    constexpr double dim = 128;
    constexpr double blocks = 16;
    return SparseIndexer{.heads = member({"sparse_attention_config.sparse_num_index_heads"}, heads),
                         .head_dim = member({"sparse_attention_config.sparse_index_dim"}, dim),
                         .top_k = member({"sparse_attention_config.sparse_topk_blocks"}, blocks) *
                                  member({"sparse_attention_config.sparse_block_size"}, dim),
                         .keys = std::nullopt};
}

SharedIndexers::SharedIndexers(Config& config)
    : types_(config.texts({"indexer_types"})),
      period_(config.number({"index_topk_freq"}).value_or(1)),
      skipped_(config.number({"index_skip_topk_offset"}).value_or(2)) {
    const JsonValue* pattern = config.find({"index_topk_pattern"});
    if (pattern != nullptr && pattern->text() != nullptr) letters_ = *pattern->text();
}

bool SharedIndexers::operator()(std::size_t layer) const {
    if (!types_.empty()) return layer < types_.size() && types_[layer] == "shared";
    if (!letters_.empty()) return letters_[layer % letters_.size()] == 'S';
    const double turn = std::max(static_cast<double>(layer) - skipped_ + 1, 0.0);
    return period_ > 1 && std::fmod(turn, period_) != 0;
}

}  // namespace roofline::hugging_face
