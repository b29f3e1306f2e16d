#include "roofline_chart.hpp"

#include "answer/words.hpp"
#include "error/suggest.hpp"
#include "joined_points.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"
#include "workload/arithmetic.hpp"

#include <algorithm>
#include <cmath>

namespace roofline {
namespace {

// A bound is on its roof by itself.
std::string note_of(const JoinedPoint& joint, const Roof& roof) {
    const RoofPoint& point = joint.point;
    const double most = roof.height_at(point.intensity().in(flop / byte));
    std::string words = formatted("{}-bound", name_of(point.bound));
    if (point.basis != Basis::bound)
        words += formatted(", {} of its roof",
                           humanize_percent(point.attained().in(flop / second) / most));
    if (point.share) words += formatted(", {} of the step", humanize_percent(*point.share));
    return words;
}

// Its area is the share of an operator; what is small is still seen.
double marker_size(const RoofPoint& point) {
    constexpr double of_the_whole = 2;
    constexpr double least = 0.75;
    return point.share ? std::max(least, of_the_whole * std::sqrt(*point.share)) : 1;
}

std::vector<Roof> chart_roofs(const Roofs& roofs) {
    std::vector<Roof> result;
    std::vector<std::string_view> devices;
    for (const DeviceRoof& roof : roofs.all()) {
        const bool first = std::ranges::find(devices, roof.device->id) == devices.end();
        devices.emplace_back(roof.device->id);
        const auto& bandwidth = roof.ridge.memory->bandwidth->value;
        result.push_back({.name = formatted("{} roof of {}", name_of(roof.ridge.peak->precision),
                                            roof.device->id),
                          .slope = bandwidth.in(byte / second),
                          .ceiling = roof.ridge.peak->rate.value.in(flop / second),
                          .role = first ? Role::strong : Role::dim,
                          .note = humanize(bandwidth)});
    }
    return result;
}

// One series per point, so that each has a marker of its own. What is on another basis than asked
// for says so. Names stand beside points where they are one deployment's.
void add_series(const PlottedDeployment& plotted, Basis asked, Roofs& roofs, Chart& chart) {
    for (const JoinedPoint& joint : joined_points(plotted.place.points)) {
        const RoofPoint& point = joint.point;
        const std::size_t roof =
            roofs.index_of(plotted.place.prepared.deployment.device, point.fastest);
        std::string name = plotted.name;
        if (point.basis != asked) name += formatted(" ({})", name_of(point.basis));
        chart.series.push_back({.name = std::move(name),
                                .stroke = Stroke::points,
                                .role = role_of(point.bound),
                                .points = {{.x = point.intensity().in(flop / byte),
                                            .y = point.attained().in(flop / second),
                                            .name = point.name,
                                            .note = note_of(joint, chart.roofs[roof]),
                                            .roof = roof,
                                            .size = marker_size(point)}}});
    }
}

// From one FLOP per byte, or the leftmost point's decade, to beyond the last ridge.
void set_ranges(Chart& chart) {
    double least_x = 1;
    double most_x = 1;
    double most_y = 0;
    double least_slope = chart.roofs[0].slope;
    for (const Roof& roof : chart.roofs) {
        constexpr double beyond_ridge = 3;
        most_x = std::max(most_x, beyond_ridge * roof.ridge());
        most_y = std::max(most_y, roof.ceiling);
        least_slope = std::min(least_slope, roof.slope);
    }
    double least_y = most_y;
    for (const Series& series : chart.series)
        for (const ChartPoint& point : series.points) {
            least_x = std::min(least_x, point.x);
            most_x = std::max(most_x, point.x);
            least_y = std::min(least_y, point.y);
        }
    constexpr double room = 1.5;
    const double from = std::pow(10.0, std::floor(std::log10(least_x)));
    chart.x.range = {from, std::pow(10.0, std::ceil(std::log10(most_x)))};
    chart.y.range = {std::min(least_slope * from, least_y / room), most_y * room};
}

std::vector<std::string> device_ids(const std::vector<PlottedDeployment>& all) {
    std::vector<std::string> ids;
    for (const PlottedDeployment& plotted : all) {
        const std::string& id = plotted.place.prepared.deployment.device->id;
        if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
    }
    return ids;
}

// A scenario names its device.
std::string title_of(const std::vector<PlottedDeployment>& all) {
    if (all.size() == 1) return formatted("Roofline of {}", all[0].name);
    return formatted("{} deployments on the roofline of {}", all.size(),
                     join_words(device_ids(all), "and"));
}

std::string evidence_words(const std::vector<PlottedDeployment>& all) {
    std::vector<std::string> bases;
    bool several = false;
    for (const PlottedDeployment& plotted : all) {
        several |= plotted.place.step.layout.gpus() > 1;
        for (const RoofPoint& point : plotted.place.points) {
            const std::string basis = point.basis == Basis::bound
                                          ? "bound (every efficiency 1)"
                                          : "expected (fitted efficiencies)";
            if (std::ranges::find(bases, basis) == bases.end()) bases.push_back(basis);
        }
    }
    if (bases.empty()) return "roofs: data sheet";
    return formatted("roofs: data sheet; points: {}{}", join_words(bases, "and"),
                     several ? ", of one GPU of the deployment" : "");
}

}  // namespace

std::size_t Roofs::index_of(const std::shared_ptr<const Device>& device, Precision precision) {
    const auto found = std::ranges::find_if(all_, [&](const DeviceRoof& roof) {
        return roof.device->id == device->id && roof.ridge.peak->precision == precision;
    });
    const auto place = static_cast<std::size_t>(found - all_.begin());
    if (found == all_.end())
        all_.push_back({device, *ridge_of(*device, precision, MemoryLevel::dram)});
    return place;
}

Roofs roofs_of(const std::vector<PlottedDeployment>& all, const PrecisionsOf& more) {
    Roofs roofs;
    for (const PlottedDeployment& plotted : all)
        for (const RoofPoint& point : plotted.place.points)
            roofs.index_of(plotted.place.prepared.deployment.device, point.fastest);
    for (const PlottedDeployment& plotted : all) {
        const auto& device = plotted.place.prepared.deployment.device;
        const std::vector<Precision> asked = more(*device);
        for (const Precision precision : asked) roofs.index_of(device, precision);
        if (asked.empty() && plotted.place.points.empty())
            roofs.index_of(device, wide_precision(*device));
    }
    return roofs;
}

Chart roofline_chart(const std::vector<PlottedDeployment>& all, Basis asked, Roofs& roofs) {
    Chart chart{.title = title_of(all),
                .x = {.name = "intensity",
                      .key = "intensity_flop_per_byte",
                      .label = "intensity",
                      .dimension = dimension::flop_per_byte,
                      .scaling = Scaling::logarithmic},
                .y = {.name = "attained",
                      .key = "attained_flop_per_s",
                      .label = "attained",
                      .dimension = dimension::flop_per_second,
                      .scaling = Scaling::logarithmic},
                .roofs = chart_roofs(roofs)};
    chart.footnote = evidence_words(all);
    for (const PlottedDeployment& plotted : all) {
        add_series(plotted, asked, roofs, chart);
        for (const JoinedPoint& joint : joined_points(plotted.place.points))
            if (joint.names.size() > 1)
                chart.footnote += formatted("; {}{}: {}", joint.point.name,
                                            all.size() > 1 ? " of " + plotted.name : "",
                                            joined(joint.names, ", "));
    }
    if (all.size() == 1)
        for (Series& series : chart.series) series.label = series.points[0].name;
    for (const Roof& roof : chart.roofs) chart.marks.push_back({"ridge", roof.ridge()});
    set_ranges(chart);
    return chart;
}

}  // namespace roofline
