#include "plot_roofline.hpp"

#include "answer/deployment/bound_reason.hpp"
#include "answer/deployment/calibration_note.hpp"
#include "answer/deployment/deployment_assumptions.hpp"
#include "answer/deployment/deployment_inputs.hpp"
#include "answer/words.hpp"
#include "error/suggest.hpp"
#include "evaluate/standing_words.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <algorithm>

namespace roofline {
namespace {

std::string stand_words(const PlottedDeployment& plotted) {
    const PhaseOutcome& phase = plotted.place.step.main();
    return formatted("{} is {}-bound: {}", phase.name, name_of(phase.time.bound()),
                     bound_reason(plotted.place.prepared, phase));
}

std::string intensity_of(const PlottedDeployment& plotted) {
    return humanize_number(plotted.place.step.main().time.intensity().in(flop / byte));
}

// "both memory-bound (17.1 and 21.8 FLOP/byte)", where they are; else each by its name.
std::string compared_words(const std::vector<PlottedDeployment>& all) {
    const auto bound_of = [](const PlottedDeployment& plotted) {
        return name_of(plotted.place.step.main().time.bound());
    };
    const auto as_first = [&](const PlottedDeployment& plotted) {
        return bound_of(plotted) == bound_of(all[0]) &&
               plotted.place.step.main().name == all[0].place.step.main().name;
    };
    std::vector<std::string> words;
    if (std::ranges::all_of(all, as_first)) {
        for (const PlottedDeployment& plotted : all)
            if (std::ranges::find(words, intensity_of(plotted)) == words.end())
                words.push_back(intensity_of(plotted));
        const std::string who = all.size() == 2 ? "both" : formatted("all {}", all.size());
        return formatted("{}: {} {}-bound ({} FLOP/byte)", all[0].place.step.main().name, who,
                         bound_of(all[0]), join_words(words, "and"));
    }
    constexpr std::size_t most_named = 3;
    for (const PlottedDeployment& plotted : all)
        if (words.size() < most_named)
            words.push_back(formatted("{} of '{}' is {}-bound ({} FLOP/byte)",
                                      plotted.place.step.main().name, plotted.name,
                                      bound_of(plotted), intensity_of(plotted)));
    if (all.size() > most_named) words.push_back(formatted("{} more", all.size() - most_named));
    return join_words(words, "and");
}

std::string verdict_of(const std::vector<PlottedDeployment>& all) {
    for (const auto& [name, place] : all) {
        if (place.standing == Standing::does_not_fit)
            return formatted("'{}' {}", name,
                             misfit_words(place.prepared.deployment, memory_of(place.prepared)));
        if (place.standing != Standing::stands)
            return formatted("'{}' {}", name, row_of(place.standing).words);
    }
    return all.size() == 1 ? stand_words(all[0]) : compared_words(all);
}

Record roof_record(const DeviceRoof& roof) {
    return Record()
        .add("hw", roof.device->id)
        .add("dtype", name_of(roof.ridge.peak->precision))
        .add("peak", roof.ridge.peak->rate.value)
        .add("bandwidth", roof.ridge.memory->bandwidth->value)
        .add("ridge", roof.ridge.intensity());
}

Record point_record(const PlottedDeployment& plotted, const RoofPoint& point, const Roof& roof) {
    const double most = roof.height_at(point.intensity().in(flop / byte));
    Record record;
    record.add("scenario", plotted.name)
        .add("point", point.name)
        .add("basis", name_of(point.basis))
        .add("hw", plotted.place.prepared.deployment.device->id)
        .add("dtype", name_of(point.fastest))
        .add("flops", point.flops)
        .add("bytes", point.bytes)
        .add("time", point.time)
        .add("intensity", point.intensity())
        .add("attained", point.attained())
        .add("bound", name_of(point.bound))
        .add("roof", most * (flop / second))
        .add("share_of_roof", point.attained().in(flop / second) / most);
    if (point.share) record.add("share_of_step", *point.share);
    return record;
}

void add_data(const std::vector<PlottedDeployment>& all, const Chart& chart, Roofs& roofs,
              Report& report) {
    List scenarios;
    List points;
    for (const PlottedDeployment& plotted : all) {
        scenarios.emplace_back(Record()
                                   .add("name", plotted.name)
                                   .add("inputs", inputs_of(plotted.place.prepared.deployment)));
        for (const RoofPoint& point : plotted.place.points) {
            const auto& device = plotted.place.prepared.deployment.device;
            points.emplace_back(
                point_record(plotted, point, chart.roofs[roofs.index_of(device, point.fastest)]));
        }
    }
    List roof_list;
    for (const DeviceRoof& roof : roofs.all()) roof_list.emplace_back(roof_record(roof));
    report.inputs.add("scenarios", std::move(scenarios));
    report.result.add("title", chart.title)
        .add("roofs", std::move(roof_list))
        .add("points", std::move(points));
}

void warn_above_roofs(const Chart& chart, Report& report) {
    for (const Series& series : chart.series)
        for (const ChartPoint& point : series.points) {
            if (!above_its_roof(chart, point)) continue;
            const Roof& roof = chart.roofs[*point.roof];
            report.warnings.push_back(
                {"W308",
                 formatted("{} of {} is above its roof: {}, where {} is the most", point.name,
                           series.name, humanize(Measure(point.y, chart.y.dimension)),
                           humanize(Measure(roof.height_at(point.x), chart.y.dimension)))});
        }
}

}  // namespace

Report roofline_report(const std::vector<PlottedDeployment>& all, const RooflinePicture& picture,
                       const Calibration& calibration) {
    Report report{.command = "plot", .verdict = verdict_of(all)};
    report.inputs.add("basis", name_of(picture.basis));
    Roofs roofs = roofs_of(all, picture.more_roofs);
    Chart chart = roofline_chart(all, picture.basis, roofs);
    if (picture.title) chart.title = *picture.title;
    add_data(all, chart, roofs, report);
    const Deployment& first = all.front().place.prepared.deployment;
    const bool expects = std::ranges::any_of(all, [](const PlottedDeployment& one) {
        return std::ranges::count(one.place.points, Basis::expected, &RoofPoint::basis) > 0;
    });
    if (expects) report.assumptions.push_back(expected_note(first));
    name_calibration(calibration, first, report);
    warn_above_roofs(chart, report);
    report.blocks.emplace_back(std::move(chart));
    return report;
}

}  // namespace roofline
