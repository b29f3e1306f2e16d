// Every combination of ranged inputs, a row each.
#pragma once

#include "ask/field.hpp"
#include "report/report.hpp"
#include "search/point_choice.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace roofline {

/// A choice as it was written: "sort", "tpot". Without a text it was not made.
struct SaidChoice {
    std::string_view name;
    std::optional<std::string> text;
};

/// A sweep, and which of its points are shown.
struct AskedSweep {
    std::shared_ptr<const Sweep> sweep;
    PointChoice choice;
    std::uint64_t points = 0;  ///< of all parts
    Part part;
    std::vector<FieldText> fields;  ///< as they were written
    std::vector<SaidChoice> said;

    /// Empty where it was not made.
    std::string said_of(std::string_view name) const;
};

/// Who looks on while rows are made.
struct Watch {
    std::function<bool()> go_on;            ///< false ends the rows
    std::function<void(std::uint64_t)> at;  ///< each point on its way
    std::function<void()> done;             ///< after the last
};

/// Rows are made while they are written.
Report sweep_report(const AskedSweep& asked, std::shared_ptr<PointStream> points, Watch watch);
/// The points that were chosen among all.
Report sweep_report(const AskedSweep& asked, std::vector<KeptPoint> chosen);

}  // namespace roofline
