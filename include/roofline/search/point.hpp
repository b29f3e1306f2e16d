// The figures of one point of a space.
#pragma once

#include "roofline/evaluate/evaluation.hpp"
#include "roofline/evaluate/metric.hpp"
#include "roofline/search/price_table.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace roofline {

/// A figure that is missing has a reason, or is one that such deployments do not have.
struct PointAnswer {
    std::optional<bool> fits;  ///< unset: the point cannot be asked
    std::array<std::optional<double>, metric_count> figures = {};  ///< by metrics(), base units
    Bytes usable;                                                  ///< memory of a GPU
    std::optional<bool> measured;         ///< of what is expected: Evaluation::measured
    std::optional<Starts> starts = {};    ///< whether the server does
    std::optional<double> requests = {};  ///< in flight at all replicas, of a served one
    std::optional<double> waiting = {};   ///< of those, for a place in the cache
    std::string reason = {};              ///< why it does not stand; empty when it does
    ErrorCode code = {};                  ///< of the reason
    std::string unpriced = {};            ///< why it has no money; empty when none was asked
    std::optional<double> figure(const Metric& metric) const { return figures[index_of(metric)]; }
    void set(const Metric& metric, double figure) { figures[index_of(metric)] = figure; }
};

/// What a deployment, asked on one basis, says in one row.
PointAnswer answer_of(const Evaluation& evaluation, Basis basis);

/// A point that cannot be asked.
PointAnswer answer_of(const Fault& fault);

/// A space, and how its points are answered.
struct Sweep {
    Space space;
    PriceTable prices;
    Knowledge knowledge;
    Basis basis = Basis::expected;
};

/// Answers points one after another; for each thread its own. Points that differ in load alone are
/// lowered once, where they come near each other.
class PointAnswerer {
  public:
    explicit PointAnswerer(const Sweep& sweep) : sweep_(sweep) {}

    /// Does not throw for what is wrong with a point: that is its reason.
    PointAnswer operator()(std::uint64_t point);
    /// Throws UserError for what cannot be asked.
    Evaluation evaluate(std::uint64_t point);
    /// Why the last of them has no money; empty when none was asked.
    const std::string& unpriced() const { return unpriced_; }

  private:
    struct Shape {
        Deployment deployment;  ///< without its load
        std::string unpriced;   ///< why it has no price
        std::optional<LoweredDeployment> lowered;
    };
    Shape& shape_of_places();
    Shape new_shape() const;
    Evaluation evaluate_places(Shape& shape);

    const Sweep& sweep_;
    std::vector<std::uint64_t> places_;
    std::string unpriced_;
    std::unordered_map<std::uint64_t, Shape> shapes_;
};

}  // namespace roofline
