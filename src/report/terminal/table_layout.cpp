#include "table_layout.hpp"

#include "text/formatted.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

namespace roofline {
namespace {

using Index = std::size_t;

bool is_empty(const ShownTable& table, Index column) {
    return std::ranges::all_of(table.rows, [&](const auto& row) {
        return row[column].text.empty() || row[column].text == "–";
    });
}

bool is_constant(const ShownTable& table, Index column) {
    return table.rows.size() > 1 && std::ranges::all_of(table.rows, [&](const auto& row) {
               return row[column].bar < 0 && row[column].text == table.rows[0][column].text;
           });
}

class Fitting {
  public:
    Fitting(ShownTable& table, int width, const WidthOf& width_of)
        : table_(table), width_(width), width_of_(width_of) {
        drop_empty();
        measure();
        hidden_.full_width = line_width(widths_);
    }

    TableLayout fitted() {
        drop_constant();
        drop_while_wide([&](Index i) { return need(i) == Need::if_room; });
        drop_bars();
        cuts_all_ = true;
        drop_while_wide([&](Index i) { return i > 0 && need(i) != Need::asked; });
        drop_while_wide([&](Index i) { return i > 0; });
        cut_text();
        return {.widths = std::move(widths_), .hidden = std::move(hidden_)};
    }

  private:
    Need need(Index column) const { return table_.columns[column].need; }
    int excess() const { return line_width(widths_) - width_; }

    // What is left of the widest text column when it is cut; reasons are cut first.
    static constexpr int narrowest = 12;
    bool may_cut(Index column) const {
        return !table_.right[column] && (need(column) == Need::if_filled || cuts_all_);
    }
    std::optional<Index> widest_text() const {
        std::optional<Index> widest;
        for (Index i = 0; i < widths_.size(); ++i)
            if (may_cut(i) && (!widest || widths_[i] > widths_[*widest])) widest = i;
        return widest;
    }
    bool fits_cut() const {
        const auto widest = widest_text();
        return excess() <= 0 || (widest && widths_[*widest] - excess() >= narrowest);
    }

    void measure() {
        widths_.clear();
        for (Index i = 0; i < table_.columns.size(); ++i) {
            int width = width_of_({.text = table_.columns[i].title});
            for (const auto& row : table_.rows) width = std::max(width, width_of_(row[i]));
            widths_.push_back(width);
        }
    }

    void drop(Index column) {
        const auto at = static_cast<std::ptrdiff_t>(column);
        if (column < widths_.size()) widths_.erase(widths_.begin() + at);
        table_.columns.erase(table_.columns.begin() + at);
        table_.right.erase(table_.right.begin() + at);
        for (auto& row : table_.rows) row.erase(row.begin() + at);
    }

    void drop_empty() {
        for (Index i = table_.columns.size(); i-- > 0;)
            if (need(i) != Need::always && need(i) != Need::asked && is_empty(table_, i)) drop(i);
    }

    void drop_constant() {
        std::vector<std::string> said;
        for (Index i = widths_.size(); i-- > 1 && excess() > 0;) {
            if (need(i) == Need::asked || !is_constant(table_, i)) continue;
            said.push_back(formatted("{} {}", table_.columns[i].title, table_.rows[0][i].text));
            drop(i);
        }
        hidden_.constant.assign(said.rbegin(), said.rend());
    }

    template <typename MayGo>
    void drop_while_wide(MayGo may_go) {
        std::vector<std::string> dropped;
        for (Index i = widths_.size(); i-- > 0 && !fits_cut();) {
            if (!may_go(i)) continue;
            dropped.push_back(table_.columns[i].title);
            drop(i);
        }
        hidden_.dropped.insert(hidden_.dropped.end(), dropped.rbegin(), dropped.rend());
    }

    // Percentages stay.
    void drop_bars() {
        if (fits_cut()) return;
        for (auto& row : table_.rows)
            for (ShownCell& cell : row) cell.bar = -1;
        measure();
    }

    void cut_text() {
        const auto widest = widest_text();
        if (excess() > 0 && widest)
            widths_[*widest] = std::max(narrowest, widths_[*widest] - excess());
    }

    ShownTable& table_;
    int width_;
    const WidthOf& width_of_;
    std::vector<int> widths_;
    HiddenColumns hidden_;
    bool cuts_all_ = false;
};

}  // namespace

int line_width(const std::vector<int>& widths) {
    const int gaps = column_gap * static_cast<int>(widths.size());
    return std::accumulate(widths.begin(), widths.end(), 1 - column_gap + gaps);
}

TableLayout fit(ShownTable& table, int width, const WidthOf& width_of) {
    return Fitting(table, width, width_of).fitted();
}

}  // namespace roofline
