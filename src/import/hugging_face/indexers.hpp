// Indexers of sparse attention: who has one, and who reuses what an earlier one picked.
#pragma once

#include "roofline/catalog/layer.hpp"

#include "config.hpp"

#include <optional>
#include <string>
#include <vector>

namespace roofline::hugging_face {

/// DeepSeek-V3.2's; nothing where the file has none.
std::optional<SparseIndexer> read_indexer(Config& config);

/// MiniMax-M3: some layers search blocks of keys by one key of their own each.
std::optional<SparseIndexer> read_block_indexer(Config& config, std::size_t layer);

/// Which layers reuse the keys that an earlier layer's indexer picked: named one by one, by letters
/// "FS..", or by a period after the first.
class SharedIndexers {
  public:
    explicit SharedIndexers(Config& config);
    bool operator()(std::size_t layer) const;

  private:
    std::vector<std::string> types_;
    std::string letters_;
    double period_;
    double skipped_;
};

}  // namespace roofline::hugging_face
