// How far off predictions are, of all rows and of groups of them.
#pragma once

#include "roofline/measure/validation.hpp"

#include <array>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace roofline {

/// A figure that is compared with measurements.
struct ComparedFigure {
    std::string_view key;
    std::string_view title;
    std::optional<double> RowErrors::*error;
};

inline constexpr std::array compared_figures{
    ComparedFigure{"tpot", "TPOT", &RowErrors::time_per_token},
    ComparedFigure{"ttft", "TTFT", &RowErrors::time_to_first_token},
    ComparedFigure{"e2e", "E2E", &RowErrors::end_to_end},
    ComparedFigure{"tokens_per_s", "tokens/s/GPU", &RowErrors::output},
};

/// Errors of some rows, by compared_figures.
struct ErrorSets {
    std::array<std::vector<double>, compared_figures.size()> by_figure;

    std::size_t compared() const;
    void add(const RowErrors& errors);
};

/// A way to group rows.
struct RowGroup {
    std::string_view name;
    std::string (*of)(const MeasuredRow&);  ///< empty: the row is in none
};
inline constexpr std::array<std::string_view, 5> row_group_names{"model", "device", "engine",
                                                                 "concurrency", "group"};
/// In the order of their names.
std::span<const RowGroup> row_groups();
/// "5-8" stands before "17-32": names that begin with numbers by their numbers.
struct ByNumber {
    bool operator()(const std::string& a, const std::string& b) const;
};

using GroupedErrors = std::map<std::string, ErrorSets, ByNumber>;

/// The errors of all rows, and of each group in each of the ways to group them.
struct ErrorsBy {
    ErrorSets all;
    std::vector<GroupedErrors> groups;
};
ErrorsBy errors_by(const Validation& validation, const std::vector<const RowGroup*>& by);

}  // namespace roofline
