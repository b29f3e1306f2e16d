// Which points of a sweep are worth showing: those that keep conditions, those that nothing beats,
// the best ones.
#pragma once

#include "roofline/search/point.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace roofline {

/// "ttft<500ms", "memory<=90%" of the usable memory.
struct Condition {
    const Metric* metric = nullptr;
    bool above = false;   ///< > or >=
    bool equals = false;  ///< <= or >=
    double value = 0;     ///< base units, or a share of the usable memory
    bool is_share = false;

    /// Never for a point that does not answer the figure.
    bool holds(const PointAnswer& answer) const;
};

/// Conditions with commas between, which all must hold. Throws UserError: E106 for an unknown
/// figure, E102 for what is no condition, and what parse_figure() throws.
std::vector<Condition> parse_conditions(std::string_view text, std::string_view label);

/// Figures with commas between. Throws E106, and E102 for one that is named twice.
std::vector<const Metric*> parse_metrics(std::string_view text, std::string_view label);

struct KeptPoint {
    std::uint64_t point = 0;
    PointAnswer answer;
};

/// The points that no other one beats: none is as good in every figure and better in one. Points
/// with the same figures stay together. In the order in which they came.
class ParetoFront {
  public:
    explicit ParetoFront(std::vector<const Metric*> metrics) : metrics_(std::move(metrics)) {}
    /// One that lacks a figure is left out.
    void add(KeptPoint point);
    const std::vector<KeptPoint>& points() const { return points_; }

  private:
    std::vector<const Metric*> metrics_;
    std::vector<KeptPoint> points_;
};

/// Whether `one` stands before `other`: better in the metric's direction; those without the figure
/// come last, and of equals the earlier one first.
bool ranks_before(const Metric& metric, const KeptPoint& one, const KeptPoint& other);

/// The best `most` points, or all of them, in that order.
class Ranking {
  public:
    Ranking(const Metric& metric, std::uint64_t most) : metric_(metric), most_(most) {}
    void add(KeptPoint point);
    std::vector<KeptPoint> sorted() &&;

  private:
    const Metric& metric_;
    std::uint64_t most_;
    std::vector<KeptPoint> points_;  ///< a heap with the worst on top once it is full
};

}  // namespace roofline
